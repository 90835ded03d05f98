import { sql } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { toJson } from "#db/insert-rows.ts";
import { type AuditActor, type AuditRecord, appendAudit } from "../../audit/append.ts";
import type { Json } from "../model.ts";
import { remediationChannel } from "../notify.ts";

export type PlanRef = { id: string; organisationId: string; correlationId: string };

/** Parapet itself as it carries a plan out: its entries of the trail go with those of who asked for the plan. */
export const executorOf = ({ organisationId, correlationId }: PlanRef): AuditActor => ({
  organisationId,
  actor: { kind: "system", id: "remediation" },
  tokenId: null,
  correlationId,
});

export type Happening = {
  targetId?: string;
  stepId?: string;
  kind: string;
  detail?: Record<string, Json>;
  /** How long it took. */
  ms?: number;
};

/** Adds to a plan's timeline, and tells every browser when the transaction commits. */
export async function addEvents(
  tx: Transaction,
  plan: PlanRef,
  happenings: readonly Happening[],
): Promise<void> {
  if (happenings.length === 0) return;
  const rows = happenings.map(({ targetId = null, stepId = null, kind, detail = {}, ms = null }) => ({
    ...{ target_id: targetId, step_id: stepId, kind, detail },
    ms: ms === null ? null : Math.round(ms),
  }));
  // The statements of a transaction wait for each other: this is one.
  await tx.execute(sql`
    with told as (
      insert into remediation_events (plan_id, target_id, step_id, kind, detail, ms)
      select ${plan.id}, target_id, step_id, kind, detail, ms
      from jsonb_to_recordset(${toJson(rows)}::jsonb)
        as e (target_id text, step_id text, kind text, detail jsonb, ms int)
      returning id
    )
    select pg_notify(${remediationChannel}, ${JSON.stringify({ organisationId: plan.organisationId, id: plan.id })})
    where exists (select from told)
  `);
}

/** Appends to the audit trail what Parapet did for a plan. */
export const appendOwn = (tx: Transaction, plan: PlanRef, record: AuditRecord): Promise<unknown> =>
  appendAudit(tx, executorOf(plan), record);

/** Holds a plan until the transaction ends, so that what its resources' ends bring about happens once, in one order. */
export async function holdPlanRow(tx: Transaction, planId: string): Promise<RunningPlan | null> {
  const [plan] = await tx.execute<RunningPlan>(sql`
    select id, organisation_id as "organisationId", correlation_id as "correlationId", state, title, playbook,
      requested_by as "requestedBy", account_ids as "accountIds", hash, rollback_by as "rollbackBy",
      coalesce(expires_at <= now(), false) as expired
    from remediation_plans where id = ${planId} for no key update
  `);
  return plan ?? null;
}

export type RunningPlan = PlanRef & {
  state: string;
  title: string;
  playbook: string;
  requestedBy: string;
  accountIds: string[];
  hash: string | null;
  rollbackBy: string | null;
  /** Whether its approval's time is over. */
  expired: boolean;
};
