"use client";
import { useState } from "react";
import { targetStateWords } from "#components/remediation/plan-words.ts";
import { Button } from "#components/ui/button.tsx";
import type { PlanDetail, PlanEvent, TargetView } from "#db/remediation/model.ts";
import { type TargetState, targetStates } from "#lib/remediation/model.ts";
import { RowKeys } from "../../../../_shell/row-keys.tsx";
import { planTimeline, timelineOf } from "../timeline.ts";
import { TargetSection } from "./target-section.tsx";
import { Timeline } from "./timeline-list.tsx";

/** Above so many resources they can be narrowed to those in one state. */
const fewest = 6;
/** More are shown when asked for. */
const shownAtFirst = 50;

/** What happened to each resource, step by step, as it happens. */
export function Execution({
  plan,
  events,
  checkTitles,
  now,
}: {
  plan: PlanDetail;
  events: readonly PlanEvent[];
  checkTitles: Readonly<Record<string, string>>;
  now: string;
}) {
  const [chosen, setChosen] = useState<TargetState | null>(null);
  const [most, setMost] = useState(shownAtFirst);
  const { targets, progress } = plan;
  const counted = targetStates.flatMap((state) => {
    const count = progress[state] ?? 0;
    return count > 0 ? [{ state, count }] : [];
  });
  // A state that nothing is in any more narrows nothing.
  const only = chosen && progress[chosen] ? chosen : null;
  const shown = only ? targets.filter(({ state }) => state === only) : targets;
  const whole = planTimeline(events);
  return (
    <section aria-labelledby="execution" className="pt-7">
      <h2 id="execution" className="mb-2.5 text-16">
        {targets.length === 1 ? "What happened" : "What happened to each"}
      </h2>
      {targets.length > fewest && counted.length > 1 ? (
        <fieldset className="mb-2.5 flex flex-wrap gap-1.5">
          <legend className="sr-only">Resources to show</legend>
          <Choice isOn={only === null} count={targets.length} word="All" onChoose={() => setChosen(null)} />
          {counted.map(({ state, count }) => (
            <Choice
              key={state}
              isOn={only === state}
              count={count}
              word={targetStateWords[state]}
              onChoose={() => setChosen(state)}
            />
          ))}
        </fieldset>
      ) : null}
      <RowKeys rows=":scope > ul > li > details > summary">
        <ul
          aria-label="Resources"
          className="divide-y divide-line overflow-hidden rounded border border-line bg-surface"
        >
          {shown.slice(0, most).map((target: TargetView) => (
            <li key={target.id}>
              <TargetSection
                target={target}
                moments={timelineOf(target, events, plan)}
                plan={plan}
                checkTitles={checkTitles}
                isOpen={targets.length === 1}
              />
            </li>
          ))}
        </ul>
      </RowKeys>
      {shown.length > most ? (
        <Button size="sm" className="mt-3" onClick={() => setMost(Number.POSITIVE_INFINITY)}>
          Show the other {(shown.length - most).toLocaleString("en")}
        </Button>
      ) : null}
      {whole.length > 0 ? (
        <details className="group mt-3">
          <summary className="inline-flex min-h-9 list-none items-center gap-2.5 text-13 text-ink-soft hover:text-ink max-sm:min-h-11">
            <span
              aria-hidden
              className="text-ink-faint transition-transform duration-120 group-open:rotate-90"
            >
              ›
            </span>
            The plan as a whole
          </summary>
          <div className="pt-2 pl-4.5">
            <Timeline moments={whole} label="The plan as a whole" now={now} />
          </div>
        </details>
      ) : null}
    </section>
  );
}

function Choice({
  isOn,
  count,
  word,
  onChoose,
}: {
  isOn: boolean;
  count: number;
  word: string;
  onChoose: () => void;
}) {
  return (
    <button
      type="button"
      aria-pressed={isOn}
      onClick={onChoose}
      className="inline-flex h-7 items-center gap-1.5 rounded-sm border border-line-strong bg-surface px-2.5 text-13 text-ink-soft transition-colors duration-120 hover:border-edge aria-pressed:border-accent aria-pressed:bg-selected aria-pressed:text-ink max-sm:h-10"
    >
      {word}
      <span className="text-ink-faint">{count.toLocaleString("en")}</span>
    </button>
  );
}
