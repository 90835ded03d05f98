import { toJson } from "#db/insert-rows.ts";
import { canonicalJson } from "../../canonical-json.ts";
import type { CloudAccess } from "../../clouds/access.ts";
import { DomainError } from "../../errors.ts";
import { type ActionContext, ActionRefused, type ActionSpec, handlerOf } from "../action-handler.ts";
import { meets } from "../conditions.ts";
import type { ActionPlan, Json, PlannedAction, PlannedTarget } from "../model.ts";
import type { Playbook, PlaybookAction } from "../playbook.ts";
import { resolveParameters } from "../references.ts";

export type Planning = {
  organisationId: string;
  planId: string;
  playbook: Playbook;
  parameters: Record<string, Json>;
  signal: AbortSignal;
};

/** A resource of a plan before its actions are known. */
export type BareTarget = Omit<PlannedTarget, "actions">;

export type TargetPlan = {
  target: PlannedTarget;
  /** Whether something of it could never be undone. */
  irreversible: boolean;
};

/**
 * Plans every action of the playbook that is for this resource, by reading alone. What can't be done becomes a refusal;
 * throws `TryLater` for what passes by itself.
 */
export async function planTarget(
  planning: Planning,
  bare: BareTarget,
  access: (signal: AbortSignal) => Promise<CloudAccess>,
): Promise<TargetPlan> {
  const checks = bare.findings.map(({ checkId }) => checkId);
  const actions: PlannedAction[] = [];
  let irreversible = false;
  for (const action of planning.playbook.actions) {
    if (!meets(action.when, { target: bare, checks, parameters: planning.parameters })) continue;
    const spec: ActionSpec = {
      kind: action.kind,
      operation: action.operation,
      with: resolveParameters(action.with ?? {}, planning.parameters, checks) as ActionSpec["with"],
    };
    const traits = handlerOf(action.kind).describe(spec);
    if (traits.cloud !== null && traits.cloud !== bare.cloud) continue;
    if (traits.kinds !== null && !traits.kinds.includes(bare.kind)) continue;
    const plan = await planAction(planning, bare, action, spec, access);
    if (plan.outcome === "change" && (traits.irreversible !== null || "irreversible" in plan.wayBack)) {
      irreversible = true;
    }
    const { id, title, timeoutSeconds } = action;
    actions.push({ ...spec, action: id, title, timeoutSeconds, plan });
  }
  if (actions.length === 0) throw new NothingApplies(`No action of the playbook is for ${bare.name}.`);
  return { target: { ...bare, actions }, irreversible };
}

/** The playbook has nothing for such a resource. */
export class NothingApplies extends Error {
  override readonly name = "NothingApplies";
}

async function planAction(
  planning: Planning,
  { cloud, account, uid, kind, region, name }: BareTarget,
  { kind: actionKind, timeoutSeconds }: PlaybookAction,
  spec: ActionSpec,
  access: (signal: AbortSignal) => Promise<CloudAccess>,
): Promise<ActionPlan> {
  const timeout = AbortSignal.timeout(timeoutSeconds * 1_000);
  const signal = AbortSignal.any([planning.signal, timeout]);
  const context: ActionContext = {
    organisationId: planning.organisationId,
    planId: planning.planId,
    target: { cloud, account, uid, kind, region, name },
    access: () => access(signal),
    signal,
  };
  try {
    return storable(await handlerOf(actionKind).plan(spec, context));
  } catch (error) {
    planning.signal.throwIfAborted();
    if (timeout.aborted) {
      return { outcome: "refused", reason: `It could not be read within ${timeoutSeconds} seconds.` };
    }
    if (error instanceof ActionRefused) return { outcome: "refused", reason: error.message };
    // Wrong values of a parameter are no resource's fault: they are for who asked.
    if (error instanceof DomainError && error.code !== "invalid_input") {
      return { outcome: "refused", reason: error.message };
    }
    throw error;
  }
}

/** What the database can't hold as it is could not be compared with what is read later. */
function storable(plan: ActionPlan): ActionPlan {
  const text = JSON.stringify(plan);
  if (text === toJson(plan)) {
    canonicalJson(plan);
    return plan;
  }
  return {
    outcome: "refused",
    reason: "Its configuration holds characters that can't be stored, so it could not be restored.",
  };
}
