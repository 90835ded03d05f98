import type { Json, Target } from "./model.ts";
import type { Condition } from "./playbook.ts";

/** What a condition is judged by; without `parameters`, what they say is left open. */
export type Facts = {
  target: Pick<Target, "cloud" | "kind">;
  /** Ids of the checks that the resource is to be fixed for. */
  checks: readonly string[];
  parameters?: Readonly<Record<string, Json>>;
};

/** Whether an action is done to a resource; one without a condition always is. */
export function meets(condition: Condition | undefined, facts: Required<Facts>): boolean {
  return condition === undefined || judge(condition, facts) === true;
}

/** Whether there are values of the parameters by which the action might be done to such a resource. */
export function mightMeet(
  condition: Condition | undefined,
  { target, checks }: Omit<Facts, "parameters">,
): boolean {
  return condition === undefined || judge(condition, { target, checks }) !== false;
}

/** Undefined when it hangs on parameters that aren't known. */
function judge(condition: Condition, facts: Facts): boolean | undefined {
  const { clouds, kinds, checks, parameter, all, any, not } = condition;
  return allOf([
    clouds ? clouds.includes(facts.target.cloud) : true,
    kinds ? kinds.includes(facts.target.kind) : true,
    checks ? facts.checks.some((check) => checks.includes(check)) : true,
    parameter ? holds(parameter, facts.parameters) : true,
    ...(all ?? []).map((each) => judge(each, facts)),
    any ? negate(allOf(any.map((each) => negate(judge(each, facts))))) : true,
    not ? negate(judge(not, facts)) : true,
  ]);
}

const negate = (judged: boolean | undefined): boolean | undefined =>
  judged === undefined ? undefined : !judged;

function allOf(judged: readonly (boolean | undefined)[]): boolean | undefined {
  if (judged.includes(false)) return false;
  return judged.includes(undefined) ? undefined : true;
}

/** A parameter that was left out is `null`. */
function holds(
  { name, equals }: { name: string; equals: Json },
  parameters: Facts["parameters"],
): boolean | undefined {
  if (!parameters) return undefined;
  const value = Object.hasOwn(parameters, name) ? parameters[name] : null;
  return JSON.stringify(value) === JSON.stringify(equals);
}
