import type { Database } from "#db/client.ts";
import { claimBackward, claimForward } from "./claim-step.ts";
import { endFailed } from "./end-step.ts";
import { endUnrestored } from "./perform-rollback.ts";

const unknownTrouble = "Every attempt failed; the worker's log says why.";

/**
 * Ends a step whose every attempt failed. What it may have done is undone as far as it can be. While everything is frozen
 * it stays as it is, and is tried again afterwards.
 */
export async function giveUpStep(db: Database, stepId: string, workerId: string): Promise<void> {
  const step = await claimForward(db, stepId, workerId);
  if (!step) return;
  const mayHaveChanged = step.calls.some(({ error }) => error === undefined);
  const message = step.error ?? unknownTrouble;
  await endFailed(db, step, { reason: "failed", message, after: null, mayHaveChanged });
}

/** Ends the undoing of a step whose every attempt failed. */
export async function giveUpRollback(db: Database, stepId: string, workerId: string): Promise<void> {
  const step = await claimBackward(db, stepId, workerId);
  if (!step) return;
  await endUnrestored(db, step, { reason: "failed", message: step.error ?? unknownTrouble });
}
