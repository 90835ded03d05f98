import { ActionRefused } from "../action-handler.ts";
import type { PlannedAction } from "../model.ts";
import { StepSuperseded } from "./claim-step.ts";

/**
 * Runs what an action does within the action's time. What is cut off by that is refused in words; what is cut off by
 * `signal` ends as that says, and a step that another attempt has taken ends as superseded.
 */
export async function withinTime<T>(
  { timeoutSeconds }: PlannedAction,
  signal: AbortSignal,
  act: (inTime: AbortSignal) => Promise<T>,
): Promise<T> {
  const timeout = AbortSignal.timeout(timeoutSeconds * 1_000);
  try {
    return await act(AbortSignal.any([signal, timeout]));
  } catch (error) {
    signal.throwIfAborted();
    if (!timeout.aborted || error instanceof StepSuperseded) throw error;
    throw new ActionRefused("failed", `It took longer than ${timeoutSeconds} seconds.`, { cause: error });
  }
}
