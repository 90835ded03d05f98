import { setTimeout as sleep } from "node:timers/promises";
import { canonicalJson } from "#lib/canonical-json.ts";
import type { CloudAccess } from "#lib/clouds/access.ts";
import { DomainError } from "#lib/errors.ts";
import type { Cloud } from "#lib/inventory/model.ts";
import { parseInput } from "#lib/mutation.ts";
import {
  type ActionContext,
  type ActionHandler,
  ActionRefused,
  type ActionSpec,
  type Applied,
  type StepContext,
  TryLater,
} from "./action-handler.ts";
import { callOf, operationOf } from "./catalogue.ts";
import { isAlike, isWholly, outputsOf, refuseForeignWork } from "./foreign-work.ts";
import type { Json, PlannedAction, PlannedCall } from "./model.ts";
import { type AccessOf, accessOf, type CloudCall, type Operation } from "./operation.ts";
import { type Change, changeOf, planFrom, same, sealable } from "./plan-from.ts";
import { resolveOutputs } from "./references.ts";
import { isRefusedForGood } from "./refused-for-good.ts";

const settlingPausesMs = [200, 400, 800, 1_600];

/** Actions that change a resource through a provider's SDK, by an operation of the catalogue. */
export function cloudActions(cloud: Cloud): Omit<ActionHandler, "kind"> {
  const operationFor = (spec: Pick<ActionSpec, "operation">): Operation => {
    const operation = operationOf(spec.operation);
    if (operation?.cloud !== cloud) {
      throw new DomainError("invalid_input", `There is no ${cloud} operation ${spec.operation}.`);
    }
    return operation;
  };

  return {
    describe(spec) {
      const operation = operationFor(spec);
      return {
        cloud,
        kinds: operation.kinds,
        irreversible: operation.irreversible ?? null,
        permissions: {
          read: operation.reads,
          write: [...new Set(operation.calls.flatMap((api) => callOf(api).permissions))].sort(),
        },
      };
    },

    async plan(spec, context) {
      const operation = operationFor(spec);
      const parameters = parseInput(operation.parameters, spec.with);
      const before = await readState(operation, context);
      if (before === null) return { outcome: "refused", reason: "The resource is gone." };
      const plan = planFrom(operation, before, parameters, context.target);
      return sealable(plan);
    },

    async read(action, context) {
      return readState(operationFor(action), context);
    },

    async apply(action, context, before) {
      const operation = operationFor(action);
      const planned = changeOf(action);
      if (context.journal.begun.size > 0 || context.journal.made.size > 0) {
        await resume(operation, action, planned, context, before);
      } else {
        await makeCalls(planned.calls, context);
      }
      const wanted = resolveOutputs(planned.after, context.journal.made);
      return compare(await readSettled(operation, context, wanted), wanted, "planned");
    },

    async rollback(action, context, { before, after, calls }) {
      const operation = operationFor(action);
      const present = await readState(operation, context);
      if (present === null) {
        throw new ActionRefused("gone", "The resource is gone, so there is nothing to restore.");
      }
      if (same(present, before)) return { after: present, differs: null };
      const goesOn = context.journal.begun.size > 0 || context.journal.made.size > 0;
      if (after !== undefined && !goesOn && !same(present, after)) {
        throw new ActionRefused(
          "drift",
          "The resource was changed after the fix, so restoring it would undo somebody else's work. Nothing was changed.",
        );
      }
      const outputs = outputsOf(calls);
      const way = operation.wayBack(before, present, context.target, outputs);
      if ("irreversible" in way) throw new ActionRefused("irreversible", way.irreversible);
      if (!goesOn && (after === undefined || !isWholly(changeOf(action), calls))) {
        refuseForeignWork(operation, action, { before, present, way, outputs }, context.target);
      }
      if (after !== undefined && goesOn && !same(present, after)) {
        // Half-way back; somebody else may have been at it meanwhile, whose work isn't to be undone.
        const whole = operation.wayBack(before, after, context.target, outputsOf(calls));
        const known = new Set(
          "calls" in whole ? whole.calls.map(({ api, input }) => canonicalJson({ api, input })) : [],
        );
        if (way.calls.some(({ api, input }) => !known.has(canonicalJson({ api, input })))) {
          throw new ActionRefused(
            "drift",
            "The resource was changed by somebody else while it was being restored.",
          );
        }
      }
      await makeCalls(way.calls, context);
      return compare(await readSettled(operation, context, before), before, "before");
    },
  };

  async function readState(operation: Operation, context: ActionContext): Promise<Json> {
    const access = accessOf(cloud, await refusing(null, () => context.access()));
    const { target, signal } = context;
    return refusing(access, () => operation.read(access, { target, signal }));
  }

  /** Providers may show for some seconds what was before a call: what isn't as wanted is read again before it is believed. */
  async function readSettled(operation: Operation, context: ActionContext, wanted: Json): Promise<Json> {
    let present = await readState(operation, context);
    for (const pauseMs of settlingPausesMs) {
      if (present === null || same(present, wanted)) break;
      await sleep(pauseMs, undefined, { signal: context.signal });
      present = await readState(operation, context);
    }
    return present;
  }

  /** Goes on where an attempt was cut off: whatever it may have begun is found, or made if nothing shows of it. */
  async function resume(
    operation: Operation,
    action: PlannedAction,
    planned: Change,
    context: StepContext,
    before: Json,
  ): Promise<void> {
    const access = accessOf(cloud, await refusing(null, () => context.access()));
    for (const call of planned.calls) {
      const known = callOf(call.api);
      if (!context.journal.begun.has(call.id) || context.journal.made.has(call.id) || !known.find) continue;
      const input = inputOf(known, call, context);
      const found = await refusing(access, async () =>
        known.find?.(access, input, callContext(call, context)),
      );
      if (found !== null && found !== undefined) await context.journal.end(call.id, found);
    }
    const present = await readState(operation, context);
    if (present === null) throw new ActionRefused("gone", "The resource is gone.");
    const after = resolveOutputs(planned.after, context.journal.made);
    if (same(present, after) && planned.calls.every(({ id }) => context.journal.made.has(id))) return;
    // Somebody else may have been at it meanwhile: what is still to be called must be what was approved, and no more.
    const isOwnWork = operation.isHalfway?.(before, after, present) ?? false;
    if (!same(present, before) && !isAlike(present, after) && !isOwnWork) {
      const parameters = parseInput(operation.parameters, action.with);
      const anew = planFrom(operation, present, parameters, context.target);
      const left = anew.outcome === "change" ? anew.calls : [];
      const approved = new Set(planned.calls.map(({ api, input }) => canonicalJson({ api, input })));
      const leads = anew.outcome !== "change" || same(anew.after, after);
      if (
        anew.outcome === "refused" ||
        !leads ||
        planned.calls.length === 1 ||
        left.some(({ api, input }) => !approved.has(canonicalJson({ api, input })))
      ) {
        throw new ActionRefused(
          "drift",
          "The resource was changed by somebody else while this was under way.",
        );
      }
    }
    await makeCalls(planned.calls, context);
  }

  /** Makes those calls that the journal doesn't know as made, one after the other. */
  async function makeCalls(calls: readonly PlannedCall[], context: StepContext): Promise<void> {
    const access = accessOf(cloud, await refusing(null, () => context.access()));
    for (const call of calls) {
      if (context.journal.made.has(call.id)) continue;
      context.signal.throwIfAborted();
      const known = callOf(call.api);
      const input = inputOf(known, call, context);
      await context.journal.begin(call.id, call.api);
      const answer = await refusing(access, () =>
        known.send(access, input, callContext(call, context)),
      ).catch(async (error: unknown) => {
        if (error instanceof ActionRefused && error.reason === "denied") {
          await context.journal.fail(call.id, error.message);
        }
        throw error;
      });
      await context.journal.end(call.id, answer);
    }
  }

  function inputOf(known: CloudCall, call: PlannedCall, context: StepContext): unknown {
    return parseInput(known.input, resolveOutputs(call.input, context.journal.made, { strict: true }));
  }

  function callContext(call: PlannedCall, context: StepContext) {
    const { target, signal, journal } = context;
    return {
      target,
      signal,
      region: call.region ?? target.region,
      token: `${context.token}-${call.id}`,
      keepSecret: (name: string, value: string) => journal.keepSecret(name, value),
    };
  }

  /** Tells what passes by itself from what a person has to look at. */
  async function refusing<T>(access: AccessOf<Cloud> | null, act: () => Promise<T>): Promise<T> {
    try {
      return await act();
    } catch (error) {
      if (error instanceof ActionRefused || error instanceof TryLater) throw error;
      if (error instanceof DomainError) throw new ActionRefused("failed", error.message, { cause: error });
      const refusal = refusalOf(access, error);
      if (!refusal) throw error;
      const { code, name, message } = refusal;
      if (code === "throttled" || (code === "unavailable" && !isRefusedForGood(error))) {
        throw new TryLater(message, { cause: error });
      }
      throw new ActionRefused(code === "denied" ? "denied" : "failed", `${name}: ${message}`, {
        cause: error,
      });
    }
  }
}

const refusalOf = (access: CloudAccess | null, error: unknown) =>
  access?.refusalOf(error instanceof Error && error.name === "ListFailed" ? error.cause : error) ?? null;

function compare(present: Json, wanted: Json, what: "planned" | "before"): Applied {
  if (present === null) throw new ActionRefused("gone", "The resource is gone.");
  if (same(present, wanted)) return { after: present, differs: null };
  const differs =
    what === "planned"
      ? "Read again, the resource is not as it was planned."
      : "Read again, the resource is not as it was before.";
  return { after: present, differs };
}
