import { type SQL, sql } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { remediationDefaults } from "#db/remediation/model.ts";
import { readLimits } from "#db/remediation/settings-queries.ts";
import { texts } from "#db/remediation/visible.ts";
import { enqueue } from "../../jobs/queue.ts";
import { endPlan } from "./end-plan.ts";
import { openAccounts } from "./read-windows.ts";
import { addEvents, type RunningPlan } from "./record.ts";
import { startVerification } from "./start-verification.ts";

type Counts = { all: number; waiting: number; active: number; failed: number; verifying: number };
type Standing = Counts & {
  frozen: boolean;
  parallel: number;
  stopAtFailedPercent: number;
  /** Whether the organisation has change windows at all. */
  windows: boolean;
};

/**
 * What follows from where a plan's resources stand: the next ones begin, as far as the limits, the freeze switch and
 * change windows let them; once none is left, what came of them is verified. The caller holds the plan's row. Safe to
 * repeat at any time.
 */
export async function advancePlan(tx: Transaction, plan: RunningPlan): Promise<void> {
  if (plan.state === "running") await advanceRun(tx, plan);
  if (plan.state === "rolling_back") await advanceRollback(tx, plan);
}

async function advanceRun(tx: Transaction, plan: RunningPlan): Promise<void> {
  const standing = await readStandingOf(tx, plan);
  if (standing.waiting > 0) {
    const why = whyStopped(plan, standing);
    if (why === null) {
      if (!standing.frozen) await beginTargets(tx, plan, standing);
      return;
    }
    await leaveWaiting(tx, plan, why);
  }
  if (standing.active > 0) return;
  if (standing.verifying > 0) await startVerification(tx, plan);
  else await endPlan(tx, plan);
}

function whyStopped(plan: RunningPlan, { all, failed, stopAtFailedPercent }: Standing): string | null {
  if (failed > 0 && failed * 100 >= all * stopAtFailedPercent) {
    return `Left alone, since ${failed} of ${all} resources failed.`;
  }
  return plan.expired ? "Left alone, since the approval expired before its turn came." : null;
}

/** In one statement, since it is asked at each resource's end. */
async function readStandingOf(tx: Transaction, { id, organisationId }: RunningPlan): Promise<Standing> {
  const { parallel, stopAtFailedPercent } = remediationDefaults;
  const [standing] = await tx.execute<Standing>(sql`
    select c.*, s.frozen_at is not null as frozen, coalesce(s.parallel, ${parallel}::int) as parallel,
      coalesce(s.stop_at_failed_percent, ${stopAtFailedPercent}::int) as "stopAtFailedPercent",
      exists (select from change_windows w where w.organisation_id = ${organisationId}) as windows
    from (
      select count(*)::int as all, (count(*) filter (where state = 'waiting'))::int as waiting,
        (count(*) filter (where state in ('running', 'rolling_back')))::int as active,
        (count(*) filter (where state in ('failed', 'rolling_back', 'rollback_failed')))::int as failed,
        (count(*) filter (where state = 'verifying'))::int as verifying
      from remediation_targets where plan_id = ${id}
    ) c left join remediation_settings s on s.organisation_id = ${organisationId}
  `);
  if (!standing) throw new Error(`Plan ${id} could not be counted.`);
  return standing;
}

/** Begins as many of the waiting resources as there are places, in accounts that may be changed now. */
async function beginTargets(tx: Transaction, plan: RunningPlan, standing: Standing): Promise<void> {
  const free = standing.parallel - standing.active;
  if (free <= 0) return;
  const { id, organisationId, accountIds } = plan;
  const open = standing.windows ? await openAccounts(tx, organisationId, accountIds, new Date()) : accountIds;
  const steps = await tx.execute<{ id: string }>(sql`
    with begun as (
      update remediation_targets set state = 'running', started_at = now()
      where id in (
        select id from remediation_targets
        where plan_id = ${id} and state = 'waiting' and account_id = any(${texts(open)})
        order by ordinal limit ${free})
      returning id
    ), told as (
      insert into remediation_events (plan_id, target_id, kind) select ${id}, id, 'target_begun' from begun
    )
    select s.id from remediation_steps s join begun b on b.id = s.target_id where s.ordinal = 0
  `);
  await enqueue(
    tx,
    "remediation-step",
    steps.map((step) => ({ data: { stepId: step.id }, key: step.id })),
  );
}

/** Queues the next step of each of the resources; of one that is queued or under way, nothing comes twice. */
export async function enqueueSteps(tx: Transaction, targetIds: SQL): Promise<void> {
  const steps = await tx.execute<{ id: string }>(sql`
    select distinct on (target_id) id from remediation_steps
    where target_id = any(${targetIds}) and state in ('waiting', 'running') order by target_id, ordinal
  `);
  await enqueue(
    tx,
    "remediation-step",
    steps.map(({ id }) => ({ data: { stepId: id }, key: id })),
  );
}

/** Ends every resource that hasn't begun: nothing is done to it. */
export async function leaveWaiting(tx: Transaction, plan: RunningPlan, reason: string): Promise<void> {
  const left = await tx.execute<{ id: string }>(sql`
    update remediation_targets set state = 'skipped', error = ${reason}, finished_at = now()
    where plan_id = ${plan.id} and state = 'waiting' returning id
  `);
  await tx.execute(sql`
    update remediation_steps set state = 'skipped', finished_at = now()
    where target_id = any(${texts(left.map(({ id }) => id))}) and state = 'waiting'
  `);
  if (left.length > 0)
    await addEvents(tx, plan, [{ kind: "stopped", detail: { reason, resources: left.length } }]);
}

/** Has as many resources restored at a time as may be changed at a time; once none is left, reads them afresh. */
async function advanceRollback(tx: Transaction, plan: RunningPlan): Promise<void> {
  const { parallel, frozen } = await readLimits(tx, plan.organisationId);
  const targets = await tx.execute<{ id: string }>(sql`
    select id from remediation_targets where plan_id = ${plan.id} and state = 'rolling_back' order by ordinal limit ${parallel}
  `);
  if (targets.length === 0) return startVerification(tx, plan);
  if (!frozen) await enqueueBackward(tx, texts(targets.map(({ id }) => id)));
}

/** Queues, of each of the resources, the last step that is still to be undone; answers whether there is any. */
export async function enqueueBackward(tx: Transaction, targetIds: SQL): Promise<boolean> {
  const steps = await tx.execute<{ id: string }>(sql`
    select distinct on (s.target_id) s.id from remediation_steps s
    where s.target_id = any(${targetIds}) and ${leftToUndo} order by s.target_id, s.ordinal desc
  `);
  await enqueue(
    tx,
    "remediation-rollback",
    steps.map(({ id }) => ({ data: { stepId: id }, key: id })),
  );
  return steps.length > 0;
}

/** Over `s`, a step: that it changed something, or may have, and was not undone. Calls that were refused changed nothing. */
export const leftToUndo: SQL = sql`(s.state in ('applied', 'rolling_back')
  or s.state = 'failed' and jsonb_path_exists(s.calls, '$[*] ? (!exists(@.error))'))`;
