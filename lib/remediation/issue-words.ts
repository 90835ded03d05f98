import type { z } from "zod";

/** What is wrong with a value, in the words of whoever wrote it rather than of the parser. */
export function sayIssue(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return issue.message.endsWith("received undefined")
        ? "It is missing."
        : `It must be ${typeWords[issue.expected] ?? `a ${issue.expected}`}.`;
    case "too_small":
      return issue.origin === "string"
        ? Number(issue.minimum) === 1
          ? "It is empty."
          : `At least ${issue.minimum} characters.`
        : issue.origin === "array"
          ? `At least ${issue.minimum === 1 ? "one" : issue.minimum}.`
          : `At least ${issue.minimum}.`;
    case "too_big":
      return issue.origin === "string"
        ? `At most ${issue.maximum} characters.`
        : `At most ${issue.maximum}${issue.origin === "array" ? " of them" : ""}.`;
    case "invalid_value":
      return issue.message.startsWith("Invalid")
        ? `One of ${issue.values.map(String).join(", ")}.`
        : issue.message;
    case "unrecognized_keys":
      return `There is no ${issue.keys.map((key) => `"${key}"`).join(", ")} here.`;
    default:
      return issue.message;
  }
}

const typeWords: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "a set of named values",
  record: "a set of named values",
};
