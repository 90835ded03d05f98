import { z } from "zod";
import type { Json } from "./model.ts";
import type { ParameterSpec } from "./playbook.ts";

const longestText = 1_000;
const mostLines = 100;

/**
 * What a playbook's parameters may be. Parsing fills in defaults, leaves optional ones out that are absent or empty, and
 * refuses what the playbook doesn't know.
 */
export function parametersSchema(
  specs: Readonly<Record<string, ParameterSpec>>,
): z.ZodType<Record<string, Json>> {
  const shape = Object.fromEntries(Object.entries(specs).map(([name, spec]) => [name, schemaOf(spec)]));
  return z.strictObject(shape).transform(withoutAbsent);
}

const withoutAbsent = (values: Record<string, unknown>): Record<string, Json> =>
  Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, Json] => entry[1] !== undefined),
  );

/** The value alone, as a default must be, too. */
export function valueSchema(spec: ParameterSpec): z.ZodType<Json> {
  switch (spec.type) {
    case "text": {
      const most = spec.maxLength ?? longestText;
      const text = z
        .string("Give a value.")
        .trim()
        .min(1, "Give a value.")
        .max(most, `At most ${most} characters.`);
      return matching(text, spec.pattern);
    }
    case "number": {
      const { min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER } = spec;
      return z.number("Give a number.").min(min, `At least ${min}.`).max(max, `At most ${max}.`);
    }
    case "boolean":
      return z.boolean("true or false.");
    case "choice": {
      const values = spec.choices.map(({ value }) => value);
      return z.string().refine((value) => values.includes(value), `One of ${values.join(", ")}.`);
    }
    case "list": {
      const most = spec.maxItems ?? mostLines;
      const line = matching(
        z.string("Give texts.").trim().min(1, "An entry is empty.").max(longestText),
        spec.pattern,
      );
      return z.array(line).max(most, `At most ${most} entries.`);
    }
    default:
      return spec satisfies never;
  }
}

function schemaOf(spec: ParameterSpec): z.ZodType {
  const value = valueSchema(spec);
  if (spec.type === "list") return value.default([...(spec.default ?? [])]);
  if (spec.default !== undefined)
    return z
      .preprocess(emptyAsAbsent, value.optional())
      .default(spec.default)
      .transform((given) => given ?? spec.default);
  if ((spec.type === "text" || spec.type === "number") && spec.optional) {
    return z.preprocess(emptyAsAbsent, value.optional());
  }
  return value;
}

/** A form sends an empty field for one that nobody filled in. */
const emptyAsAbsent = (value: unknown): unknown =>
  value === null || (typeof value === "string" && value.trim() === "") ? undefined : value;

function matching(text: z.ZodString, pattern: string | undefined): z.ZodType<string> {
  if (pattern === undefined) return text;
  return text.regex(wholly(pattern), `Must match ${pattern}.`);
}

/** A pattern is for the whole text. Throws a SyntaxError for what is no regular expression. */
export const wholly = (pattern: string): RegExp => new RegExp(`^(?:${pattern})$`, "u");
