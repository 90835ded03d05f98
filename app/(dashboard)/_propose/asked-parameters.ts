import type { Facts } from "#lib/remediation/conditions.ts";
import { mightMeet } from "#lib/remediation/conditions.ts";
import type { ParameterSpec, Playbook } from "#lib/remediation/playbook.ts";

/**
 * Of a playbook's parameters, those that matter for these resources: what only other clouds' actions take is left out,
 * and has its default then.
 */
export function askedParameters(
  { parameters, actions }: Pick<Playbook, "parameters" | "actions">,
  resources: readonly Omit<Facts, "parameters">[],
): Record<string, ParameterSpec> {
  const named = actions.map((action) => ({
    names: new Set([...namesIn(action.with), ...namesIn(action.when)]),
    done: resources.some((facts) => mightMeet(action.when, facts)),
  }));
  return Object.fromEntries(
    Object.entries(parameters).filter(([name, spec]) => {
      const takers = named.filter(({ names }) => names.has(name));
      return takers.length === 0 || takers.some(({ done }) => done) || isRequired(spec);
    }),
  );
}

const isRequired = (spec: ParameterSpec): boolean =>
  spec.type !== "list" && spec.default === undefined && !("optional" in spec && spec.optional);

/** Every parameter that a value or a condition names. */
function namesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(namesIn);
  if (typeof value !== "object" || value === null) return [];
  const { $parameter: reference, parameter } = value as {
    $parameter?: unknown;
    parameter?: { name?: unknown };
  };
  return [
    ...(typeof reference === "string" ? [reference] : []),
    ...(typeof parameter?.name === "string" ? [parameter.name] : []),
    ...Object.values(value).flatMap(namesIn),
  ];
}
