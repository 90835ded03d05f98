import { sql } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { tell } from "../../findings/triage/tell.ts";
import { queueMails } from "../../mail/queue-mails.ts";
import type { PlanState, TargetState } from "../model.ts";
import { addEvents, appendOwn, type RunningPlan } from "./record.ts";

type Ended = Partial<Record<TargetState, number>>;

/** Ends a plan as its resources ended, and tells who asked for it. The caller holds its row. */
export async function endPlan(tx: Transaction, plan: RunningPlan): Promise<void> {
  const rows = await tx.execute<{ state: TargetState; count: number }>(sql`
    select state, count(*)::int as count from remediation_targets where plan_id = ${plan.id} group by state
  `);
  const ended: Ended = Object.fromEntries(rows.map(({ state, count }) => [state, count]));
  const { state, error } = plan.state === "rolling_back" ? endOfRollback(ended) : endOfRun(ended);
  const [moved] = await tx.execute<{ ms: number | null }>(sql`
    update remediation_plans set state = ${state}, error = ${error}, finished_at = now(), revision = revision + 1
    where id = ${plan.id} and state = ${plan.state}
    returning extract(epoch from now() - case when state in ('rolled_back', 'rollback_failed') then rollback_at
      else started_at end)::float8 * 1000 as ms
  `);
  if (!moved) return;
  await addEvents(tx, plan, [{ kind: "ended", detail: { state, ...(error === null ? {} : { error }) } }]);
  await appendOwn(tx, plan, {
    action: "remediation_plan.end",
    object: { kind: "remediation_plan", id: plan.id },
    result: state === "failed" || state === "rollback_failed" ? "failed" : "done",
    ...(moved.ms === null ? {} : { durationMs: moved.ms }),
    before: { state: plan.state },
    after: { state, resources: ended, error },
  });
  const told = [plan.requestedBy, ...(plan.rollbackBy ? [plan.rollbackBy] : [])];
  await tell(tx, told, {
    ...{ organisationId: plan.organisationId, kind: "fix_ended", actorId: null, planId: plan.id },
    excerpt: `${words[state] ?? state}: ${plan.title}`,
  });
  await queueMails(tx, plan.organisationId, told, { kind: "plan_ended", planId: plan.id });
}

const words: Partial<Record<PlanState, string>> = {
  succeeded: "Fixed and verified",
  changed_unverified: "Changed, but not verified",
  failed: "Failed",
  rolled_back: "Rolled back",
  rollback_failed: "Could not be rolled back",
};

type End = { state: PlanState; error: string | null };

function endOfRun(ended: Ended): End {
  const failed = (ended.failed ?? 0) + (ended.rollback_failed ?? 0);
  const skipped = ended.skipped ?? 0;
  const unverified = ended.changed_unverified ?? 0;
  if (failed + skipped > 0) {
    const parts = [
      [failed, "failed"],
      [skipped, "left alone"],
      [unverified, "changed, but not verified"],
      [ended.succeeded ?? 0, "fixed"],
    ] as const;
    return { state: "failed", error: `Of the resources, ${said(parts)}.` };
  }
  if (unverified === 0) return { state: "succeeded", error: null };
  const parts = [
    [unverified, "changed, but not verified"],
    [ended.succeeded ?? 0, "fixed"],
  ] as const;
  return { state: "changed_unverified", error: `Of the resources, ${said(parts)}.` };
}

function endOfRollback(ended: Ended): End {
  const failed = ended.rollback_failed ?? 0;
  if (failed === 0) return { state: "rolled_back", error: null };
  const parts = [
    [failed, "not restored"],
    [ended.rolled_back ?? 0, "restored"],
  ] as const;
  return { state: "rollback_failed", error: `Of the resources, ${said(parts)}.` };
}

const said = (parts: readonly (readonly [number, string])[]): string =>
  parts
    .filter(([count]) => count > 0)
    .map(([count, what]) => `${count} ${what}`)
    .join(", ");
