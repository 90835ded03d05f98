import { DomainError } from "#lib/errors.ts";
import type { PlaybookAnswer } from "./answers.ts";

/** `name=value` words as a playbook's parameters take them: numbers, booleans, lists by commas or by naming one again. */
export function readParameters(
  words: readonly string[],
  { id, parameters }: Pick<PlaybookAnswer, "id" | "parameters">,
): Record<string, unknown> {
  const read: Record<string, unknown> = {};
  for (const word of words) {
    const at = word.indexOf("=");
    const [name, value] = at < 0 ? [word, null] : [word.slice(0, at), word.slice(at + 1)];
    if (value === null) throw refusal(`${word} has no value: write --parameter ${word}=…`);
    const known = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
    if (!known) {
      const names = Object.keys(parameters);
      throw refusal(
        names.length > 0
          ? `${id} has no parameter ${name}. It has: ${names.join(", ")}.`
          : `${id} has no parameters.`,
      );
    }
    read[name] =
      known.type === "list" ? [...listOf(read[name]), ...parts(value)] : parse(name, value, known.type);
  }
  return read;
}

function parse(name: string, value: string, type: string): unknown {
  if (type === "boolean") {
    if (value !== "true" && value !== "false") throw refusal(`${name} is true or false.`);
    return value === "true";
  }
  if (type === "number") {
    const number = Number(value);
    if (value.trim() === "" || !Number.isFinite(number)) throw refusal(`${name} is a number.`);
    return number;
  }
  return value;
}

const parts = (value: string): string[] =>
  value
    .split(",")
    .map((part) => part.trim())
    .filter(Boolean);

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

const refusal = (message: string) => new DomainError("invalid_input", message);
