import type { ReactNode } from "react";
import { cx } from "#components/ui/class-names.ts";
import type { PlanState, TargetState } from "#lib/remediation/model.ts";
import { planStateWords, targetStateWords } from "./plan-words.ts";

type Shape = "open" | "half" | "moving" | "done" | "hatched" | "failed" | "off" | "back";

const shapeOf: Readonly<Record<PlanState | TargetState, Shape>> = {
  draft: "open",
  waiting: "open",
  awaiting_approval: "open",
  approved: "half",
  running: "moving",
  verifying: "moving",
  rolling_back: "moving",
  succeeded: "done",
  changed_unverified: "hatched",
  failed: "failed",
  rollback_failed: "failed",
  rejected: "off",
  expired: "off",
  cancelled: "off",
  skipped: "off",
  rolled_back: "back",
};

const ring = <circle cx="6" cy="6" r="4.6" fill="none" stroke="currentColor" strokeWidth="1.5" />;
const drawn: Readonly<Record<Exclude<Shape, "moving" | "hatched">, readonly [colour: string, ReactNode]>> = {
  open: ["text-ink-faint", ring],
  half: [
    "text-accent",
    <g key="half">
      {ring}
      <path d="M6 3.2a2.8 2.8 0 0 1 0 5.6Z" fill="currentColor" />
    </g>,
  ],
  done: ["text-done", <rect key="done" x="1" y="1" width="10" height="10" rx="1.5" fill="currentColor" />],
  failed: ["text-danger", <path key="x" d="m2 2 8 8m0-8-8 8" stroke="currentColor" strokeWidth="2" />],
  off: [
    "text-ink-faint",
    <g key="off">
      {ring}
      <path d="M3.4 8.6 8.6 3.4" stroke="currentColor" strokeWidth="1.5" />
    </g>,
  ],
  back: [
    "text-ink-soft",
    <path
      key="back"
      d="M4.4 1.6 1.6 4.4l2.8 2.8M2 4.4h5.2a3 3 0 0 1 0 6H4.6"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
    />,
  ],
};

/** Where a plan or one of its resources stands, by a shape of its own. */
export function PlanShape({ state, className }: { state: PlanState | TargetState; className?: string }) {
  const shape = shapeOf[state];
  if (shape === "moving")
    return <span aria-hidden className={cx("size-3 shrink-0 breathing rounded-xs bg-accent", className)} />;
  if (shape === "hatched")
    return (
      <span aria-hidden className={cx("hatched size-3 shrink-0 rounded-xs border border-gap", className)} />
    );
  const [colour, paths] = drawn[shape];
  return (
    <svg viewBox="0 0 12 12" aria-hidden className={cx("size-3 shrink-0", colour, className)}>
      {paths}
    </svg>
  );
}

/** Shape and word. A draft that is still being planned says so. */
export function PlanStateMark({
  plan: { state, plannedAt, error },
}: {
  plan: { state: PlanState; plannedAt: string | null; error: string | null };
}) {
  const isPlanned = state !== "draft" || plannedAt !== null;
  const word = isPlanned ? planStateWords[state] : error ? "Could not be planned" : "Being planned";
  return (
    <span className="inline-flex items-center gap-2 text-13 whitespace-nowrap text-ink-soft">
      <PlanShape state={isPlanned ? state : error ? "failed" : "running"} />
      {word}
    </span>
  );
}

export function TargetStateMark({ state, word }: { state: TargetState; word?: string }) {
  return (
    <span className="inline-flex items-center gap-2 text-13 whitespace-nowrap text-ink-soft">
      <PlanShape state={state} />
      {word ?? targetStateWords[state]}
    </span>
  );
}
