import { type ConfigChange, flattenValue, type PathStep, plainText } from "#lib/inventory/diff-config.ts";

/** One difference, ready to render. */
export type DiffLine = {
  /** Tells the lines of one difference apart. */
  id: string;
  /** Such as `ingress › sg-1 › port`. */
  path: string;
  kind: ConfigChange["kind"];
  /** What it was and is, as lines; null for what was not there, or is not known. */
  before: DiffSide | null;
  after: DiffSide | null;
};
export type DiffSide = { lines: { path: string; text: string }[]; more: number };

/** Characters of a value that are shown. */
const longest = 2_000;

export const sayPath = (path: readonly PathStep[]): string =>
  path.map((step) => ("field" in step ? step.field : step.element).slice(0, 200)).join(" › ");

/** Differences as lines, in the order in which they are read. */
export const diffLines = (changes: readonly ConfigChange[]): DiffLine[] =>
  changes.map(({ path, kind, before, after }, at) => ({
    id: String(at),
    path: sayPath(path),
    kind,
    before: kind === "added" || kind === "read" ? null : sideOf(before, kind),
    after: kind === "removed" || kind === "unread" ? null : sideOf(after, kind),
  }));

function sideOf(value: unknown, kind: ConfigChange["kind"]): DiffSide {
  if (kind === "reordered")
    return { lines: [{ path: "", text: plainText(value).slice(0, longest) }], more: 0 };
  const { lines, more } = flattenValue(value);
  return {
    lines: lines.map(({ path, text }) => ({ path: path.slice(0, 300), text: text.slice(0, longest) })),
    more,
  };
}
