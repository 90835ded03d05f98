import type { StoredSnapshot } from "#db/resources/detail.ts";
import {
  type ConfigChange,
  diffContents,
  flattenValue,
  type PathStep,
  plainText,
} from "#lib/inventory/diff-config.ts";

/** A line of a difference, ready to render. */
export type DriftLine = {
  /** Tells the lines of one difference apart. */
  id: string;
  /** Such as `ingress › sg-1 › port`. */
  path: string;
  kind: ConfigChange["kind"];
  /** What it was and is, as lines; null for what was not there, or is not known. */
  before: Side | null;
  after: Side | null;
};
type Side = { lines: { path: string; text: string }[]; more: number };

export type Drift = { lines: DriftLine[]; more: boolean };

/** What happened between two states of a resource, by a scan. States are versions' ids; 0 is the present one. */
export type DriftStep = {
  from: number;
  to: number;
  at: string;
  scanId: string;
  what: "changed" | "gone" | "back";
  /** Of the first few differences, what they are about. */
  about: string[];
  count: number;
  more: boolean;
};

const shownOfText = 2_000;

const words = (path: readonly PathStep[]): string =>
  path.map((step) => ("field" in step ? step.field : step.element).slice(0, 200)).join(" › ");

const side = (value: unknown): Side => {
  const { lines, more } = flattenValue(value);
  return {
    lines: lines.map(({ path, text }) => ({ path: path.slice(0, 300), text: text.slice(0, shownOfText) })),
    more,
  };
};

export function viewDrift(before: StoredSnapshot, after: StoredSnapshot): Drift {
  const { changes, more } = diffContents(before, after);
  return {
    lines: changes.map(({ path, kind, before: was, after: is }, at) => ({
      id: String(at),
      path: words(path),
      kind,
      before: kind === "added" || kind === "read" ? null : kind === "reordered" ? plain(was) : side(was),
      after: kind === "removed" || kind === "unread" ? null : kind === "reordered" ? plain(is) : side(is),
    })),
    more,
  };
}

const plain = (value: unknown): Side => ({
  lines: [{ path: "", text: plainText(value).slice(0, shownOfText) }],
  more: 0,
});

/** The steps from one state to the next, newest first. `goneNow`: the present state is that it is gone. */
export function driftSteps(snapshots: readonly StoredSnapshot[], goneNow: boolean): DriftStep[] {
  return snapshots.slice(1).flatMap((before, at) => {
    const after = snapshots[at];
    if (!before.version || !after) return [];
    const wasGone = before.version.deletedAt !== null;
    const isGone = after.version ? after.version.deletedAt !== null : goneNow;
    const { changes, more } = diffContents(before, after);
    return [
      {
        from: before.version.id,
        to: after.version?.id ?? 0,
        at: before.version.replacedAt,
        scanId: before.version.scanId,
        what: wasGone && !isGone ? "back" : !wasGone && isGone ? "gone" : "changed",
        about: [...new Set(changes.map(({ path }) => words(path.slice(0, 2))))].slice(0, 3),
        count: changes.length,
        more,
      } satisfies DriftStep,
    ];
  });
}
