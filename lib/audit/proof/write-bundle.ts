import { once } from "node:events";
import type { Writable } from "node:stream";
import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Store } from "#db/client.ts";
import { DomainError } from "../../errors.ts";
import { type BundledValues, entryLines, hashLine, headerLine } from "./format.ts";
import { readSealed, type SealedBounds, type SealedEntry, type SealedSelection } from "./sealed.ts";
import { keyOf, readSubtrees, subtreesBetween } from "./tree-reader.ts";

/** A signed statement of how many entries there are and what their root is. */
export type SignedCheckpoint = { size: number; note: string };

export type BundleOptions = {
  /** What its proofs lead to; the newest when left out. */
  checkpoint?: SignedCheckpoint;
  /** What the bundle holds, in words. */
  about?: string;
  /** More for the first line: nothing of it is proven. */
  header?: Readonly<Record<string, unknown>>;
  /** Tells what commitments stand for, by position. Left out, nothing is told. */
  reveal?(entries: readonly SealedEntry[]): Promise<ReadonlyMap<number, BundledValues>>;
  /** Entries before this position aren't told, whatever the selection says. */
  startAt?: number;
  /** Asked after every thousand entries or so; when true the bundle ends there, and `next` says where another begins. */
  isFull?(): boolean;
};

export type BundleSummary = {
  /** How many are told. */
  entries: number;
  /** Lowest and highest position told; null when none is. */
  first: number | null;
  last: number | null;
  /** Earliest and latest `at` of those told, ISO 8601. */
  from: string | null;
  to: string | null;
  checkpoint: SignedCheckpoint;
  /** Where the next bundle goes on when this one was full; null when everything is told. */
  next: number | null;
  /** Positions of entries that were selected but say something else than was sealed: they are not told. */
  spoiled: number[];
};

/** The newest checkpoint. Throws a DomainError (`unavailable`) where nothing was sealed yet. */
export async function newestCheckpoint(db: Store): Promise<SignedCheckpoint> {
  const [row] = await db.execute(
    sql`select size, note from audit_checkpoints order by size desc, id desc limit 1`,
  );
  if (!row) {
    throw new DomainError(
      "unavailable",
      "Nothing can be proven yet: the trail's first checkpoint is signed a minute after a worker started.",
    );
  }
  return z.object({ size: z.coerce.number(), note: z.string() }).parse(row);
}

/** Writes a bundle of the entries meant, as far as the checkpoint covers them. Doesn't end `out`. */
export async function writeBundle(
  db: Store,
  selection: SealedSelection,
  out: Writable,
  options: BundleOptions = {},
): Promise<BundleSummary> {
  const lines = bundleLines(db, selection, options);
  for (;;) {
    const { done, value } = await lines.next();
    if (done) return value;
    if (!out.write(value)) await once(out, "drain");
  }
}

/** The bundle as text, piece by piece; what it holds is what the generator returns. */
export async function* bundleLines(
  db: Store,
  selection: SealedSelection,
  options: BundleOptions = {},
): AsyncGenerator<string, BundleSummary> {
  const checkpoint = options.checkpoint ?? (await newestCheckpoint(db));
  yield headerLine({
    ...options.header,
    ...{ parapet: "audit-bundle", v: 1, ...(options.about ? { about: options.about } : {}) },
    ...{ madeAt: new Date().toISOString(), checkpoint: checkpoint.note, size: checkpoint.size },
  });
  const summary: BundleSummary = {
    ...{ entries: 0, first: null, last: null, from: null, to: null },
    ...{ checkpoint, next: null, spoiled: [] },
  };
  const bounds: SealedBounds = { below: checkpoint.size, startAt: options.startAt ?? 0 };
  let cursor = 0;
  for await (const entries of readSealed(db, selection, bounds)) {
    const told = entries.filter(({ genuine }) => genuine);
    for (const { genuine, position } of entries) if (!genuine) summary.spoiled.push(position);
    yield await linesOf(db, told, cursor, options);
    for (const entry of told) take(summary, entry);
    const last = entries.at(-1);
    cursor = summary.last === null ? 0 : summary.last + 1;
    if (last && options.isFull?.()) {
      summary.next = last.position + 1;
      break;
    }
  }
  yield await linesOf(db, [], cursor, options, checkpoint.size);
  return summary;
}

/** These entries and the hashes of what lies between them, and before `end`, from `start` on. */
async function linesOf(
  db: Store,
  entries: readonly SealedEntry[],
  start: number,
  options: BundleOptions,
  end?: number,
): Promise<string> {
  const gaps: { from: number; to: number }[] = [];
  let cursor = start;
  for (const { position } of entries) {
    if (position > cursor) gaps.push({ from: cursor, to: position });
    cursor = position + 1;
  }
  if (end !== undefined && end > cursor) gaps.push({ from: cursor, to: end });
  const subtrees = gaps.map(({ from, to }) => ({ from, subtrees: subtreesBetween(from, to) }));
  const hashes = await readSubtrees(
    db,
    subtrees.flatMap((gap) => gap.subtrees),
  );
  const linesByStart = new Map(
    subtrees.map((gap) => [gap.from, gap.subtrees.map((each) => lineOf(each, hashes)).join("")]),
  );
  const revealed = await options.reveal?.(entries);
  let text = linesByStart.get(start) ?? "";
  for (const { position, leaf, canonical } of entries) {
    const personal = revealed?.get(position);
    text += entryLines({ position, leaf, canonical, ...(personal ? { personal } : {}) });
    text += linesByStart.get(position + 1) ?? "";
  }
  return text;
}

function lineOf(subtree: { level: number; index: number }, hashes: ReadonlyMap<string, Uint8Array>): string {
  const hash = hashes.get(keyOf(subtree));
  if (!hash) throw new Error("A subtree's hash was not read.");
  const span = 2 ** subtree.level;
  return hashLine(subtree.index * span, (subtree.index + 1) * span, hash);
}

function take(summary: BundleSummary, { position, at }: SealedEntry): void {
  summary.entries += 1;
  summary.first ??= position;
  summary.last = position;
  if (summary.from === null || at < summary.from) summary.from = at;
  if (summary.to === null || at > summary.to) summary.to = at;
}
