import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type postgres from "postgres";
import { vi } from "vitest";
import { createScope } from "#db/factories.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import type { Scope } from "#lib/auth/scope.ts";
import type { Anchor } from "../anchors/anchor.ts";
import { fileAnchor } from "../anchors/file.ts";
import { auditKeyring } from "../keys.ts";
import { batchAt, type SealedBatch } from "../seal/batches.ts";
import { makeCheckpoint } from "../seal/checkpoint.ts";
import { batchHash } from "../seal/header.ts";
import { keepAnchors } from "../seal/keep-anchors.ts";
import { sealPending } from "../seal/seal.ts";
import { readSealedSize } from "../seal/state.ts";
import { writeEntries } from "../seal/test-entries.ts";
import type { Problem } from "./problem.ts";
import { type TrailVerification, type VerifyOptions, verifyTrail } from "./verify-trail.ts";

/** A trail to tamper with, as the superuser of its database but without its keys. */
export type TestTrail = TestDatabase & {
  scope: Scope;
  anchor: Anchor;
  anchorFile: string;
  /** Writes entries in a transaction each, seals four at a time, signs and anchors. */
  grow(count: number): Promise<void>;
  sign(): Promise<void>;
  /** Runs statements past every trigger. */
  tamper(run: (sql: postgres.TransactionSql) => Promise<unknown>): Promise<void>;
  /** Rewrites a batch, and makes what follows fit as far as that goes without a key. */
  rewrite(n: number, change: (batch: SealedBatch) => Partial<SealedBatch>): Promise<void>;
  verify(options?: Partial<VerifyOptions>): Promise<TrailVerification>;
  /** What is wrong, without the sentences. */
  problems(options?: Partial<VerifyOptions>): Promise<Omit<Problem, "detail">[]>;
  entryId(position: number): Promise<string>;
};

/** A trail of so many entries: positions are ids less one, and batch n begins at position 4n. */
export async function makeTrail(count = 15): Promise<TestTrail> {
  const database = await createTestDatabase();
  const { db, sql, url } = database;
  const folder = mkdtempSync(join(tmpdir(), "parapet-verify-"));
  const anchorFile = join(folder, "anchor.ndjson");
  const anchor = fileAnchor(anchorFile);
  const scope = await createScope(db, { role: "auditor" });
  const sign = async () => {
    await makeCheckpoint(db);
    await keepAnchors(db, [anchor]);
  };
  const grow = async (more: number) => {
    const sealed = await readSealedSize(db);
    await writeEntries(db, scope, ...Array.from({ length: more }, () => randomBytes(6).toString("hex")));
    const wanted = sealed + more;
    // What a transaction that runs elsewhere in the server may still come before isn't sealed yet.
    await vi.waitFor(async () => {
      await sealPending(db, { batchSize: 4 });
      const size = await readSealedSize(db);
      if (size < wanted) throw new Error(`${size} of ${wanted} entries are sealed.`);
    });
    await sign();
  };
  const tamper = async (run: (tx: postgres.TransactionSql) => Promise<unknown>) => {
    await sql.begin(async (tx) => {
      await tx`set local session_replication_role = replica`;
      await run(tx);
    });
  };
  const verify = (options: Partial<VerifyOptions> = {}) =>
    verifyTrail({
      ...{ url, keys: auditKeyring(), anchors: [anchor], archives: null, workers: 0 },
      ...options,
    });
  await grow(12);
  if (count > 12) await grow(count - 12);
  return {
    ...database,
    ...{ scope, anchor, anchorFile, grow, sign, tamper, verify },
    close: async () => {
      await database.close();
      rmSync(folder, { recursive: true, force: true });
    },
    rewrite: async (n, change) => {
      const [place] = await sql<{ first: string }[]>`select first from audit_batches where n = ${n}`;
      const batch = await batchAt(db, Number(place?.first));
      if (!batch) throw new Error(`There is no batch ${n}.`);
      const changed = { ...batch, ...change(batch) };
      await tamper(async (tx) => {
        await writeBatch(tx, n, { ...changed, hash: batchHash(changed) });
        let previous = batchHash(changed);
        for (let next = await followerOf(db, changed.first + changed.size, n); next; ) {
          const relinked = { ...next, previous, first: next.first };
          previous = batchHash(relinked);
          await writeBatch(tx, next.n, { ...relinked, hash: previous });
          next = await followerOf(db, next.first + next.size, next.n);
        }
      });
    },
    problems: async (options) => (await verify(options)).problems.map(({ detail: _, ...problem }) => problem),
    entryId: async (position) => {
      const [row] = await sql<{ entryId: string }[]>`
        select entry_id as "entryId" from audit_entries where id = ${position + 1}`;
      return row?.entryId ?? "";
    },
  };
}

async function followerOf(db: TestDatabase["db"], position: number, after: number) {
  const batch = await batchAt(db, position);
  return batch && batch.n > after ? batch : null;
}

const writeBatch = (tx: postgres.TransactionSql, n: number, batch: SealedBatch) => tx`
  update audit_batches set first = ${batch.first}, size = ${batch.size}, entries = ${[...batch.entries]}::bigint[],
    leaves = ${batch.leaves}, previous = ${batch.previous}, hash = ${batch.hash} where n = ${n}`;

/** The same list with two of its places swapped. */
export function swap<T>(list: readonly T[], a: number, b: number): T[] {
  const swapped = [...list];
  const [first, second] = [list[a], list[b]];
  if (first !== undefined && second !== undefined) [swapped[a], swapped[b]] = [second, first];
  return swapped;
}
