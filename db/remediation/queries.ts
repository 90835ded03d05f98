import { type SQL, sql } from "drizzle-orm";
import type { Scope } from "#lib/auth/scope.ts";
import type { Store } from "../client.ts";
import type { FindingFix, PlanEvent, PlanList, PlanPage } from "./model.ts";
import { isoMoment, readPlans } from "./plan-rows.ts";
import { requirePlan } from "./require-plan.ts";
import { texts, visiblePlans } from "./visible.ts";

export { getPlan } from "./plan-detail.ts";
export { getPlaybook, listPlaybooks, playbooksFor } from "./playbook-queries.ts";
export { getRemediationSettings } from "./settings-queries.ts";

export type PlanQuery = {
  list: PlanList;
  limit: number;
  after?: string | undefined;
  playbook?: string | undefined;
  /** Those alone that are to resolve this finding. */
  findingId?: string | undefined;
};

/** One page, newest first. Those that touch an account that the scope can't see are left out, as are others' drafts. */
export async function listPlans(db: Store, scope: Scope, query: PlanQuery): Promise<PlanPage> {
  scope.require("remediation:read");
  const at = readPlanCursor(query.after ?? "");
  const which = [
    visiblePlans(scope),
    isOfList(query.list, scope),
    ...(query.playbook === undefined ? [] : [sql`p.playbook = ${query.playbook}`]),
    ...(query.findingId === undefined
      ? []
      : [
          sql`p.id in (select i.plan_id from remediation_findings i where i.finding_id = ${query.findingId})`,
        ]),
    ...(at ? [sql`(p.requested_at, p.id) < (${at.requestedAt}::timestamptz, ${at.id})`] : []),
  ];
  const plans = await readPlans(
    db,
    scope,
    sql.join(which, sql` and `),
    // Every word as in the indexes, or they would not be taken for the order.
    sql`p.requested_at desc nulls last, p.id desc nulls last`,
    query.limit + 1,
  );
  const shown = plans.slice(0, query.limit);
  const last = shown.at(-1);
  return {
    plans: shown.map(({ position: _, ...plan }) => plan),
    next: last && plans.length > query.limit ? `${last.position}~${last.id}` : null,
  };
}

const active = sql`('approved', 'running', 'verifying', 'rolling_back')`;

function isOfList(list: PlanList, scope: Scope): SQL {
  const own = sql`p.requested_by = ${scope.actor.id}`;
  switch (list) {
    case "waiting":
      return sql`p.state = 'awaiting_approval' and p.expires_at > now()`;
    case "own":
      return own;
    case "active":
      return sql`p.state in ${active}`;
    case "ended":
      return sql`p.state not in ${active} and p.state not in ('draft', 'awaiting_approval')
        and (p.submitted_at is not null or ${own})`;
    case "all":
      return sql`(p.submitted_at is not null or ${own})`;
    default:
      return list satisfies never;
  }
}

/** Null for what no page has ever given. */
export function readPlanCursor(cursor: string): { requestedAt: string; id: string } | null {
  const [requestedAt = "", id = ""] = cursor.split("~");
  const isMoment = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/.test(requestedAt);
  return isMoment && !Number.isNaN(Date.parse(requestedAt)) && /^\w{1,80}$/.test(id)
    ? { requestedAt, id }
    : null;
}

/** Plans that wait for a decision which the reader could give: not their own, nor one that they have approved. */
export async function countWaiting(db: Store, scope: Scope): Promise<number> {
  scope.require("remediation:read");
  if (!scope.can("remediation:decide")) return 0;
  const [row] = await db.execute<{ waiting: number }>(sql`
    select count(*)::int as waiting from remediation_plans p
    where ${visiblePlans(scope)} and p.state = 'awaiting_approval' and p.expires_at > now()
      and p.requested_by <> ${scope.actor.id} and not exists (
        select from remediation_approvals x where x.plan_id = p.id and x.user_id = ${scope.actor.id})
  `);
  return row?.waiting ?? 0;
}

const eventsPerPage = 1_000;

/** What happened, in order, a thousand at most: the ids go up, and `after` is the last one that was seen. */
export async function listPlanEvents(
  db: Store,
  scope: Scope,
  planId: string,
  { after = 0 }: { after?: number } = {},
): Promise<PlanEvent[]> {
  await requirePlan(db, scope, planId);
  const rows = await db.execute<Omit<PlanEvent, "id"> & { id: string | number }>(sql`
    select e.id, e.target_id as "targetId", e.step_id as "stepId", e.kind, e.detail, e.ms, ${isoMoment(sql`e.at`)} as at
    from remediation_events e where e.plan_id = ${planId} and e.id > ${after} order by e.id limit ${eventsPerPage}
  `);
  return rows.map(({ id, ...event }) => ({ ...event, id: Number(id) }));
}

/** Where the fix of each of these findings stands, for those that have one: the newest that isn't somebody else's draft. */
export async function findingFixes(
  db: Store,
  scope: Scope,
  findingIds: readonly string[],
): Promise<Map<string, FindingFix>> {
  scope.require("remediation:read");
  if (findingIds.length === 0) return new Map();
  const rows = await db.execute<FindingFix & { findingId: string }>(sql`
    select distinct on (i.finding_id) i.finding_id as "findingId", p.id, p.playbook, p.title, p.state,
      jsonb_build_object('id', u.id, 'name', u.name) as "requestedBy", ${isoMoment(sql`p.requested_at`)} as "requestedAt",
      ${isoMoment(sql`p.expires_at`)} as "expiresAt", t.state as "targetState"
    from remediation_findings i join remediation_plans p on p.id = i.plan_id
      join remediation_targets t on t.id = i.target_id join users u on u.id = p.requested_by
    where i.finding_id = any(${texts(findingIds)}) and ${visiblePlans(scope)}
      and (p.submitted_at is not null or p.state = 'draft' and p.requested_by = ${scope.actor.id})
    order by i.finding_id, p.requested_at desc, p.id desc
  `);
  return new Map(rows.map(({ findingId, ...fix }) => [findingId, fix]));
}
