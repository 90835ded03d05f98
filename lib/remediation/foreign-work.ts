import { parseInput } from "#lib/mutation.ts";
import { ActionRefused } from "./action-handler.ts";
import type { CallRecord, Json, PlannedAction, PlannedCall, Target } from "./model.ts";
import type { Operation } from "./operation.ts";
import { type Change, changeOf, planFrom, same } from "./plan-from.ts";
import { resolveOutputs } from "./references.ts";

/** Whether every call of a change was made. */
export const isWholly = ({ calls }: Change, records: readonly CallRecord[]): boolean =>
  calls.every(({ id }) =>
    records.some((record) => record.id === id && record.endedAt !== undefined && record.error === undefined),
  );

type Torn = { before: Json; present: Json; way: { calls: PlannedCall[] }; outputs: Record<string, Json> };

/**
 * Of a change that was cut off nobody has seen how it left the resource, so what is there now may be somebody else's
 * work, too. It is the change's own when what is left to do, or to undo, is part of the whole of it. Throws
 * `ActionRefused` (`drift`) when it isn't.
 */
export function refuseForeignWork(
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

/** Whether a value is the wanted one, of which what only the provider could have said may be anything. */
export function isAlike(value: Json, wanted: Json): boolean {
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

/** What calls answered, by call id. */
export const outputsOf = (calls: readonly CallRecord[]): Record<string, Json> =>
  Object.fromEntries(calls.flatMap(({ id, output }) => (output === undefined ? [] : [[id, output]])));
