import { setTimeout as sleep } from "node:timers/promises";
import { canonicalJson } from "#lib/canonical-json.ts";
import type { CloudAccess } from "#lib/clouds/access.ts";
import { DomainError } from "#lib/errors.ts";
import type { Cloud } from "#lib/inventory/model.ts";
import { parseInput } from "#lib/mutation.ts";
import { secretKeyring } from "#lib/secrets/keys.ts";
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
import type { ActionPlan, CallRecord, Json, PlannedAction, PlannedCall, Target, WayBack } from "./model.ts";
import { type AccessOf, accessOf, type CloudCall, type Operation } from "./operation.ts";
import { resolveOutputs } from "./references.ts";
import { isRefusedForGood } from "./refused-for-good.ts";

const settlingPausesMs = [200, 400, 800, 1_600];

const noKey =
  "It hands out a new secret, and there is no key to seal that with. Set PARAPET_SECRET_KEYS to 1:$(openssl rand -base64 32) for every process of Parapet, and start them again.";

const lacksKey = (plan: ActionPlan): boolean =>
  plan.outcome === "change" &&
  plan.calls.some(({ api }) => callOf(api).keepsSecret) &&
  secretKeyring() === null;

const same = (a: Json, b: Json): boolean => canonicalJson(a) === canonicalJson(b);

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
      return lacksKey(plan) ? { outcome: "refused", reason: noKey } : plan;
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

type Change = Extract<ActionPlan, { outcome: "change" }>;

function changeOf(action: PlannedAction): Change {
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

function compare(present: Json, wanted: Json, what: "planned" | "before"): Applied {
  if (present === null) throw new ActionRefused("gone", "The resource is gone.");
  if (same(present, wanted)) return { after: present, differs: null };
  const differs =
    what === "planned"
      ? "Read again, the resource is not as it was planned."
      : "Read again, the resource is not as it was before.";
  return { after: present, differs };
}

/** Whether every call of a change was made. */
const isWholly = ({ calls }: Change, records: readonly CallRecord[]): boolean =>
  calls.every(({ id }) =>
    records.some((record) => record.id === id && record.endedAt !== undefined && record.error === undefined),
  );

type Torn = { before: Json; present: Json; way: { calls: PlannedCall[] }; outputs: Record<string, Json> };

/**
 * Of a change that was cut off nobody has seen how it left the resource, so what is there now may be somebody else's
 * work, too. It is the change's own when what is left to do, or to undo, is part of the whole of it. Throws
 * `ActionRefused` (`drift`) when it isn't.
 */
function refuseForeignWork(
  operation: Operation,
  action: PlannedAction,
  { before, present, way, outputs }: Torn,
  target: Target,
): void {
  const { after: planned, calls } = changeOf(action);
  const after = resolveOutputs(planned, new Map(Object.entries(outputs)));
  if (isAlike(present, after) || operation.isHalfway?.(before, after, present)) return;
  // There is no half-way of a single call.
  if (calls.length > 1) {
    const whole = operation.wayBack(before, after, target, outputs);
    if ("calls" in whole && isPartOf(way.calls, whole.calls)) return;
    const anew = planFrom(operation, present, parseInput(operation.parameters, action.with), target);
    if (anew.outcome === "change" && same(anew.after, after) && isPartOf(anew.calls, calls)) return;
  }
  throw new ActionRefused(
    "drift",
    "The resource was changed by somebody else while the fix was under way, so restoring it would undo their work. Nothing further was changed.",
  );
}

/** Whether each of the calls is another one of `all`, of which what only the provider could have said may be anything. */
function isPartOf(some: readonly PlannedCall[], all: readonly PlannedCall[]): boolean {
  const left = [...all];
  return some.every(({ api, input }) => {
    const at = left.findIndex((call) => call.api === api && isAlike(input, call.input));
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
}

function isAlike(value: Json, wanted: Json): boolean {
  if (Array.isArray(wanted)) {
    return (
      Array.isArray(value) &&
      value.length === wanted.length &&
      wanted.every((each, index) => isAlike(value[index] ?? null, each))
    );
  }
  if (typeof wanted !== "object" || wanted === null) return value === wanted;
  if (typeof wanted.$output === "string") return true;
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const keys = Object.keys(wanted);
  return (
    keys.length === Object.keys(value).length &&
    keys.every((key) => Object.hasOwn(value, key) && isAlike(value[key] ?? null, wanted[key] ?? null))
  );
}

const outputsOf = (calls: readonly CallRecord[]): Record<string, Json> =>
  Object.fromEntries(calls.flatMap(({ id, output }) => (output === undefined ? [] : [[id, output]])));
