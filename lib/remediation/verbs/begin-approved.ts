import { eq } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { remediationPlans } from "#db/remediation/schema.ts";
import type { PlanState } from "../model.ts";
import { beginPlan, type HeldBy } from "../run/begin-plan.ts";
import type { HeldPlan } from "./hold-plan.ts";

export type Begun = { state: PlanState; revision: number; heldBy: HeldBy | null };

/**
 * Begins an approved plan that is to begin by itself, as soon as freeze, limits and change windows let it: at once, or
 * later by the worker. Answers where it stands then.
 */
export async function beginApproved(
  tx: Transaction,
  { id, runWhenApproved }: Pick<HeldPlan, "id" | "runWhenApproved">,
): Promise<Begun> {
  const heldBy = runWhenApproved ? await beginPlan(tx, id) : null;
  const [plan] = await tx
    .select({ state: remediationPlans.state, revision: remediationPlans.revision })
    .from(remediationPlans)
    .where(eq(remediationPlans.id, id));
  if (!plan) throw new Error(`Plan ${id} is gone.`);
  return { ...plan, heldBy };
}
