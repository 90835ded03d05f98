"use client";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState, useTransition } from "react";
import { Button } from "#components/ui/button.tsx";
import type { SlaPolicy } from "#db/triage/queries.ts";
import type { SlaDays } from "#db/triage/schema.ts";
import type { SlaStanding } from "#db/triage/sla-preview.ts";
import type { Severity } from "#lib/checks/model.ts";
import { readJson } from "../../../../_shell/read-json.ts";
import { setSlaPolicyAction } from "../actions.ts";
import { type SlaDraft, SlaTable } from "./sla-table.tsx";

type Standing = Record<Severity, SlaStanding>;

const order = ["critical", "high", "medium", "low", "info"] as const satisfies readonly Severity[];
const pauseMs = 300;

const draftOf = (days: SlaDays): SlaDraft =>
  Object.fromEntries(order.map((severity) => [severity, String(days[severity] ?? "")])) as SlaDraft;

/** The days that a draft means; null as long as one of them is none. */
function daysOf(draft: SlaDraft): SlaDays | null {
  const entries = order.map((severity) => {
    const text = draft[severity].trim();
    return [severity, text === "" ? null : /^\d{1,4}$/.test(text) ? Number(text) : Number.NaN] as const;
  });
  if (entries.some(([, days]) => days !== null && !(days >= 1 && days <= 3_650))) return null;
  return Object.fromEntries(entries) as SlaDays;
}

const queryOf = (days: SlaDays) =>
  new URLSearchParams(
    order.flatMap((severity) => (days[severity] === null ? [] : [[severity, String(days[severity])]])),
  );

/** The days by severity, with how the findings stand under them and would stand under what is typed. */
export function SlaForm({
  policy,
  standing,
  mayManage,
}: {
  policy: SlaPolicy;
  standing: Standing;
  mayManage: boolean;
}) {
  const [draft, setDraft] = useState(draftOf(policy.days));
  const [problem, setProblem] = useState("");
  const [pending, start] = useTransition();
  const days = daysOf(draft);
  const query = days ? queryOf(days).toString() : "";
  const isChanged = days === null || query !== queryOf(policy.days).toString();
  const asked = useSettled(isChanged && days ? query : null);
  const preview = useQuery({
    queryKey: ["sla", asked],
    queryFn: ({ signal }) => readJson<Standing>(`/api/sla?${asked}`, signal),
    enabled: asked !== null,
    staleTime: 60_000,
  });
  const known = isChanged && asked === query ? preview.data : undefined;
  const save = () =>
    start(async () => {
      if (!days) return;
      const result = await setSlaPolicyAction(days, policy.revision);
      setProblem(result.ok ? "" : result.message);
    });
  return (
    <form
      className="mt-6"
      onSubmit={(event) => {
        event.preventDefault();
        if (!pending && isChanged) save();
      }}
    >
      <SlaTable
        draft={draft}
        standing={standing}
        preview={isChanged ? (known ?? "reading") : null}
        onChange={mayManage ? setDraft : null}
      />
      {isChanged ? (
        <div className="mt-5 grid gap-3">
          <p role="status" className="text-14">
            {days === null
              ? "Say whole days, 1 to 3,650, or leave it empty for no date."
              : preview.isError
                ? "What this would change could not be counted. It can be saved all the same."
                : known
                  ? sayChange(standing, known)
                  : "Counting what this would change…"}
          </p>
          {problem ? (
            <p role="alert" className="text-13 text-danger">
              {problem}
            </p>
          ) : null}
          <div className="flex flex-wrap gap-2">
            <Button type="submit" look="primary" disabled={days === null} aria-disabled={pending}>
              {pending ? "Saving…" : "Save these days"}
            </Button>
            <Button look="plain" onClick={() => setDraft(draftOf(policy.days))}>
              Leave them as they were
            </Button>
          </div>
        </div>
      ) : null}
    </form>
  );
}

/** What was typed, once it has rested. */
function useSettled(value: string | null): string | null {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), pauseMs);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}

function sayChange(now: Standing, next: Standing): string {
  const sum = (standing: Standing, part: "overdue" | "wouldBe" | "toMove") =>
    Object.values(standing).reduce((all, each) => all + each[part], 0);
  const [before, after, moved] = [sum(now, "overdue"), sum(next, "wouldBe"), sum(next, "toMove")];
  const n = (count: number) => count.toLocaleString("en");
  const dates = moved === 1 ? "1 finding gets another date" : `${n(moved)} findings get another date`;
  if (moved === 0) return "No finding gets another date by this.";
  if (after === before) return `${dates}; as many are overdue as now, ${n(before)}.`;
  return after > before
    ? `${dates}; ${n(after - before)} more become overdue at once, ${n(after)} in all.`
    : `${dates}; ${n(before - after)} are not overdue any more, ${n(after)} still are.`;
}
