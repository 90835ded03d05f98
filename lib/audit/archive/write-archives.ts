import { createWriteStream } from "node:fs";
import { rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import type { Database } from "#db/client.ts";
import { newId } from "#db/columns.ts";
import { auditKeyring } from "../keys.ts";
import type { SealedSelection } from "../proof/sealed.ts";
import {
  type BundleSummary,
  newestCheckpoint,
  type SignedCheckpoint,
  writeBundle,
} from "../proof/write-bundle.ts";
import { halfName, syncFolder } from "./folder.ts";
import { readArchive } from "./read-back.ts";

/** Something is wrong with what was written: nothing may leave the database for it. In words for an administrator. */
export class ArchiveError extends Error {
  override readonly name = "ArchiveError";
}

export type ArchiveWish = {
  /** Which entries; those that aren't what was sealed are left out. */
  selection: SealedSelection;
  /** What the file is called for, such as `2026-08` or `copy`. */
  label: string;
  /** What the first line says of it. */
  about: string;
  folder: string;
  /** Bytes that a file may have, packed. */
  limitBytes: number;
  signal?: AbortSignal | undefined;
};

/** A file that is on the disk, whole, and was read back and verified. */
export type WrittenArchive = {
  id: string;
  file: string;
  part: number;
  sha256: string;
  size: number;
  entries: number;
  positions: string;
  first: number;
  last: number;
  from: string;
  to: string;
  checkpointSize: number;
  /** Entries meant that say something else than was sealed, which no archive tells. */
  spoiled: number;
};

/**
 * Writes the entries meant to one file or several, each whole on the disk, read back and verified before it is yielded.
 * Yields nothing where there are none. Throws an ArchiveError when what was read back isn't what was written.
 */
export async function* writeArchives(db: Database, wish: ArchiveWish): AsyncGenerator<WrittenArchive> {
  const checkpoint = await newestCheckpoint(db);
  let target = Math.floor(wish.limitBytes * 0.9);
  let startAt: number | null = 0;
  for (let part = 1; startAt !== null; ) {
    wish.signal?.throwIfAborted();
    const id = newId("arc");
    const file = `audit-${wish.label}-${id}.ndjson.gz`;
    const half = join(wish.folder, halfName(file));
    try {
      const summary: BundleSummary = await writeFile(db, wish, { half, checkpoint, startAt, target, part });
      if (summary.entries === 0) return;
      if ((await stat(half)).size > wish.limitBytes && summary.next !== null && target > 4_096) {
        // Entries came that pack far worse than those before: the same again, looked at sooner.
        target = Math.floor(target / 2);
        continue;
      }
      const written = await readBack(half, summary);
      await rename(half, join(wish.folder, file));
      await syncFolder(wish.folder);
      yield { id, file, part, ...written };
      startAt = summary.next;
      part += 1;
    } finally {
      await rm(half, { force: true });
    }
  }
}

type Part = { half: string; checkpoint: SignedCheckpoint; startAt: number; target: number; part: number };

async function writeFile(
  db: Database,
  { selection, about, signal }: ArchiveWish,
  { half, checkpoint, startAt, target, part }: Part,
): Promise<BundleSummary> {
  const gzip = createGzip();
  let packed = 0;
  const counter = new Transform({
    transform(piece: Buffer, _encoding, done) {
      packed += piece.length;
      done(null, piece);
    },
  });
  const ended = new AbortController();
  const onto = createWriteStream(half, { flags: "wx", mode: 0o600, flush: true });
  const flowing = pipeline(gzip, counter, onto, { signal: ended.signal });
  const writing = writeBundle(db, selection, gzip, {
    checkpoint,
    startAt,
    about,
    header: { part },
    isFull: () => {
      signal?.throwIfAborted();
      return packed >= target;
    },
  }).then((summary) => {
    gzip.end();
    return summary;
  });
  try {
    const [summary] = await Promise.all([writing, flowing]);
    return summary;
  } catch (error) {
    ended.abort();
    await flowing.catch(() => undefined);
    throw error;
  }
}

async function readBack(
  half: string,
  { entries, first, last, from, to, checkpoint, spoiled }: BundleSummary,
): Promise<Omit<WrittenArchive, "id" | "file" | "part">> {
  const publicKeys = [...auditKeyring().byId.values()].map((key) => key.public);
  const read = await readArchive(half, publicKeys);
  const { verification: found } = read;
  if (!found.ok) {
    const [worst] = found.problems;
    throw new ArchiveError(
      `What was archived can't be proven, so nothing left the database. ${worst?.detail ?? ""} Verify the trail.`,
    );
  }
  if (found.entries !== entries || found.first !== first || found.last !== last) {
    throw new ArchiveError(
      "What was archived isn't what was read back from the disk. Nothing left the database.",
    );
  }
  if (first === null || last === null || from === null || to === null) {
    throw new ArchiveError("The archive is empty.");
  }
  const { sha256, size, positions } = read;
  const checkpointSize = checkpoint.size;
  return { sha256, size, positions, entries, first, last, from, to, checkpointSize, spoiled: spoiled.length };
}
