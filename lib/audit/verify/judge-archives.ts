import type { KeyObject } from "node:crypto";
import { stat } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Database } from "#db/client.ts";
import { readArchive } from "../archive/read-back.ts";
import { keyOf, readSubtrees } from "../proof/tree-reader.ts";
import { type BundledEntry, entryIdOf } from "../proof/verify-bundle.ts";
import type { Problem } from "./problem.ts";
import { countOf, intersect, normalise, pairsOf, type Ranges, subtract } from "./ranges.ts";
import { type ArchiveRow, readRanges } from "./survey.ts";

export type ArchiveContext = {
  db: Database;
  /** The folder they are in; null to take the database's word for them. */
  folder: string | null;
  publicKeys: readonly KeyObject[];
  /** The trail's origin line, and its roots by size. */
  origin: string | null;
  roots: ReadonlyMap<number, Buffer>;
};

/**
 * Accounts for the positions whose rows are missing: archives that prove them are as good as the rows. Verifies every
 * archive there is.
 */
export async function judgeArchives(
  archives: readonly ArchiveRow[],
  missing: Ranges,
  context: ArchiveContext,
): Promise<{ problems: Problem[]; archived: number }> {
  const problems: Problem[] = [];
  let left = normalise(missing);
  const total = countOf(left);
  for (const archive of archives) {
    const covers = intersect(left, normalise(archive.positions));
    const { proven, found } = await judgeArchive(archive, covers, context);
    problems.push(...found);
    // What the database still ought to have is missed there, whoever keeps a copy.
    if (archive.droppedAt !== null) left = subtract(left, proven);
  }
  const archived = total - countOf(left);
  const explained = normalise(
    archives
      .filter(({ file }) => problems.some(({ of }) => of === file))
      .flatMap(({ positions }) => positions),
  );
  for (const [from, to] of pairsOf(subtract(left, explained)).slice(0, 100)) {
    problems.push({
      ...{ kind: "removed", position: from, ...(to - from > 1 ? { count: to - from } : {}) },
      detail: `${to - from === 1 ? "The entry that was sealed here is" : `${to - from} entries that were sealed from here on are`} neither in the database nor in an archive.`,
    });
  }
  return { problems, archived };
}

async function judgeArchive(
  archive: ArchiveRow,
  covers: Ranges,
  context: ArchiveContext,
): Promise<{ proven: Ranges; found: Problem[] }> {
  const { file } = archive;
  if (context.folder === null) return { proven: normalise(archive.positions), found: [] };
  // What the database says a file is called leads nowhere but into the folder.
  const path = join(context.folder, basename(file));
  const needed = countOf(covers);
  const place = { position: archive.positions[0] ?? 0, of: file };
  if (!(await stat(path).catch(() => null))) {
    const detail = `The archive ${file} is gone, and with it ${needed} entries that the database let go of.`;
    // A copy that somebody carried elsewhere is missed by nothing.
    return {
      proven: [],
      found: needed > 0 ? [{ kind: "archive_missing", ...place, count: needed, detail }] : [],
    };
  }
  const changed = (detail: string, more: Partial<Problem> = {}): Problem => ({
    ...{
      kind: "archive_changed",
      ...place,
      ...more,
      detail: `The archive ${file} isn't what was written. ${detail}`,
    },
  });
  const read = await readArchive(path, context.publicKeys).catch((error: unknown) => String(error));
  if (typeof read === "string") return { proven: [], found: [changed(`It can't be read: ${read}`)] };
  const { verification, sha256, positions } = read;
  const { checkpoint } = verification;
  if (!verification.ok) {
    const [first] = verification.problems;
    const bad = (await findBadEntry(path, context)) ?? null;
    const where = bad ?? (first?.position === undefined ? {} : { position: first.position });
    return {
      proven: [],
      found: [
        changed(
          `${bad ? "An entry in it was changed." : ""} ${first?.kind ?? ""}: ${first?.detail ?? ""}`.trim(),
          where,
        ),
      ],
    };
  }
  const root = checkpoint ? context.roots.get(checkpoint.size) : undefined;
  if (checkpoint?.origin !== context.origin)
    return { proven: [], found: [changed("It is of another trail.")] };
  if (root && checkpoint && !root.equals(checkpoint.root)) {
    return { proven: [], found: [changed("It leads to another root than the batches in the database do.")] };
  }
  const proven = normalise(readRanges(positions));
  const lacking = subtract(normalise(archive.positions), proven);
  const found: Problem[] = [];
  if (lacking.length > 0 || sha256 !== archive.sha256) {
    const isShort = lacking.length > 0;
    found.push(
      changed(
        isShort
          ? `${countOf(lacking)} entries that were written to it aren't told in it any longer.`
          : "What it tells is proven, but it isn't the file that was recorded, byte for byte.",
        isShort ? { position: lacking[0] ?? 0 } : {},
      ),
    );
  }
  return { proven, found };
}

/** The first entry of a file that isn't what the database's batches hold for its position. */
async function findBadEntry(
  path: string,
  { db, publicKeys }: ArchiveContext,
): Promise<{ position: number; entryId?: string } | null> {
  const told: BundledEntry[] = [];
  await readArchive(path, publicKeys, (entry) => {
    if (told.length < 200_000) told.push(entry);
  }).catch(() => undefined);
  for (let start = 0; start < told.length; start += 5_000) {
    const some = told.slice(start, start + 5_000);
    const leaves = await readSubtrees(
      db,
      some.map(({ position }) => ({ level: 0, index: position })),
    ).catch(() => null);
    if (!leaves) return null;
    for (const { position, leaf, canonical } of some) {
      const sealed = leaves.get(keyOf({ level: 0, index: position }));
      if (sealed && leaf.equals(sealed)) continue;
      const entryId = entryIdOf(canonical);
      return { position, ...(entryId ? { entryId } : {}) };
    }
  }
  return null;
}
