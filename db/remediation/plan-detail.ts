import { sql } from "drizzle-orm";
import type { Scope } from "#lib/auth/scope.ts";
import { DomainError } from "#lib/errors.ts";
import type { Json, PlanDocument } from "#lib/remediation/model.ts";
import { readWindows } from "#lib/remediation/run/read-windows.ts";
import { isStillEntitled } from "#lib/remediation/run/still-entitled.ts";
import { nextOpening } from "#lib/remediation/windows.ts";
import type { Store } from "../client.ts";
import { readBlastRadius } from "./blast-radius.ts";
import type { PlanDetail, TargetView } from "./model.ts";
import { isoMoment, readPlans } from "./plan-rows.ts";
import { visiblePlans } from "./visible.ts";

type Rest = Pick<PlanDetail, "runWhenApproved" | "rollback" | "secrets"> & {
  parameters: Record<string, Json>;
  document: PlanDocument | null;
  accountIds: string[];
};

/** One plan with all that its page shows. Throws `not_found`, also for one that touches an account that can't be seen. */
export async function getPlan(db: Store, scope: Scope, planId: string): Promise<PlanDetail> {
  scope.require("remediation:read");
  const [placed] = await readPlans(db, scope, sql`p.id = ${planId} and ${visiblePlans(scope)}`, sql`p.id`, 1);
  if (!placed) throw new DomainError("not_found", "There is no such plan.");
  const { position: _, ...summary } = placed;
  const [rest, targets, blastRadius] = await Promise.all([
    readRest(db, planId),
    readTargets(db, planId),
    readBlastRadius(db, scope, planId),
  ]);
  const { accountIds, ...detail } = rest;
  const waitsFor = summary.state === "approved" ? await readWaiting(db, scope, planId, rest) : null;
  return { ...summary, ...detail, targets, blastRadius, waitsFor };
}

async function readRest(db: Store, planId: string): Promise<Rest> {
  const [row] = await db.execute<Rest>(sql`
    select p.parameters, p.document, p.run_when_approved as "runWhenApproved", p.account_ids as "accountIds",
      case when p.rollback_at is not null then jsonb_build_object('by', jsonb_build_object('id', u.id, 'name', u.name),
        'reason', p.rollback_reason, 'at', ${isoMoment(sql`p.rollback_at`)}) end as rollback, s.secrets
    from remediation_plans p left join users u on u.id = p.rollback_by
    cross join lateral (
      select coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'name', s.name, 'expiresAt', ${isoMoment(sql`s.expires_at`)},
        'collectedAt', ${isoMoment(sql`s.collected_at`)}) order by s.created_at, s.id), '[]') as secrets
      from remediation_secrets s where s.plan_id = p.id
    ) s
    where p.id = ${planId}
  `);
  if (!row) throw new DomainError("not_found", "There is no such plan.");
  return row;
}

async function readTargets(db: Store, planId: string): Promise<TargetView[]> {
  const rows = await db.execute<TargetView>(sql`
    select t.id, t.ordinal, t.account_id as "accountId", coalesce(a.name, '') as "accountName",
      t.resource_id as "resourceId", t.uid, t.kind, t.region, t.name, t.state, t.verdicts, t.scan_id as "scanId", t.error,
      ${isoMoment(sql`t.started_at`)} as "startedAt", ${isoMoment(sql`t.finished_at`)} as "finishedAt",
      coalesce(f.findings, '[]') as findings, coalesce(s.steps, '[]') as steps
    from remediation_targets t left join accounts a on a.id = t.account_id
    left join (
      select i.target_id, jsonb_agg(jsonb_build_object('id', f.id, 'checkId', f.check_id) order by f.check_id, f.id) as findings
      from remediation_findings i join findings f on f.id = i.finding_id where i.plan_id = ${planId} group by i.target_id
    ) f on f.target_id = t.id
    left join (
      select s.target_id, jsonb_agg(jsonb_build_object('id', s.id, 'ordinal', s.ordinal, 'action', s.action, 'state', s.state,
        'before', s.before, 'after', s.after, 'calls', s.calls, 'rollbackCalls', s.rollback_calls, 'attempts', s.attempts,
        'error', s.error, 'startedAt', ${isoMoment(sql`s.started_at`)}, 'finishedAt', ${isoMoment(sql`s.finished_at`)})
        order by s.ordinal) as steps
      from remediation_steps s where s.plan_id = ${planId} group by s.target_id
    ) s on s.target_id = t.id
    where t.plan_id = ${planId} order by t.ordinal
  `);
  return [...rows];
}

/** Why an approved plan hasn't begun. */
async function readWaiting(
  db: Store,
  scope: Scope,
  planId: string,
  { runWhenApproved, accountIds }: Rest,
): Promise<PlanDetail["waitsFor"]> {
  const [frozen] = await db.execute(sql`
    select from remediation_settings where organisation_id = ${scope.organisationId} and frozen_at is not null
  `);
  if (frozen) return { what: "freeze", until: null };
  const until = await readOpening(db, scope, accountIds);
  if (until !== undefined) return { what: "window", until };
  // Of one that doesn't begin by itself since its people may no more, starting it says why.
  const plan = { id: planId, organisationId: scope.organisationId, accountIds };
  const begins = runWhenApproved && (await isStillEntitled(db, plan));
  return begins ? null : { what: "start", until: null };
}

/** When the first of the accounts may be changed next, null for not in sight; undefined while one may be. */
async function readOpening(
  db: Store,
  { organisationId }: Scope,
  accountIds: readonly string[],
): Promise<string | null | undefined> {
  const windows = await readWindows(db, organisationId, accountIds);
  const now = new Date();
  const opening = nextOpening([...windows.values()], now);
  return opening === now ? undefined : (opening?.toISOString() ?? null);
}
