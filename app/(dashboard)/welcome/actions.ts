"use server";
import { type ActionResult, runAct, runAction } from "#app/_actions/action.ts";
import { removeTrial } from "#lib/trial/remove-trial.ts";
import { startTrial } from "#lib/trial/start-trial.ts";

export async function startTrialAction(): Promise<ActionResult<unknown>> {
  return runAction(startTrial, {});
}

export async function removeTrialAction(): Promise<ActionResult<{ accounts: number }>> {
  return runAct(removeTrial);
}
