import { type SQL, sql } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { readLimits } from "#db/remediation/settings-queries.ts";
import { texts } from "#db/remediation/visible.ts";
import { enqueue } from "../../jobs/queue.ts";
import { endPlan } from "./end-plan.ts";
import { openAccounts } from "./read-windows.ts";
import { addEvents, type RunningPlan } from "./record.ts";
import { startVerification } from "./start-verification.ts";

type Counts = { all: number; waiting: number; active: number; failed: number; verifying: number };

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
  const [limits, { all, waiting, active, failed, verifying }] = await Promise.all([
    readLimits(tx, plan.organisationId),
    countTargets(tx, plan.id),
  ]);
  if (waiting > 0) {
    const why = whyStopped(plan, { all, failed }, limits.stopAtFailedPercent);
    if (why === null) {
      if (!limits.frozen) await beginTargets(tx, plan, limits.parallel - active);
      return;
    }
    await leaveWaiting(tx, plan, why);
  }
  if (active > 0) return;
  if (verifying > 0) await startVerification(tx, plan);
  else await endPlan(tx, plan);
}

function whyStopped(
  plan: RunningPlan,
  { all, failed }: Pick<Counts, "all" | "failed">,
  stopAtFailedPercent: number,
): string | null {
  if (failed > 0 && failed * 100 >= all * stopAtFailedPercent) {
    return `Left alone, since ${failed} of ${all} resources failed.`;
  }
  return plan.expired ? "Left alone, since the approval expired before its turn came." : null;
}

async function countTargets(tx: Transaction, planId: string): Promise<Counts> {
  const [counts] = await tx.execute<Counts>(sql`
    select count(*)::int as all, (count(*) filter (where state = 'waiting'))::int as waiting,
      (count(*) filter (where state in ('running', 'rolling_back')))::int as active,
      (count(*) filter (where state in ('failed', 'rolling_back', 'rollback_failed')))::int as failed,
      (count(*) filter (where state = 'verifying'))::int as verifying
    from remediation_targets where plan_id = ${planId}
  `);
  if (!counts) throw new Error(`Plan ${planId} could not be counted.`);
  return counts;
}

/** Begins as many of the waiting resources as there are places, in accounts that may be changed now. */
async function beginTargets(tx: Transaction, plan: RunningPlan, free: number): Promise<void> {
  if (free <= 0) return;
  const open = await openAccounts(tx, plan.organisationId, plan.accountIds, new Date());
  const begun = await tx.execute<{ id: string }>(sql`
    update remediation_targets set state = 'running', started_at = now()
    where id in (
      select id from remediation_targets
      where plan_id = ${plan.id} and state = 'waiting' and account_id = any(${texts(open)})
      order by ordinal limit ${free})
    returning id
  `);
  await addEvents(
    tx,
    plan,
    begun.map(({ id }) => ({ targetId: id, kind: "target_begun" })),
  );
  await enqueueSteps(tx, texts(begun.map(({ id }) => id)));
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
