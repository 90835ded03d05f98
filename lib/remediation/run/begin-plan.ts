import { sql } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { readLimits } from "#db/remediation/settings-queries.ts";
import { canonicalHash } from "../../canonical-json.ts";
import type { PlanDocument } from "../model.ts";
import { advancePlan } from "./advance-plan.ts";
import { openAccounts } from "./read-windows.ts";
import { addEvents, appendOwn, holdPlanRow } from "./record.ts";
import { findSharedResource } from "./shared-resources.ts";
import { isStillEntitled } from "./still-entitled.ts";

/**
 * Why an approved plan hasn't begun. `busy`: another plan is at work on one of its resources. `people`: who asked for it or
 * approved it could do so no more.
 */
export type HeldBy = "freeze" | "window" | "limit" | "busy" | "content" | "people";

/**
 * Begins an approved plan, if freeze, limits and change windows let it; else says what holds it back. Null when it has
 * begun, or is approved no more. The database itself refuses one that expired or hasn't its approvals.
 */
export async function beginPlan(tx: Transaction, planId: string): Promise<HeldBy | null> {
  const plan = await holdPlanRow(tx, planId);
  if (plan?.state !== "approved" || plan.expired) return null;
  const { frozen, maxResources } = await readLimits(tx, plan.organisationId);
  if (frozen) return "freeze";
  const open = await openAccounts(tx, plan.organisationId, plan.accountIds, new Date());
  if (open.length === 0) return "window";
  const document = await readDocument(tx, planId);
  if (document === null || canonicalHash(document) !== plan.hash) return "content";
  if (document.targets.length > maxResources) return "limit";
  if (!(await isStillEntitled(tx, plan))) return "people";
  if ((await findSharedResource(tx, plan)) !== null) return "busy";
  await tx.execute(sql`
    update remediation_plans set state = 'running', started_at = now(), revision = revision + 1
    where id = ${planId} and state = 'approved'
  `);
  await addEvents(tx, plan, [{ kind: "begun", detail: { resources: document.targets.length } }]);
  await appendOwn(tx, plan, {
    action: "remediation_plan.begin",
    object: { kind: "remediation_plan", id: planId },
    before: { state: "approved" },
    after: { state: "running", hash: plan.hash },
  });
  await advancePlan(tx, { ...plan, state: "running" });
  return null;
}

async function readDocument(tx: Transaction, planId: string): Promise<PlanDocument | null> {
  const [row] = await tx.execute<{ document: PlanDocument | null }>(
    sql`select document from remediation_plans where id = ${planId}`,
  );
  return row?.document ?? null;
}
