import { sql } from "drizzle-orm";
import type { AuditRange } from "#lib/audit/filter.ts";
import type { Scope } from "#lib/auth/scope.ts";
import type { Store } from "../client.ts";
import type { AuditStatistics } from "./model.ts";
import { requireTrail } from "./where.ts";

/** How long something took, in milliseconds, over those that ended in the period; null when none did. */
export type Spread = { count: number; medianMs: number; p95Ms: number } | null;

/** What became of the work from scan to fix, as the trail tells it. */
export type WorkflowStatistics = {
  scans: { started: number; ended: Record<string, number>; took: Spread };
  findings: { triaged: number; muted: number; risksAccepted: number; commented: number };
  plans: {
    proposed: number;
    submitted: number;
    approved: number;
    rejected: number;
    begun: number;
    /** By the state that they ended in. */
    ended: Record<string, number>;
    rollbacksAsked: number;
    /** From being submitted until it was decided on. */
    decidedIn: Spread;
    /** From the last decision until it had ended. */
    carriedOutIn: Spread;
  };
};

/**
 * Counts of the acts that make up the daily work, and how long people and machines took. Counts are those of the period's
 * statistics; entries themselves are read of ends and decisions alone, which are few.
 */
export async function auditWorkflow(
  db: Store,
  scope: Scope,
  { from, to }: AuditRange,
  { actions }: Pick<AuditStatistics, "actions">,
): Promise<WorkflowStatistics> {
  requireTrail(scope);
  const within = sql`e.organisation_id = ${scope.organisationId} and e.result = 'done'
    and e.at >= ${from.toISOString()}::timestamptz and e.at < ${to.toISOString()}::timestamptz`;
  const ends = await db.execute<{ action: string; state: string | null; count: string }>(sql`
    select e.action, coalesce(e.after::jsonb ->> 'state', e.after::jsonb ->> 'status') as state, count(*) as count
    from audit_entries e
    where ${within} and e.action in ('scan.end', 'remediation_plan.end')
    group by 1, 2`);
  const [scans] = await db.execute<SpreadRow>(sql`
    select ${spreadOf(sql`e.duration_ms`)} from audit_entries e
    where ${within} and e.action = 'scan.end' and e.duration_ms is not null`);
  const of = (...wanted: string[]) =>
    actions.reduce((sum, { action, counts }) => sum + (wanted.includes(action) ? counts.done : 0), 0);
  const ended = (wanted: string) =>
    Object.fromEntries(
      ends
        .filter(({ action }) => action === wanted)
        .map(({ state, count }) => [state ?? "ended", Number(count)]),
    );
  return {
    scans: { started: of("scan.start"), ended: ended("scan.end"), took: spread(scans) },
    findings: {
      triaged: of(...triage),
      muted: of("finding.mute"),
      risksAccepted: of("finding.accept_risk", "exception.grant"),
      commented: of("comment.add"),
    },
    plans: {
      proposed: of("remediation_plan.create"),
      submitted: of("remediation_plan.submit"),
      approved: of("remediation_plan.approve"),
      rejected: of("remediation_plan.reject"),
      begun: of("remediation_plan.begin"),
      ended: ended("remediation_plan.end"),
      rollbacksAsked: of("remediation_plan.roll_back"),
      decidedIn: await between(
        db,
        within,
        ["remediation_plan.approve", "remediation_plan.reject"],
        ["remediation_plan.submit"],
      ),
      carriedOutIn: await between(db, within, ["remediation_plan.end"], ["remediation_plan.approve"]),
    },
  };
}

const triage = [
  ...["finding.assign", "finding.workflow", "finding.due", "finding.mute", "finding.unmute"],
  ...["finding.accept_risk", "finding.ask_acceptance", "triage_change.start"],
];
type SpreadRow = { count: string; median: string | null; p95: string | null };

const spreadOf = (ms: ReturnType<typeof sql>) => sql`count(*) as count,
  percentile_cont(0.5) within group (order by ${ms}) as median,
  percentile_cont(0.95) within group (order by ${ms}) as p95`;

const spread = (row: SpreadRow | undefined): Spread =>
  row && row.median !== null && row.p95 !== null
    ? { count: Number(row.count), medianMs: Number(row.median), p95Ms: Number(row.p95) }
    : null;

/** From the newest act of one kind on a plan until one of the other, for those that ended in the period. */
async function between(
  db: Store,
  within: ReturnType<typeof sql>,
  last: string[],
  first: string[],
): Promise<Spread> {
  const [row] = await db.execute<SpreadRow>(sql`
    select ${spreadOf(sql`extract(epoch from e.at - b.at) * 1000`)}
    from audit_entries e
    cross join lateral (
      select p.at from audit_entries p
      where p.organisation_id = e.organisation_id and p.object_kind = 'remediation_plan' and p.object_id = e.object_id
        and p.action = any(${sql.param(first)}::text[]) and p.result = 'done' and p.id < e.id
      order by p.id desc limit 1) b
    where ${within} and e.object_kind = 'remediation_plan' and e.action = any(${sql.param(last)}::text[])`);
  return spread(row);
}
