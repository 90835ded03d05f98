import { afterAll, expect, it } from "vitest";
import { createScope } from "#db/factories.ts";
import { createTestDatabase } from "#db/test-database.ts";
import { sealPending } from "../seal/seal.ts";
import { writeEntry } from "../seal/test-entries.ts";
import { consistencyProof, inclusionPath, verifyConsistency, verifyInclusion } from "./proofs.ts";
import { storedConsistencyProof, storedHash, storedInclusionPath, storedRoot } from "./stored.ts";
import { rootOf } from "./tree.ts";

const { db, sql, close } = await createTestDatabase();
afterAll(close);

const size = 1_100;
const scope = await createScope(db);
for (let first = 0; first < size; first += 100) {
  await db.transaction(async (tx) => {
    for (let index = first; index < first + 100; index += 1) await writeEntry(tx, scope, String(index));
  });
}
await sealPending(db, { batchSize: 100 });
const rows = await sql<{ leaves: Buffer }[]>`select leaves from audit_batches order by n`;
const leaves = Buffer.concat(rows.map((row) => row.leaves));
const span = (from: number, to: number) => leaves.subarray(32 * from, 32 * to);

it("has the hash of any subtree, across batches and from hashes stored", async () => {
  expect([rows.length > 1, leaves.length]).toEqual([true, 32 * size]);
  const spans: [number, number][] = [
    [0, 1],
    [255, 256],
    [0, 256],
    [256, 512],
    [512, 768],
    [0, 1_024],
    [1_024, 1_100],
    [1_024, 1_027],
    [0, 1_100],
    [0, 777],
    [512, 1_001],
    [1_096, 1_100],
  ];
  for (const [from, to] of spans) {
    expect([from, to, await storedHash(db, from, to)]).toEqual([from, to, rootOf(span(from, to))]);
  }
  expect(await storedRoot(db, 0)).toEqual(rootOf([]));
  await expect(storedHash(db, 3, 9)).rejects.toThrow(RangeError);
  await expect(storedHash(db, 1_024, 1_101)).rejects.toThrow(/lacks/);
});

it("has the paths and proofs that the leaves have", async () => {
  const root = await storedRoot(db, size);
  for (const position of [0, 1, 255, 256, 700, 1_023, 1_024, 1_099]) {
    const path = await storedInclusionPath(db, position, size);
    expect(path).toEqual(inclusionPath(leaves, position));
    expect(verifyInclusion(span(position, position + 1), position, size, path, root)).toBe(true);
  }
  for (const old of [1, 2, 255, 256, 257, 700, 1_024, 1_099, 1_100]) {
    const proof = await storedConsistencyProof(db, old, size);
    expect(proof).toEqual(consistencyProof(leaves, old));
    expect(verifyConsistency(old, await storedRoot(db, old), size, root, proof)).toBe(true);
  }
});
