import { sql } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { readLimits } from "#db/remediation/settings-queries.ts";
import { DomainError } from "../../errors.ts";
import { advancePlan, leftToUndo } from "./advance-plan.ts";
import { addEvents, holdPlanRow } from "./record.ts";
import { refuseSharedResources } from "./shared-resources.ts";

/**
 * Has every resource of a plan restored that something was done to. The caller has moved the plan to `rolling_back`, noted
 * who asked for it and why, and appends the audit record. Throws a DomainError (`conflict`) while everything is frozen,
 * while another plan is at work on one of the resources, and when there is nothing to restore. Change windows don't hold
 * it back: what went wrong is put right at any hour.
 */
export async function startRollback(tx: Transaction, planId: string): Promise<void> {
  const plan = await holdPlanRow(tx, planId);
  if (plan?.state !== "rolling_back") throw new Error(`Plan ${planId} is not being rolled back.`);
  const { frozen } = await readLimits(tx, plan.organisationId);
  if (frozen) throw new DomainError("conflict", "Nothing was changed: all changes are frozen at present.");
  await refuseSharedResources(tx, plan);
  // What an earlier going-back could not undo is tried again.
  await tx.execute(sql`
    update remediation_steps set state = 'applied' where plan_id = ${planId} and state = 'rollback_failed'
  `);
  const targets = await tx.execute<{ id: string }>(sql`
    update remediation_targets t set state = 'rolling_back', error = null, finished_at = null
    where t.plan_id = ${planId} and t.state in ('succeeded', 'changed_unverified', 'failed', 'rollback_failed')
      and exists (select from remediation_steps s where s.target_id = t.id and ${leftToUndo})
    returning t.id
  `);
  if (targets.length === 0) {
    throw new DomainError("conflict", "Nothing was changed: there is nothing to roll back.");
  }
  await addEvents(tx, plan, [{ kind: "rollback_begun", detail: { resources: targets.length } }]);
  await advancePlan(tx, plan);
}
