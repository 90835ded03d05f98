import type { Json } from "./model.ts";

const isReference = (value: Json): value is { $output: string } =>
  typeof value === "object" && value !== null && !Array.isArray(value) && typeof value.$output === "string";

/** A reference to what an earlier call of the same action answers, such as `output("snapshot", "SnapshotId")`. */
export const output = (callId: string, ...path: string[]): { $output: string } => ({
  $output: [callId, ...path].join("."),
});

/**
 * `value` with every `{ "$output": "call.path" }` in it replaced by what that call answered; those of calls that have not
 * been made stay, unless `strict`, when they throw.
 */
export function resolveOutputs(
  value: Json,
  outputs: ReadonlyMap<string, Json>,
  { strict = false }: { strict?: boolean } = {},
): Json {
  if (isReference(value)) {
    const found = lookUp(value.$output, outputs);
    if (found === undefined && strict) throw new Error(`Nothing answered ${value.$output}.`);
    return found ?? value;
  }
  if (Array.isArray(value)) return value.map((each) => resolveOutputs(each, outputs, { strict }));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, resolveOutputs(each, outputs, { strict })]),
  );
}

function lookUp(path: string, outputs: ReadonlyMap<string, Json>): Json | undefined {
  const [callId = "", ...steps] = path.split(".");
  let found: Json | undefined = outputs.get(callId);
  for (const step of steps) {
    if (typeof found !== "object" || found === null || Array.isArray(found) || !Object.hasOwn(found, step))
      return undefined;
    found = found[step];
  }
  return found;
}

/**
 * A call's input as its schema wants it: `parameters` of an action with `{ "$parameter": "name" }` filled in, and
 * `{ "$checks": true }` by the ids of the checks that the resource is to be fixed for.
 */
export function resolveParameters(
  value: Json,
  parameters: Readonly<Record<string, Json>>,
  checks: readonly string[] = [],
): Json {
  if (Array.isArray(value)) return value.map((each) => resolveParameters(each, parameters, checks));
  if (typeof value !== "object" || value === null) return value;
  if (typeof value.$parameter === "string") {
    return Object.hasOwn(parameters, value.$parameter) ? (parameters[value.$parameter] ?? null) : null;
  }
  if (value.$checks === true) return [...checks];
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, resolveParameters(each, parameters, checks)]),
  );
}
