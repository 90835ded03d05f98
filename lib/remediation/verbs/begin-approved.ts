import type { Transaction } from "#db/client.ts";
import { enqueue } from "../../jobs/queue.ts";
import type { HeldPlan } from "./hold-plan.ts";

/** Has an approved plan begun as soon as freeze and change windows let it, if it is to begin by itself. */
export async function beginApproved(
  tx: Transaction,
  plan: Pick<HeldPlan, "id" | "runWhenApproved">,
): Promise<void> {
  if (plan.runWhenApproved) await enqueue(tx, "remediation-tick", [{ data: {} }]);
}
