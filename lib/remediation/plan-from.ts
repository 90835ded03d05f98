import { canonicalJson } from "#lib/canonical-json.ts";
import { secretKeyring } from "#lib/secrets/keys.ts";
import { ActionRefused } from "./action-handler.ts";
import { callOf } from "./catalogue.ts";
import type { ActionPlan, Json, PlannedAction, PlannedCall, Target, WayBack } from "./model.ts";
import type { Operation } from "./operation.ts";

/** Whether two states are one, whatever order their keys are in. */
export const same = (a: Json, b: Json): boolean => canonicalJson(a) === canonicalJson(b);

export type Change = Extract<ActionPlan, { outcome: "change" }>;

/** What is to be done. Throws `ActionRefused` for an action of which nothing was planned. */
export function changeOf(action: PlannedAction): Change {
  if (action.plan.outcome !== "change")
    throw new ActionRefused("failed", "Nothing was planned for this action.");
  return action.plan;
}

/** The whole plan of an action from a state: what is called, and how it would be undone. */
export function planFrom(
  operation: Operation,
  before: Json,
  parameters: unknown,
  target: Target,
): ActionPlan {
  if (holdsReference(before)) {
    const reason = "Something of it is named $output, which stands for answers of the provider in plans.";
    return { outcome: "refused", reason };
  }
  const planned = operation.plan(before, parameters, target);
  if (planned.outcome === "nothing") return { ...planned, before };
  if (planned.outcome === "refused") return planned;
  const { calls, after, notes = [] } = planned;
  const placeholders = Object.fromEntries(calls.map(({ id }) => [id, { $output: id }]));
  const wayBack: WayBack = operation.irreversible
    ? { irreversible: operation.irreversible }
    : operation.wayBack(before, after, target, placeholders);
  return {
    outcome: "change",
    before,
    after,
    calls,
    commands: commandsOf(calls, target),
    wayBack,
    wayBackCommands: "calls" in wayBack ? commandsOf(wayBack.calls, target) : [],
    notes,
  };
}

/** Whether a state that was read holds what would be taken for a reference to an answer. */
const holdsReference = (state: Json): boolean =>
  typeof state === "object" &&
  state !== null &&
  (Object.hasOwn(state, "$output") || Object.values(state).some(holdsReference));

const commandsOf = (calls: readonly PlannedCall[], target: Target): string[] =>
  calls.map(({ api, input, region = target.region }) =>
    callOf(api).command(input, { region, account: target.account }),
  );

const noKey =
  "It hands out a new secret, and there is no key to seal that with. Set PARAPET_SECRET_KEYS to 1:$(openssl rand -base64 32) for every process of Parapet, and start them again.";

/** The plan, unless it hands out a secret that there is no key to seal with. */
export const sealable = (plan: ActionPlan): ActionPlan =>
  plan.outcome === "change" &&
  plan.calls.some(({ api }) => callOf(api).keepsSecret) &&
  secretKeyring() === null
    ? { outcome: "refused", reason: noKey }
    : plan;
