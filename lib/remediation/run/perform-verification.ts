import { sql } from "drizzle-orm";
import type { Database, Transaction } from "#db/client.ts";
import { readClock } from "../../scans/store/complete.ts";
import { resolveWhere } from "../../scans/store/merge.ts";
import { endPlan } from "./end-plan.ts";
import { judgeTargets, whyUnverified } from "./judge.ts";
import { addEvents, appendOwn, holdPlanRow, type RunningPlan } from "./record.ts";

/**
 * Judges a plan's resources once the scan has ended that was begun for them, and ends the plan. Nothing happens while that
 * scan runs, or when somebody has judged them already.
 */
export async function performVerification(db: Database, planId: string): Promise<void> {
  await db.transaction(async (tx) => {
    const plan = await holdPlanRow(tx, planId);
    if (plan?.state === "verifying" && (await hasEnded(tx, plan, "verifying"))) {
      await judgeFix(tx, plan);
      await resolveSeen(tx, plan);
      await endPlan(tx, plan);
    }
    if (plan?.state === "rolling_back" && !(await hasTargets(tx, plan, "rolling_back"))) {
      if (!(await hasEnded(tx, plan, "rolled_back")) || !(await hasEnded(tx, plan, "rollback_failed")))
        return;
      await noteRestored(tx, plan);
      await endPlan(tx, plan);
    }
  });
}

const hasTargets = async (tx: Transaction, plan: RunningPlan, state: string): Promise<boolean> => {
  const found = await tx.execute(
    sql`select from remediation_targets where plan_id = ${plan.id} and state = ${state} limit 1`,
  );
  return found.length > 0;
};

/** Whether no scan is under way for the plan's resources in that state. */
async function hasEnded(tx: Transaction, plan: RunningPlan, state: string): Promise<boolean> {
  const open = await tx.execute(sql`
    select from remediation_targets t left join scans s on s.id = t.scan_id
    where t.plan_id = ${plan.id} and t.state = ${state}
      and (s.finished_at is null or s.created_at < (select case when p.state = 'rolling_back' then p.rollback_at
        else p.started_at end from remediation_plans p where p.id = t.plan_id))
    limit 1
  `);
  return open.length === 0;
}

async function judgeFix(tx: Transaction, plan: RunningPlan): Promise<void> {
  for (const judged of await judgeTargets(tx, plan.id, "verifying")) {
    const why = whyUnverified(judged);
    const state = why === null ? "succeeded" : "changed_unverified";
    await tx.execute(sql`
      update remediation_targets set state = ${state}, error = ${why}, finished_at = now(),
        verdicts = ${JSON.stringify(judged.verdicts)}::jsonb
      where id = ${judged.targetId} and state = 'verifying'
    `);
    await addEvents(tx, plan, [
      { targetId: judged.targetId, kind: "verified", detail: { state, verdicts: judged.verdicts } },
    ]);
    await appendOwn(tx, plan, {
      action: "remediation_target.verify",
      object: { kind: "remediation_target", id: judged.targetId },
      after: { planId: plan.id, state, verdicts: judged.verdicts, why },
    });
  }
}

/**
 * Resolves the findings of what was seen to be fixed. The scan itself leaves them open where it could not read everything
 * around: it can't tell what it missed, while of these very resources nothing was missed.
 */
async function resolveSeen(tx: Transaction, plan: RunningPlan): Promise<void> {
  const places = await tx.execute<{ accountId: string; scanId: string }>(sql`
    select distinct account_id as "accountId", scan_id as "scanId" from remediation_targets
    where plan_id = ${plan.id} and state = 'succeeded'
  `);
  const at = await readClock(tx);
  for (const place of places) {
    await resolveWhere(
      tx,
      { ...place, organisationId: plan.organisationId, at },
      sql`r.verdicts ->> f.check_id = 'pass' and f.id in (
        select i.finding_id from remediation_findings i join remediation_targets t on t.id = i.target_id
        where t.plan_id = ${plan.id} and t.state = 'succeeded')`,
    );
  }
}

/** Keeps what the checks say of what was restored: they are expected to fail again. */
async function noteRestored(tx: Transaction, plan: RunningPlan): Promise<void> {
  for (const state of ["rolled_back", "rollback_failed"]) {
    for (const { targetId, verdicts } of await judgeTargets(tx, plan.id, state)) {
      await tx.execute(sql`
        update remediation_targets set verdicts = ${JSON.stringify(verdicts)}::jsonb where id = ${targetId}
      `);
      await addEvents(tx, plan, [{ targetId, kind: "verified", detail: { state, verdicts } }]);
      await appendOwn(tx, plan, {
        action: "remediation_target.verify",
        object: { kind: "remediation_target", id: targetId },
        after: { planId: plan.id, state, verdicts },
      });
    }
  }
}
