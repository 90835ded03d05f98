import type { Database } from "#db/client.ts";
import type { PlanEvent } from "#db/remediation/model.ts";
import { getPlan, listPlanEvents } from "#db/remediation/queries.ts";
import type { Scope } from "#lib/auth/scope.ts";
import type { PlanReport } from "./plan-report.ts";

/** Throws `not_found`, also for a plan that touches an account which can't be seen. */
export async function readReport(
  db: Database,
  scope: Scope,
  planId: string,
  known: { hash?: string | undefined; after?: number } = {},
): Promise<PlanReport> {
  const [plan, events] = await Promise.all([
    getPlan(db, scope, planId),
    readEvents(db, scope, planId, known.after ?? 0),
  ]);
  const isKnown = plan.hash !== null && plan.hash === known.hash;
  return { plan: isKnown ? { ...plan, document: null } : plan, events, now: new Date().toISOString() };
}

/** All that came after, which are read by the page. */
async function readEvents(db: Database, scope: Scope, planId: string, after: number): Promise<PlanEvent[]> {
  const events: PlanEvent[] = [];
  for (;;) {
    const page = await listPlanEvents(db, scope, planId, { after: events.at(-1)?.id ?? after });
    if (page.length === 0) return events;
    events.push(...page);
  }
}
