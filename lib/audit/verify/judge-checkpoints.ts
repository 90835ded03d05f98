import type { KeyObject } from "node:crypto";
import { type Anchor, AnchorError } from "../anchors/anchor.ts";
import { type Checkpoint, NoteError, verifyCheckpoint } from "../note.ts";
import type { Problem } from "./problem.ts";
import type { AnchorRow, CheckpointRow } from "./survey.ts";

/** A checkpoint whose signature holds. */
export type Believed = { checkpoint: Checkpoint; note: string };

/** What an anchor holds, in the order of its writing. */
export type AnchorReading = {
  name: string;
  /** Null where it couldn't be read. */
  notes: Believed[] | null;
  problems: Problem[];
};

/** Reads what the anchors hold: all of it, or the newest alone. */
export async function readAnchors(
  anchors: readonly Anchor[],
  publicKeys: readonly KeyObject[],
  extent: "all" | "newest",
): Promise<AnchorReading[]> {
  return Promise.all(
    anchors.map(async (anchor): Promise<AnchorReading> => {
      const { name } = anchor;
      const [notes, problems]: [Believed[], Problem[]] = [[], []];
      const take = (note: string) => {
        try {
          notes.push({ note, checkpoint: verifyCheckpoint(note, publicKeys) });
        } catch (error) {
          if (!(error instanceof NoteError)) throw error;
          const detail = `The anchor ${name} holds a checkpoint that no key of the trail signed: ${error.message}`;
          problems.push({ kind: "checkpoint_forged", of: name, detail });
        }
      };
      try {
        if (extent === "all") for await (const note of anchor.list()) take(note);
        else {
          const note = await anchor.latest();
          if (note !== null) take(note);
        }
        return { name, notes, problems };
      } catch (error) {
        if (!(error instanceof AnchorError)) throw error;
        const detail = `The anchor ${name} can't be read, so nothing there vouches for the end of the trail. ${error.message}`;
        return { name, notes: null, problems: [{ kind: "anchor_unreachable", of: name, detail }] };
      }
    }),
  );
}

/** The checkpoints that the database has, as far as they can be believed. */
export function readCheckpoints(
  rows: readonly CheckpointRow[],
  publicKeys: readonly KeyObject[],
): { believed: Believed[]; problems: Problem[] } {
  const [believed, problems]: [Believed[], Problem[]] = [[], []];
  const forged = (row: CheckpointRow, why: string) =>
    problems.push({
      kind: "checkpoint_forged",
      of: `checkpoint ${row.id}`,
      detail: `The checkpoint ${row.id} of ${row.size} entries isn't what was signed: ${why}`,
    });
  for (const row of rows) {
    try {
      const checkpoint = verifyCheckpoint(row.note, publicKeys);
      believed.push({ checkpoint, note: row.note });
      if (checkpoint.size !== row.size) forged(row, `its note speaks of ${checkpoint.size}.`);
      else if (!checkpoint.root.equals(row.root)) forged(row, "its note names another root.");
    } catch (error) {
      if (!(error instanceof NoteError)) throw error;
      forged(row, error.message);
    }
  }
  return { believed, problems };
}

/** The tree as it was computed anew. */
export type ComputedTree = {
  /** Entries that the batches hold. */
  size: number;
  /** Origin line of the trail; null while nothing is sealed. */
  origin: string | null;
  /** Roots by size; a size is missing where the batches don't lead so far. */
  roots: ReadonlyMap<number, Buffer>;
  /** The first position that something else is known to be wrong with. */
  firstFault: number;
};

type Verdict = "matches" | "ahead" | "forked" | "other_trail" | "unknown";

function compare({ origin, size, root }: Checkpoint, tree: ComputedTree): Verdict {
  if (tree.origin !== null && origin !== tree.origin) return "other_trail";
  if (size > tree.size || tree.origin === null) return "ahead";
  const computed = tree.roots.get(size);
  if (!computed) return "unknown";
  if (computed.equals(root)) return "matches";
  // What is wrong with the batches below was named already; that the root is another follows from it.
  return tree.firstFault < size ? "unknown" : "forked";
}

/** What the database's own checkpoints say against its batches. */
export function judgeCheckpoints(believed: readonly Believed[], tree: ComputedTree): Problem[] {
  const problems: Problem[] = [];
  let common = 0;
  for (const { checkpoint } of believed) {
    const verdict = compare(checkpoint, tree);
    if (verdict === "matches") common = Math.max(common, checkpoint.size);
    if (verdict === "other_trail") {
      problems.push({
        kind: "checkpoint_forged",
        of: `checkpoint of ${checkpoint.size}`,
        detail: `A checkpoint in the database is of another trail (${checkpoint.origin}).`,
      });
    }
    if (verdict === "forked") {
      problems.push({
        ...{ kind: "chain_broken", position: common, of: `checkpoint of ${checkpoint.size}` },
        detail: `A signed checkpoint of ${checkpoint.size} entries names another root than the batches have: what is sealed from position ${common} on isn't what was signed.`,
      });
      break;
    }
  }
  const ahead = believed.filter(({ checkpoint }) => compare(checkpoint, tree) === "ahead");
  const highest = Math.max(...ahead.map(({ checkpoint }) => checkpoint.size));
  if (ahead.length > 0) problems.push(tailCut(tree, highest, "a checkpoint in the database"));
  return problems;
}

/** What anchors say against the database. `isWhole` when all that they hold was read. */
export function judgeAnchors(
  readings: readonly AnchorReading[],
  rows: readonly AnchorRow[],
  believed: readonly Believed[],
  tree: ComputedTree,
  isWhole: boolean,
): Problem[] {
  const known = new Set(believed.map(({ note }) => note));
  const sizes = new Map(rows.map(({ name, size }) => [name, size]));
  return readings.flatMap(({ name, notes, problems }) => {
    if (!notes) return problems;
    const recorded = sizes.get(name) ?? null;
    return [
      ...problems,
      // Where all that stands there is forged, that was said.
      ...(notes.length === 0 && problems.length > 0
        ? []
        : findLost(name, notes, recorded, believed.length > 0)),
      ...findContradictions(name, notes, known, tree, isWhole),
    ];
  });
}

function findLost(
  name: string,
  notes: readonly Believed[],
  recorded: number | null,
  isSigned: boolean,
): Problem[] {
  const held = Math.max(-1, ...notes.map(({ checkpoint }) => checkpoint.size));
  if (held >= (recorded ?? (isSigned ? 0 : -1))) return [];
  const detail =
    held < 0
      ? `The anchor ${name} holds no checkpoint${recorded === null ? "" : `, where one of ${recorded} entries was written to it`}.`
      : `The anchor ${name} lost what was written to it: it holds ${held} entries, where ${recorded} were.`;
  return [{ kind: "anchor_missing", of: name, detail }];
}

function findContradictions(
  name: string,
  notes: readonly Believed[],
  known: ReadonlySet<string>,
  tree: ComputedTree,
  isWhole: boolean,
): Problem[] {
  const problems: Problem[] = [];
  const verdicts = notes.map(({ checkpoint }) => compare(checkpoint, tree));
  const isOff = (verdict: Verdict | undefined) => verdict === "ahead" || verdict === "forked";
  const first = verdicts.findIndex(isOff);
  if (first >= 0) {
    const before = notes.slice(0, first).filter((_, index) => verdicts[index] === "matches");
    const common = Math.max(0, ...before.map(({ checkpoint }) => checkpoint.size));
    const highest = Math.max(
      ...notes.filter((_, index) => isOff(verdicts[index])).map(({ checkpoint }) => checkpoint.size),
    );
    // What goes on behind it is of the database as it is now: Parapet itself went on from an older state.
    const wentOn = verdicts.lastIndexOf("matches") > first || verdicts.includes("forked");
    problems.push(
      wentOn
        ? {
            ...{ kind: "set_back", position: common, of: name },
            detail: `The anchor ${name} saw ${highest} entries, of which the database holds others or none from position ${common} on: an old state of the database was restored, and the trail went on from there.`,
          }
        : { ...tailCut(tree, highest, `the anchor ${name}`), of: name },
    );
  }
  const other = notes[verdicts.lastIndexOf("other_trail")];
  if (other) {
    problems.push({
      ...{ kind: "set_back", position: 0, of: name },
      detail: `The anchor ${name} holds checkpoints of another trail (${other.checkpoint.origin}) that this one's key signed: the whole trail was replaced, or another installation writes to the same anchor.`,
    });
  }
  const removed = notes.filter(({ note }, index) => verdicts[index] === "matches" && !known.has(note));
  if (isWhole && removed.length > 0) {
    problems.push({
      ...{ kind: "checkpoint_removed", of: name, count: removed.length },
      detail: `The anchor ${name} holds ${removed.length} signed checkpoint(s), the first of ${removed[0]?.checkpoint.size} entries, that the database no longer has.`,
    });
  }
  return problems;
}

const tailCut = (tree: ComputedTree, signed: number, by: string): Problem => ({
  ...{ kind: "tail_cut", position: tree.size, count: signed - tree.size },
  detail: `The database holds ${tree.size} entries, where ${by} counts ${signed}: the newest ${signed - tree.size} were cut off, or an old state of the database was restored.`,
});
