import { fail, pass, unknown, type Verdict } from "#lib/checks/model.ts";

type Parameters = { parameters?: Record<string, string> };

/** The verdict on a server parameter that should be on. */
export function judgeOn({ parameters }: Parameters, name: string): Verdict {
  const value = parameterOf({ parameters }, name);
  if (value === undefined) return unknown(`parameter ${name}`);
  return ["on", "true", "1"].includes(value.toLowerCase())
    ? pass()
    : fail(`Parameter ${name} is ${value}.`, pathOf(name));
}

/** Own properties alone: a parameter is not to be found in what every object has. */
export const parameterOf = ({ parameters }: Parameters, name: string): string | undefined =>
  parameters && Object.hasOwn(parameters, name) ? parameters[name] : undefined;

export const pathOf = (name: string): string => `/parameters/${name}`;
