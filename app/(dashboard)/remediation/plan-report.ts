import type { PlanDetail, PlanEvent } from "#db/remediation/model.ts";

/** All that a plan's page shows, as of `now`. */
export type PlanReport = {
  /** Its document is null where the reader has it already. */
  plan: PlanDetail;
  /** Those that the reader may not have yet, in order. */
  events: PlanEvent[];
  now: string;
};

/** Events are read again this far back: one that was written earlier may have been committed later. */
export const eventOverlap = 100;

/** What was known, with what has come since. */
export function mergeReports(known: PlanReport, fresh: PlanReport): PlanReport {
  const events = new Map([...known.events, ...fresh.events].map((event) => [event.id, event]));
  const hasDocument = fresh.plan.document !== null || fresh.plan.hash !== known.plan.hash;
  return {
    plan: hasDocument ? fresh.plan : { ...fresh.plan, document: known.plan.document },
    events: [...events.values()].sort((a, b) => a.id - b.id),
    now: fresh.now,
  };
}

/** Where to ask for what has come since. */
export function freshPath({ plan, events }: PlanReport): string {
  const after = Math.max(0, (events.at(-1)?.id ?? 0) - eventOverlap);
  const query = new URLSearchParams({ after: String(after) });
  if (plan.hash && plan.document) query.set("hash", plan.hash);
  return `/api/remediation/plans/${plan.id}/report?${query}`;
}
