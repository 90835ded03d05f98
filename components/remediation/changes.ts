import { type DiffLine, diffLines } from "#components/diff/diff-lines.ts";
import { diffContents } from "#lib/inventory/diff-config.ts";
import type { Json } from "#lib/remediation/model.ts";

/** What differs between two states of a resource, in the order in which they are read. */
export function listChanges(before: Json, after: Json): { lines: DiffLine[]; more: boolean } {
  const { changes, more } = diffContents(contentsOf(before), contentsOf(after));
  return { lines: diffLines(changes), more };
}

/** `value` with what only the provider will say in words, as it would be in the place of what isn't known yet. */
export function nameOutputs(value: Json): Json {
  if (Array.isArray(value)) return value.map(nameOutputs);
  if (typeof value !== "object" || value === null) return value;
  const { $output: output } = value;
  if (typeof output === "string" && Object.keys(value).length === 1) {
    const [call = "", ...rest] = output.split(".");
    return `‹${rest.join(".") || "what is"} answered by ${call}›`;
  }
  return Object.fromEntries(Object.entries(value).map(([field, each]) => [field, nameOutputs(each)]));
}

/** A state as text, its fields in the order in which it names them. */
export const stateText = (value: Json): string => JSON.stringify(nameOutputs(value), null, 2);

function contentsOf(state: Json) {
  const named = nameOutputs(state);
  const config =
    named === null ? {} : typeof named === "object" && !Array.isArray(named) ? named : { state: named };
  return { region: "", name: "", tags: {}, unread: [], config };
}
