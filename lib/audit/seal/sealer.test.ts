import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createScope } from "#db/factories.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import type { Scope } from "#lib/auth/scope.ts";
import { TestAnchor } from "../anchors/test-anchor.ts";
import { parseCheckpoint } from "../note.ts";
import { type Sealer, type SealerOptions, startSealer } from "./sealer.ts";
import { faultsOfTrail, sealedNames, writeEntries } from "./test-entries.ts";

let test: TestDatabase;
let scope: Scope;
let anchor: TestAnchor;
const errors: unknown[] = [];
const started: Sealer[] = [];
beforeEach(async () => {
  errors.length = 0;
  test = await createTestDatabase();
  scope = await createScope(test.db);
  anchor = new TestAnchor();
});
afterEach(async () => {
  for (const sealer of started.splice(0)) await sealer.stop();
  await test.close();
});

function start(options: SealerOptions = {}): Sealer {
  const onError = (error: unknown) => errors.push(error);
  const sealer = startSealer(test.url, {
    ...{ everyMs: 20, checkpointMs: 50, anchors: [anchor], onError },
    ...options,
  });
  started.push(sealer);
  return sealer;
}

/** Cuts every connection of the sealers, as a restarting server does. */
const cutConnections = () =>
  test.sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'parapet-sealer'
    and datname = current_database()`;

const newestSize = () => parseCheckpoint(anchor.notes.at(-1) ?? "none").size;
const patience = { timeout: 15_000, interval: 20 };

it("seals, signs and anchors while it runs, and what is left when it stops", async () => {
  await writeEntries(test.db, scope, "a", "b");
  const sealer = start({ checkpointMs: 3_600_000 });
  await vi.waitFor(() => expect(newestSize()).toBe(2), patience);
  await writeEntries(test.db, scope, "c");
  await sealer.stop();
  expect([newestSize(), await sealedNames(test.db), await faultsOfTrail(test.db), errors]).toEqual([
    3,
    ["a", "b", "c"],
    [],
    [],
  ]);
});

it("is one of several; another takes over when that one stops", async () => {
  const one = start();
  await writeEntries(test.db, scope, "a");
  await vi.waitFor(() => expect(newestSize()).toBe(1), patience);
  const other = new TestAnchor();
  start({ anchors: [other] });
  await writeEntries(test.db, scope, "b");
  await vi.waitFor(() => expect(newestSize()).toBe(2), patience);
  expect(other.notes).toEqual([]);
  await one.stop();
  await writeEntries(test.db, scope, "c");
  await vi.waitFor(
    () => expect(other.notes.map((note) => parseCheckpoint(note).size)).toContain(3),
    patience,
  );
  expect([await sealedNames(test.db), await faultsOfTrail(test.db)]).toEqual([["a", "b", "c"], []]);
});

it("goes on after its connections were cut, whoever leads then", async () => {
  start();
  start();
  await writeEntries(test.db, scope, "a");
  await vi.waitFor(() => expect(newestSize()).toBe(1), patience);
  for (const [index, name] of ["b", "c", "d"].entries()) {
    await cutConnections();
    await writeEntries(test.db, scope, name);
    await vi.waitFor(() => expect(newestSize()).toBe(index + 2), patience);
  }
  expect(await faultsOfTrail(test.db)).toEqual([]);
});

it("has the trail itself say what it found: once, and to every organisation", async () => {
  const second = await createScope(test.db);
  await writeEntries(test.db, scope, "a");
  start();
  await vi.waitFor(() => expect(newestSize()).toBe(1), patience);
  await test.sql`insert into audit_entries (entry_id, at, organisation_id, actor_kind, actor_id, action, object_kind,
    object_id, correlation_id) values ('ent_x', now(), ${scope.organisationId}, 'user', 'usr', 'a.b', 'test', 'x', 'c')`;
  const said = async () =>
    (
      await test.sql`select organisation_id, action, object_kind, object_id, result, after from audit_entries
        where actor_id = 'audit-sealer' order by organisation_id, id`
    ).map(({ after, ...row }) => ({ ...row, after: JSON.parse(after) }));
  const entry = { action: "audit.foreign", object_kind: "batch", object_id: "1", result: "failed" };
  const expected = [scope.organisationId, second.organisationId]
    .sort()
    .map((organisation_id) => ({ organisation_id, ...entry, after: { entries: 1, first: 1, last: 1 } }));
  await vi.waitFor(async () => expect(await said()).toEqual(expected), patience);
  await vi.waitFor(() => expect(newestSize()).toBe(4), patience);
  expect(errors).toEqual([]);
});

it("tells of failing months and goes on", async () => {
  await test.sql`alter function audit_open_month(date) rename to gone`;
  start();
  await writeEntries(test.db, scope, "a");
  await vi.waitFor(() => expect(newestSize()).toBe(1), patience);
  expect(errors.length).toBeGreaterThan(0);
});

it("opens the months ahead", async () => {
  start();
  const wanted =
    await test.sql`select 'audit_entries_' || to_char(now() at time zone 'UTC' + make_interval(months => n), 'YYYY_MM') as name
    from generate_series(0, 2) n`;
  await vi.waitFor(async () => {
    const there = await test.sql`select count(*)::int as count from pg_inherits
      where inhrelid::regclass::text = any(${wanted.map(({ name }) => name)})`;
    expect(there[0]?.count).toBe(3);
  }, patience);
});

it("does not wait for an anchor that never answers", async () => {
  await writeEntries(test.db, scope, "a");
  const silent = Object.assign(new TestAnchor("silent"), {
    latest: () => new Promise<string | null>(() => undefined),
  });
  const sealer = start({ anchors: [silent], partingMs: 100 });
  await vi.waitFor(async () => expect(await sealedNames(test.db)).toEqual(["a"]), patience);
  await sealer.stop();
  expect(await faultsOfTrail(test.db)).toEqual([]);
});
