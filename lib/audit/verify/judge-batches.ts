import type { BatchFault, Mismatch, Unproven } from "./part.ts";
import type { Problem } from "./problem.ts";
import type { BatchPlace } from "./survey.ts";

/** What all parts found, put together. */
export type Found = {
  faults: BatchFault[];
  mismatches: Mismatch[];
  unproven: Unproven[];
  /** Stored nodes that aren't what the leaves make. */
  badNodes: { level: number; index: number; missing: boolean }[];
  twice: { position: number; id: number; batch: number }[];
  /** How many findings weren't kept. */
  more: number;
};

export type BatchWitness = {
  batches: readonly BatchPlace[];
  /** The most entries that a signed checkpoint counts; 0 when there is none. */
  signedSize: number;
  /** The first place in a batch at which entries don't stand in the order of their transactions; null when they do. */
  findDisorder(n: number): Promise<number | null>;
};

/** Batches that are missing from the row of their numbers. */
export function findGaps(
  batches: readonly BatchPlace[],
  strays: number,
  faulty: ReadonlySet<number> = new Set(),
): Problem[] {
  const problems: Problem[] = [];
  let expected = { n: 0, first: 0 };
  for (const { n, first, size } of batches) {
    // Of a batch that was made shorter, that is told with its other faults.
    const isTold = n === expected.n && faulty.has(n - 1);
    if (!isTold && (n !== expected.n || first > expected.first)) {
      const count = first - expected.first;
      const numbers =
        n - expected.n === 1 ? `Batch ${expected.n} is` : `Batches ${expected.n} to ${n - 1} are`;
      problems.push({
        // Where the rows are still there, it is what held them that is gone.
        kind: strays > 0 ? "chain_broken" : "removed",
        position: expected.first,
        ...(count > 1 ? { count } : {}),
        ...(n > expected.n ? { batch: expected.n } : {}),
        detail:
          n > expected.n
            ? `${numbers} gone, with ${count} entries.`
            : `${count} entries are missing before batch ${n}.`,
      });
    }
    expected = { n: n + 1, first: first + size };
  }
  return problems;
}

/**
 * Names what is wrong with batches that aren't what was sealed. Whoever has no key can't seal one anew, so from where its
 * HMAC breaks the question is what was done to it: what is genuine in it, and how many there are, tells.
 */
export async function judgeBatches(found: Found, witness: BatchWitness): Promise<Problem[]> {
  const problems: Problem[] = [];
  const { batches } = witness;
  const faulty = new Map(found.faults.map((fault) => [fault.n, fault]));
  for (let index = 0; index < batches.length; index += 1) {
    const fault = faulty.get(batches[index]?.n ?? -1);
    if (!fault) continue;
    if (fault.fault === "key") {
      problems.push({
        ...{ kind: "key_missing", position: fault.first, batch: fault.n, of: fault.keyId },
        detail: `Batch ${fault.n} was sealed under the key ${fault.keyId}, which PARAPET_AUDIT_KEYS lacks.`,
      });
      continue;
    }
    // Whoever rewrites one has to rewrite all that follow: the first is where it began.
    let last = index;
    while (isBroken(faulty.get(batches[last + 1]?.n ?? -1))) last += 1;
    problems.push(
      ...(await judgeRun(fault, batches.slice(index, last + 1), batches[last + 1], found, witness)),
    );
    index = last;
  }
  return problems;
}

const isBroken = (fault: BatchFault | undefined) => fault !== undefined && fault.fault !== "key";

async function judgeRun(
  fault: BatchFault,
  run: readonly BatchPlace[],
  next: BatchPlace | undefined,
  found: Found,
  witness: BatchWitness,
): Promise<Problem[]> {
  const { n, first, size } = fault;
  const end = run.at(-1);
  // Whoever rewrites a batch alone leaves the next where it was; whoever moves them all ends elsewhere than was signed.
  const after = run[1] ?? next;
  const excess = (after ? first + size - after.first : 0) || excessAtEnd(end, next, witness.signedSize);
  const told =
    after && first + size !== after.first ? first + size : (end?.first ?? first) + (end?.size ?? size);
  const within = (position: number) => position >= first && position < told;
  const isForgedRow = ({ position, why }: Unproven) => within(position) && isForged(why);
  const forgedRows: { position: number; entryId: string }[] = [
    ...found.mismatches.filter(({ position, genuine }) => within(position) && !genuine),
    ...found.unproven.filter(isForgedRow),
  ].sort((x, y) => x.position - y.position);
  const others = run.length > 1 ? ` So do the ${run.length - 1} after it.` : "";
  const rewritten = `Batch ${n} isn't what Parapet sealed.${others}`;
  const narrowed = narrow(found, first, told);
  const changedRows = (rows: typeof forgedRows) =>
    rows.map(
      ({ position, entryId }): Problem => ({
        ...{ kind: "changed", position, batch: n, ...(entryId === "" ? {} : { entryId }) },
        detail: `The entry isn't what Parapet wrote: it was changed, and its batch was made to fit. ${rewritten}`,
      }),
    );
  if (excess < 0) {
    return [
      {
        ...{ kind: "removed", position: narrowed, batch: n, ...(excess < -1 ? { count: -excess } : {}) },
        detail: `${rewritten} ${-excess} of the entries sealed there were taken out of it.`,
      },
      ...changedRows(forgedRows),
    ];
  }
  if (excess > 0) {
    const [row] = forgedRows;
    return [
      {
        ...{ kind: "inserted", position: row?.position ?? narrowed, batch: n },
        ...(excess > 1 ? { count: excess } : {}),
        ...(row && row.entryId !== "" ? { entryId: row.entryId } : {}),
        detail: `${rewritten} ${excess} more stand in it than were sealed.`,
      },
      ...changedRows(forgedRows.slice(excess)),
    ];
  }
  if (forgedRows.length > 0) return changedRows(forgedRows);
  const swapped = findSwapped(found.mismatches.filter(({ position }) => within(position)));
  const disorder = fault.fault === "previous" ? null : await witness.findDisorder(n);
  if (swapped !== null || disorder !== null) {
    return [
      {
        ...{ kind: "reordered", position: swapped ?? first + (disorder ?? 0), batch: n },
        detail: `${rewritten} Its entries are all genuine, but stand in another order than they were committed in.`,
      },
    ];
  }
  return [
    {
      ...{ kind: "chain_broken", position: narrowed, batch: n },
      detail:
        fault.fault === "previous"
          ? `Batch ${n} follows on another batch than the one that stands before it.${others}`
          : `${rewritten} Its entries are genuine, so its own record was changed: their hashes, their order, or when they were sealed.`,
    },
  ];
}

/** How many entries more than were signed the last of some batches reaches to. */
function excessAtEnd(end: BatchPlace | undefined, next: BatchPlace | undefined, signedSize: number): number {
  if (!end) return 0;
  const told = end.first + end.size;
  if (next) return told - next.first;
  // What was sealed since the last checkpoint isn't too much.
  return Math.min(0, signedSize > end.first ? told - signedSize : 0);
}

const isForged = (why: Unproven["why"]) => why === "mac" || why === "no_mac";

/** The first position that the stored hashes of the tree don't bear out. */
function narrow({ badNodes }: Found, first: number, end: number): number {
  const starts = badNodes
    .filter(({ level, index }) => level === 8 && (index + 1) * 256 > first && index * 256 < end)
    .map(({ index }) => index * 256);
  return Math.max(
    first,
    Math.min(...starts, Number.POSITIVE_INFINITY) === Number.POSITIVE_INFINITY ? first : Math.min(...starts),
  );
}

/** The first position whose row is that of another mismatch. */
export function findSwapped(mismatches: readonly Mismatch[]): number | null {
  const sealed = new Set(mismatches.map((each) => each.sealed));
  const positions = mismatches
    .filter(({ leaf }) => leaf !== null && sealed.has(leaf))
    .map(({ position }) => position);
  return positions.length > 0 ? Math.min(...positions) : null;
}
