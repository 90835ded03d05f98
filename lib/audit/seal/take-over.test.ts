import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { sql } from "drizzle-orm";
import { afterAll, expect, it, vi } from "vitest";
import { type OpenDatabase, openDatabase } from "#db/client.ts";
import { createScope } from "#db/factories.ts";
import { migrateDatabase } from "#db/migrate.ts";
import { grantRights, userOf } from "#db/rights.ts";
import { createTestDatabase } from "#db/test-database.ts";
import { startPostgres } from "#lib/postgres/server.ts";
import { makeCheckpoint } from "./checkpoint.ts";
import { sealPending } from "./seal.ts";
import { faultsOfTrail, sealedNames, writeEntries, writeEntry } from "./test-entries.ts";

const dataDir = mkdtempSync(join(tmpdir(), "parapet-other-cluster-"));
const other = await startPostgres({ dataDir, durable: false });
const opened: OpenDatabase[] = [];
afterAll(async () => {
  for (const database of opened) await database.close();
  await other.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

/** A new database of the other cluster. */
async function openThere(name: string): Promise<OpenDatabase> {
  const admin = openDatabase(other.ownerUrl, { max: 1 });
  await admin.sql`create database ${admin.sql(name)}`;
  await admin.close();
  const url = Object.assign(new URL(other.ownerUrl), { pathname: `/${name}` }).href;
  await migrateDatabase(url);
  const database = openDatabase(url, { max: 5 });
  opened.push(database);
  return database;
}

/** Does what dumping the one and restoring it into the other would: rows as they are, and the sequence where it was. */
async function restore(from: OpenDatabase, to: OpenDatabase): Promise<void> {
  for (const table of [
    "organisations",
    "users",
    "audit_entries",
    "audit_batches",
    "audit_nodes",
    "audit_checkpoints",
  ]) {
    const columns = (
      await from.sql`select column_name from information_schema.columns
        where table_name = ${table} and is_identity = 'NO' and is_generated = 'NEVER' order by ordinal_position`
    ).map((row) => `"${row.column_name}"`);
    const list = columns.join(", ");
    const source = await from.sql.unsafe(`copy (select ${list} from ${table}) to stdout`).readable();
    const target = await to.sql.unsafe(`copy ${table} (${list}) from stdin`).writable();
    await pipeline(source, target);
  }
  const [row] = await from.sql`select last_value from audit_entries_id_seq`;
  await to.sql`select setval('audit_entries_id_seq', ${row?.last_value})`;
}

/** Uses up numbers of transactions. */
const useUp = (database: OpenDatabase, count: number) =>
  database.sql.unsafe(
    `do $$ begin for i in 1..${count} loop perform pg_current_xact_id(); commit; end loop; end $$`,
  );

it("seals each entry once, whichever cluster numbered its transaction, back and forth", async () => {
  await using here = await createTestDatabase();
  const scope = await createScope(here.db);
  await useUp(here, 3_000);
  await writeEntries(here.db, scope, "1");
  await sealPending(here.db);
  // Of two transactions, the later one's entry has the lower id: it isn't sealed when the other's is.
  const early = Promise.withResolvers<void>();
  const [wrote, go] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const one = here.db.transaction(async (tx) => {
    await tx.execute(sql`select pg_current_xact_id()`);
    early.resolve();
    await wrote.promise;
    await writeEntry(tx, scope, "3");
  });
  await early.promise;
  const two = here.db.transaction(async (tx) => {
    await writeEntry(tx, scope, "2");
    wrote.resolve();
    await go.promise;
  });
  await one;
  expect(await sealPending(here.db)).toMatchObject({ entries: 1 });
  await makeCheckpoint(here.db);
  go.resolve();
  await two;
  await writeEntries(here.db, scope, "4");
  expect(await sealedNames(here.db)).toEqual(["1", "3"]);

  const there = await openThere("first");
  await restore(here, there);
  // A transaction of the other cluster that began before its entries are taken over, and writes afterwards.
  const [begun, write] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const long = there.db.transaction(async (tx) => {
    await tx.execute(sql`select pg_current_xact_id()`);
    begun.resolve();
    await write.promise;
    await writeEntry(tx, scope, "6");
  });
  await begun.promise;
  await writeEntries(there.db, scope, "5");
  expect(await sealPending(there.db, { batchSize: 2 })).toMatchObject({
    entries: 3,
    foreign: [],
    broken: null,
  });
  expect(await sealedNames(there.db)).toEqual(["1", "3", "2", "4", "5"]);
  write.resolve();
  await long;
  await writeEntries(there.db, scope, "7");
  expect(await sealPending(there.db)).toMatchObject({ entries: 2 });
  expect(await makeCheckpoint(there.db)).toMatchObject({ size: 7 });
  await writeEntries(there.db, scope, "8");
  expect(await faultsOfTrail(there.db)).toEqual([]);

  await using back = await createTestDatabase();
  await useUp(back, 500);
  await restore(there, back);
  await writeEntries(back.db, scope, "9");
  expect(await sealPending(back.db)).toMatchObject({ entries: 2, broken: null });
  await writeEntries(back.db, scope, "10");
  expect(await sealPending(back.db)).toMatchObject({ entries: 1 });
  expect(await makeCheckpoint(back.db)).toMatchObject({ size: 10 });
  expect(await sealedNames(back.db)).toEqual(["1", "3", "2", "4", "5", "6", "7", "8", "9", "10"]);
  expect(await faultsOfTrail(back.db)).toEqual([]);
  const clusters = await back.db.execute(
    sql`select count(distinct cluster)::int as clusters, bool_and(floor <= 10) as floors from audit_batches`,
  );
  expect([...clusters]).toEqual([{ clusters: 2, floors: true }]);
}, 60_000);

it("lets a writer that is in the way finish first, and takes over then", async () => {
  await using here = await createTestDatabase();
  const scope = await createScope(here.db);
  const writeSlowly = async (name: string) => {
    const [wrote, go] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const done = here.db.transaction(async (tx) => {
      await writeEntry(tx, scope, name);
      wrote.resolve();
      await go.promise;
    });
    await wrote.promise;
    return { done, go: go.resolve };
  };
  const first = await writeSlowly("a");
  await writeEntries(here.db, scope, "b");
  expect(await sealPending(here.db)).toMatchObject({ held: false, entries: 0 });
  // It is waited for half a second: what it ends with has a lower id than all that was there before.
  const sealing = sealPending(here.db);
  await vi.waitFor(async () => {
    const waiting =
      await here.sql`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    expect(waiting.length).toBe(1);
  });
  first.go();
  await Promise.all([first.done, sealing]);
  await sealPending(here.db);
  expect([await sealedNames(here.db), await faultsOfTrail(here.db)]).toEqual([["a", "b"], []]);
});

it("seals what was restored before anything was ever sealed", async () => {
  await using here = await createTestDatabase();
  const scope = await createScope(here.db);
  await useUp(here, 3_000);
  await writeEntries(here.db, scope, "1", "2");
  const there = await openThere("never_sealed");
  await restore(here, there);
  await writeEntries(there.db, scope, "3");
  expect(await sealPending(there.db)).toMatchObject({ entries: 3, foreign: [] });
  await writeEntries(there.db, scope, "4");
  expect(await sealPending(there.db)).toMatchObject({ entries: 1 });
  expect(await sealedNames(there.db)).toEqual(["1", "2", "3", "4"]);
}, 60_000);

it("works as a user who may only add to the trail, and waits for no transaction of another database", async () => {
  const there = await openThere("by_rights");
  await grantRights(there.sql, userOf(other.url));
  const scope = await createScope(there.db);
  const url = Object.assign(new URL(other.url), { pathname: "/by_rights" }).href;
  const app = openDatabase(url, { max: 3 });
  opened.push(app);
  await writeEntries(app.db, scope, "1");
  expect(await sealPending(app.db)).toMatchObject({ held: true, entries: 1 });
  const neighbour = await openThere("neighbour");
  const [begun, end] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const long = neighbour.db.transaction(async (tx) => {
    await tx.execute(sql`select pg_current_xact_id()`);
    begun.resolve();
    await end.promise;
  });
  await begun.promise;
  await writeEntries(app.db, scope, "2");
  expect(await sealPending(app.db)).toMatchObject({ entries: 1 });
  expect(await makeCheckpoint(app.db)).toMatchObject({ size: 2 });
  end.resolve();
  await long;
  await expect(app.sql`update audit_batches set size = 0`).rejects.toThrow(/permission denied/);
  expect(await faultsOfTrail(app.db)).toEqual([]);
}, 60_000);
