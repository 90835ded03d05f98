import { type DiffLine, diffLines, sayPath } from "#components/diff/diff-lines.ts";
import type { StoredSnapshot } from "#db/resources/detail.ts";
import { diffContents } from "#lib/inventory/diff-config.ts";

export type Drift = { lines: DiffLine[]; more: boolean };

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

export function viewDrift(before: StoredSnapshot, after: StoredSnapshot): Drift {
  const { changes, more } = diffContents(before, after);
  return { lines: diffLines(changes), more };
}

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
        about: [...new Set(changes.map(({ path }) => sayPath(path.slice(0, 2))))].slice(0, 3),
        count: changes.length,
        more,
      } satisfies DriftStep,
    ];
  });
}
