import { setTimeout as sleep } from "node:timers/promises";
import { canonicalJson } from "../../canonical-json.ts";
import {
  type ActionContext,
  type ActionHandler,
  type Applied,
  handlerOf,
  type Journal,
  type StepContext,
} from "../action-handler.ts";
import type { Json } from "../model.ts";
import type { ClaimedStep } from "./claim-step.ts";
import type { Reach } from "./reach.ts";

export function actionContextOf(step: ClaimedStep, reach: Reach, signal: AbortSignal): ActionContext {
  const { cloud, account, uid, kind, region, name } = step.target;
  return {
    organisationId: step.organisationId,
    planId: step.planId,
    target: { cloud, account, uid, kind, region, name },
    access: () => reach.access(signal),
    signal,
  };
}

/** @param round Which going-back it is; left out for carrying out, whose calls have tokens of their own. */
export function stepContextOf(
  step: ClaimedStep,
  journal: Journal,
  reach: Reach,
  signal: AbortSignal,
  round?: string,
): StepContext {
  const own = step.id.slice(step.id.indexOf("_") + 1);
  const token = round === undefined ? own : `${own}-${round}`;
  return { ...actionContextOf(step, reach, signal), planned: step.target, token, journal };
}

/** How long a provider is given to show a change everywhere, in milliseconds between reads. */
const patience = [200, 500, 1_000, 2_000];

/** What was read right after the calls, or a little later when that wasn't yet what it ought to be. */
export async function readPatiently(
  handler: ActionHandler,
  step: ClaimedStep,
  context: ActionContext,
  first: Applied,
  wanted: Json,
): Promise<Applied> {
  let seen = first;
  for (const ms of patience) {
    if (seen.differs === null || seen.after === null) return seen;
    await sleep(ms, undefined, { signal: context.signal });
    const present = await handler.read(step.action, context);
    const settled = canonicalJson(present) === canonicalJson(wanted);
    seen = { after: present, differs: settled ? null : seen.differs };
  }
  return seen;
}

/** The state after something went wrong, as far as it can be read: what a way back must find unchanged. */
export async function readOrNull(step: ClaimedStep, reach: Reach, signal: AbortSignal): Promise<Json> {
  const within = AbortSignal.any([signal, AbortSignal.timeout(30_000)]);
  try {
    return await handlerOf(step.action.kind).read(step.action, actionContextOf(step, reach, within));
  } catch {
    // Whatever kept it from being read, what is known is that it is not known.
    signal.throwIfAborted();
    return null;
  }
}
