import { cloudName } from "#components/findings/service-names.ts";
import type { Condition, ParameterSpec } from "#lib/remediation/playbook.ts";

type Specs = Readonly<Record<string, ParameterSpec>>;

const list = (names: readonly string[]): string =>
  names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} or ${names.at(-1)}`;

/** When an action is done, to go after "only": `on AWS, and if "Delete the old key" is yes`. */
export function sayCondition(condition: Condition, specs: Specs): string {
  const { clouds, kinds, checks, parameter, all, any, not } = condition;
  const parts = [
    ...(clouds ? [`on ${list(clouds.map(cloudName))}`] : []),
    ...(kinds ? [`to ${list(kinds)}`] : []),
    ...(checks ? [`for ${list(checks)}`] : []),
    ...(parameter
      ? [`if "${specs[parameter.name]?.title ?? parameter.name}" is ${sayValue(parameter.equals)}`]
      : []),
    ...(all ?? []).map((each) => sayCondition(each, specs)),
    ...(any ? [`(${eitherOf(any, specs)})`] : []),
    ...(not ? [`unless it is ${sayCondition(not, specs)}`] : []),
  ];
  if (parts.length === 0) return "always";
  return parts.length === 1 && any ? eitherOf(any, specs) : parts.join(", and ");
}

const eitherOf = (any: readonly Condition[], specs: Specs): string =>
  any.map((each) => sayCondition(each, specs)).join(", or ");

function sayValue(value: unknown): string {
  if (value === true) return "yes";
  if (value === false) return "no";
  return value === null ? "left out" : JSON.stringify(value);
}
