import {
  type ConfigChange,
  diffContents,
  flattenValue,
  type PathStep,
  plainText,
} from "#lib/inventory/diff-config.ts";
import type { Json } from "#lib/remediation/model.ts";

/** One thing that a plan changes, ready to render. */
export type ChangeLine = {
  /** Tells the lines of one resource apart. */
  id: string;
  /** Such as `ingress › tcp 22`. */
  path: string;
  kind: ConfigChange["kind"];
  before: Side | null;
  after: Side | null;
};
export type Side = { lines: { path: string; text: string }[]; more: number };

const longest = 2_000;

/** What differs between two states of a resource, in the order in which they are read. */
export function listChanges(before: Json, after: Json): { lines: ChangeLine[]; more: boolean } {
  const { changes, more } = diffContents(contentsOf(before), contentsOf(after));
  return {
    lines: changes.map(({ path, kind, before: was, after: is }, at) => ({
      id: String(at),
      path: sayPath(path),
      kind,
      before: kind === "added" ? null : sideOf(was, kind),
      after: kind === "removed" ? null : sideOf(is, kind),
    })),
    more,
  };
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

const sayPath = (path: readonly PathStep[]): string =>
  path.map((step) => ("field" in step ? step.field : step.element).slice(0, 200)).join(" › ");

function sideOf(value: unknown, kind: ConfigChange["kind"]): Side {
  if (kind === "reordered")
    return { lines: [{ path: "", text: plainText(value).slice(0, longest) }], more: 0 };
  const { lines, more } = flattenValue(value);
  return {
    lines: lines.map(({ path, text }) => ({ path: path.slice(0, 300), text: text.slice(0, longest) })),
    more,
  };
}
