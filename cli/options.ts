import { InvalidArgumentError } from "commander";

/** Collects a repeatable option; `a,b` counts as two. */
export const repeatable = (value: string, previous: string[]): string[] => [
  ...previous,
  ...value
    .split(",")
    .map((part) => part.trim())
    .filter(Boolean),
];

/** Accepts a whole number from 1. */
export function positive(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 1)
    throw new InvalidArgumentError("It is a whole number from 1.");
  return number;
}

/** Accepts one of the given words. */
export const oneOf =
  <const T extends string>(words: readonly T[]) =>
  (value: string): T => {
    const found = words.find((word) => word === value);
    if (!found) throw new InvalidArgumentError(`It is one of: ${words.join(", ")}.`);
    return found;
  };

/** Refuses values that don't exist, naming those that do. */
export function refuseUnknown(what: string, values: readonly string[], known: readonly string[]): void {
  const strange = values.filter((value) => !known.includes(value));
  if (strange.length === 0) return;
  const choice = known.length <= 40 ? ` There are: ${known.join(", ")}.` : "";
  throw new InvalidArgumentError(`There is no ${what} ${strange.join(", ")}.${choice}`);
}
