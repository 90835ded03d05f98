import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createScope } from "#db/factories.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import type { Scope } from "#lib/auth/scope.ts";
import { appendAudit } from "../append.ts";
import { auditKeyring, auditKeyringOf, provideAuditKeyring } from "../keys.ts";
import { verifyCheckpoint } from "../note.ts";
import { batchAt } from "./batches.ts";
import { makeCheckpoint } from "./checkpoint.ts";
import { type SealMemory, sealPending } from "./seal.ts";
import { loadState } from "./state.ts";
import { faultsOfTrail, sealedNames, writeEntries, writeEntry } from "./test-entries.ts";

let test: TestDatabase;
let scope: Scope;
beforeEach(async () => {
  test = await createTestDatabase();
  scope = await createScope(test.db);
});
afterEach(async () => {
  provideAuditKeyring(undefined);
  await test.close();
});

const sealed = { held: true, foreign: [], broken: null };

describe("sealing", () => {
  it("takes what was committed into batches, each naming the one before", async () => {
    const { db } = test;
    expect(await sealPending(db)).toEqual({ ...sealed, batches: 0, entries: 0 });
    await writeEntries(db, scope, "a", "b", "c");
    expect(await sealPending(db)).toEqual({ ...sealed, batches: 1, entries: 3 });
    await writeEntries(db, scope, "d", "e");
    expect(await sealPending(db)).toEqual({ ...sealed, batches: 1, entries: 2 });
    expect(await sealPending(db)).toEqual({ ...sealed, batches: 0, entries: 0 });
    expect(await sealedNames(db)).toEqual(["a", "b", "c", "d", "e"]);
    expect(await faultsOfTrail(db)).toEqual([]);
  });

  it("fills batches up to their size, but never parts what one transaction wrote", async () => {
    const { db } = test;
    await writeEntries(db, scope, "first");
    await sealPending(db);
    await writeEntries(db, scope, "a", "b", "c");
    await db.transaction(async (tx) => {
      for (const name of ["d1", "d2", "d3", "d4"]) await writeEntry(tx, scope, name);
    });
    await writeEntries(db, scope, "e");
    expect(await sealPending(db, { batchSize: 4 })).toEqual({ ...sealed, batches: 2, entries: 8 });
    const sizes = await db.execute(sql`select size from audit_batches order by n`);
    expect(sizes.map(({ size }) => size)).toEqual([1, 7, 1]);
    expect(await sealedNames(db)).toEqual(["first", "a", "b", "c", "d1", "d2", "d3", "d4", "e"]);
    expect(await faultsOfTrail(db)).toEqual([]);
  });

  it("waits for the oldest transaction, and then takes entries in the order of transactions", async () => {
    const { db, sql: connection } = test;
    await writeEntries(db, scope, "before");
    await sealPending(db);
    const slow = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    const long = db.transaction(async (tx) => {
      await tx.execute(sql`select pg_current_xact_id()`);
      begun.resolve();
      await slow.promise;
      await writeEntry(tx, scope, "slow");
    });
    await begun.promise;
    await writeEntries(db, scope, "quick");
    expect(await sealPending(db)).toEqual({ ...sealed, batches: 0, entries: 0 });
    slow.resolve();
    await long;
    expect(await sealPending(db)).toEqual({ ...sealed, batches: 1, entries: 2 });
    // The slow one's transaction began first, though its entry has the higher id.
    expect(await sealedNames(db)).toEqual(["before", "slow", "quick"]);
    const ids = await connection`select object_id from audit_entries order by id`;
    expect(ids.map((row) => row.object_id)).toEqual(["before", "quick", "slow"]);
    expect(await faultsOfTrail(db)).toEqual([]);
  });

  it("leaves no gap among writers that roll back and dawdle, however often it runs between them", async () => {
    const { db } = test;
    await writeEntries(db, scope, "first");
    const committed = new Set(["first"]);
    let writing = true;
    const write = async (writer: number) => {
      for (let turn = 0; turn < 25; turn += 1) {
        const name = `${writer}-${turn}`;
        const fails = (writer + turn) % 3 === 0;
        await db
          .transaction(async (tx) => {
            await writeEntry(tx, scope, name);
            if (turn % 5 === 0) await sleep(10);
            await writeEntry(tx, scope, `${name}+`);
            if (fails) throw new Error("rolled back");
          })
          .then(
            () => committed.add(name).add(`${name}+`),
            () => undefined,
          );
      }
    };
    const seal = async () => {
      const memory: SealMemory = { state: null };
      while (writing) await sealPending(db, { memory, batchSize: 3 });
    };
    const sealers = [seal(), seal()];
    await Promise.all([write(1), write(2), write(3)]);
    writing = false;
    await Promise.all(sealers);
    await sealPending(db);
    const names = await sealedNames(db);
    expect(names.toSorted()).toEqual([...committed].toSorted());
    const order = await db.execute<{ object_id: string }>(
      sql`select object_id from audit_entries where object_id <> 'first' order by xid, id`,
    );
    expect(names.filter((name) => name !== "first").slice(-20)).toEqual(
      order.map((row) => row.object_id).slice(-20),
    );
    expect(await faultsOfTrail(db)).toEqual([]);
  });

  it("is done by one at a time", async () => {
    const { db } = test;
    await writeEntries(db, scope, "a");
    await db.transaction(async (tx) => {
      await tx.execute(sql`select pg_advisory_xact_lock(7224011801::bigint)`);
      expect(await sealPending(db)).toEqual({ ...sealed, held: false, batches: 0, entries: 0 });
      expect(await makeCheckpoint(db)).toBeNull();
    });
    expect(await sealPending(db)).toEqual({ ...sealed, batches: 1, entries: 1 });
  });

  it("goes on from what another sealed in the meantime", async () => {
    const { db } = test;
    const [one, other]: SealMemory[] = [{ state: null }, { state: null }];
    for (const [index, memory] of [one, other, other, one, other, one].entries()) {
      await writeEntries(db, scope, `${index}`);
      expect(await sealPending(db, { memory: memory ?? { state: null } })).toEqual({
        ...sealed,
        batches: 1,
        entries: 1,
      });
      expect(await makeCheckpoint(db, { memory: memory ?? { state: null } })).toMatchObject({
        size: index + 1,
      });
    }
    expect(await sealedNames(db)).toEqual(["0", "1", "2", "3", "4", "5"]);
    expect(await faultsOfTrail(db)).toEqual([]);
  });

  it("loses nothing when it dies in the middle, and remembers nothing that was not committed", async () => {
    const { db, sql: connection } = test;
    const memory: SealMemory = { state: null };
    await writeEntries(db, scope, "a");
    await sealPending(db, { memory });
    await writeEntries(db, scope, "b", "c");
    // The node of the tree's first 256 cannot be written: by then the batch has been.
    await connection`create function die() returns trigger language plpgsql as $$
      begin perform pg_terminate_backend(pg_backend_pid()); return new; end $$`;
    await connection`create trigger die after insert on audit_batches for each row execute function die()`;
    await expect(sealPending(db, { memory })).rejects.toThrow();
    await vi.waitFor(() => connection`drop trigger die on audit_batches`);
    expect(await sealedNames(db)).toEqual(["a"]);
    expect(await sealPending(db, { memory })).toEqual({ ...sealed, batches: 1, entries: 2 });
    expect(await sealedNames(db)).toEqual(["a", "b", "c"]);
    expect(await faultsOfTrail(db)).toEqual([]);
  });

  it("does not mind a clock that goes backwards", async () => {
    const { db } = test;
    const base = Date.now();
    try {
      for (const [index, hours] of [0, -48, 24, -2400, 1].entries()) {
        vi.useFakeTimers({ now: base + hours * 3_600_000, toFake: ["Date"] });
        await writeEntries(db, scope, `${index}`);
        expect(await sealPending(db)).toEqual({ ...sealed, batches: 1, entries: 1 });
        expect(await makeCheckpoint(db)).toMatchObject({ size: index + 1 });
      }
    } finally {
      vi.useRealTimers();
    }
    expect(await sealedNames(db)).toEqual(["0", "1", "2", "3", "4"]);
    expect(await faultsOfTrail(db)).toEqual([]);
    expect((await loadState(db, auditKeyring())).broken).toBeNull();
  });

  it("writes hashes of complete subtrees that lead to the signed root", async () => {
    const { db } = test;
    await db.transaction(async (tx) => {
      for (let index = 0; index < 700; index += 1) await writeEntry(tx, scope, String(index));
    });
    await sealPending(db, { batchSize: 250 });
    const nodes = await db.execute(sql`select level, index::int from audit_nodes order by level, index`);
    expect([...nodes]).toEqual([
      { level: 8, index: 0 },
      { level: 8, index: 1 },
      { level: 9, index: 0 },
    ]);
    const checkpoint = await makeCheckpoint(db);
    expect(checkpoint?.size).toBe(700);
    const state = await loadState(db, auditKeyring());
    expect([state.broken, state.frontier.size]).toEqual([null, 700]);
    expect(await faultsOfTrail(db)).toEqual([]);
  });
});

describe("keys", () => {
  const keyOf = (id: string) => ({ id, base64: randomBytes(32).toString("base64") });

  it("may change between entries and between batches; the first checkpoint after is signed by both", async () => {
    const { db } = test;
    const [old, next] = [keyOf("old"), keyOf("new")];
    provideAuditKeyring(auditKeyringOf([old]));
    await writeEntries(db, scope, "a", "b");
    await sealPending(db);
    const before = await makeCheckpoint(db);
    await writeEntries(db, scope, "c");
    const both = auditKeyringOf([next, old]);
    provideAuditKeyring(both);
    await writeEntries(db, scope, "d");
    expect(await sealPending(db)).toEqual({ ...sealed, batches: 1, entries: 2 });
    const handover = await makeCheckpoint(db);
    await writeEntries(db, scope, "e");
    await sealPending(db);
    const after = await makeCheckpoint(db);
    const [oldPublic, newPublic] = [both.byId.get("old")?.public, both.byId.get("new")?.public];
    const signers = [before, handover, after].map((checkpoint) =>
      [oldPublic, newPublic].map((key) => {
        try {
          return verifyCheckpoint(checkpoint?.note ?? "", key ? [key] : []).size;
        } catch {
          return null;
        }
      }),
    );
    expect(signers).toEqual([
      [2, null],
      [4, 4],
      [null, 5],
    ]);
    expect(await faultsOfTrail(db, both)).toEqual([]);
  });

  it("that are lacking make entries foreign, and nothing is signed on top of what cannot be checked", async () => {
    const { db } = test;
    const [old, next] = [keyOf("old"), keyOf("new")];
    provideAuditKeyring(auditKeyringOf([old]));
    await writeEntries(db, scope, "a");
    await sealPending(db);
    await makeCheckpoint(db);
    await writeEntries(db, scope, "b");
    provideAuditKeyring(auditKeyringOf([next]));
    expect(await sealPending(db)).toMatchObject({
      foreign: [{ batch: 1, positions: [1] }],
      broken: expect.stringMatching(/cannot be believed/),
    });
    await expect(makeCheckpoint(db)).rejects.toThrow(/cannot be believed/);
    // With the old key back, what was not wrong is signed again.
    provideAuditKeyring(auditKeyringOf([next, old]));
    expect(await makeCheckpoint(db)).toMatchObject({ size: 2 });
  });
});

describe("what Parapet did not write", () => {
  const insert = (values: string) =>
    test.sql.unsafe(`insert into audit_entries (entry_id, at, organisation_id, actor_kind, actor_id, action, object_kind,
      object_id, correlation_id, leaf, mac, key_id) values ${values}`);

  it("is sealed and named: without an HMAC, with another's, with another leaf's length, dated to infinity", async () => {
    const { db } = test;
    await writeEntries(db, scope, "real");
    await sealPending(db);
    const zeros = `decode(repeat('00', 32), 'hex')`;
    const row = (name: string, at: string, rest: string) =>
      `('ent_${name}', ${at}, '${scope.organisationId}', 'user', 'usr_x', 'test.act', 'test', '${name}', 'cor', ${rest})`;
    await insert(row("unsigned", "now()", "null, null, null"));
    await writeEntries(db, scope, "real too");
    await insert(row("wrong", "now()", `${zeros}, ${zeros}, 'test'`));
    await insert(row("short", "now()", `decode('00', 'hex'), ${zeros}, 'test'`));
    await insert(row("never", "'infinity'", "null, null, null"));
    await insert(row("other", "now()", `${zeros}, ${zeros}, 'nobody'`));
    expect(await sealPending(db)).toEqual({
      ...sealed,
      batches: 1,
      entries: 6,
      foreign: [{ batch: 1, positions: [1, 3, 4, 5, 6] }],
    });
    expect(await sealedNames(db)).toEqual([
      "real",
      "unsigned",
      "real too",
      "wrong",
      "short",
      "never",
      "other",
    ]);
    expect((await batchAt(db, 3))?.to).toBe("9999-12-31T00:00:00.000Z");
  });

  it("may lack HMACs where it is of before the trail had keys: all of that is in the first batch", async () => {
    const { db } = test;
    const old = (n: number) =>
      `('ent_${n}', now(), '${scope.organisationId}', 'user', 'usr_x', 'test.act', 'test', 'old-${n}', 'cor', null, null, null)`;
    await insert([0, 1, 2, 3, 4].map(old).join(","));
    await writeEntries(db, scope, "a", "b", "c");
    expect(await sealPending(db, { batchSize: 2 })).toEqual({ ...sealed, batches: 3, entries: 8 });
    const sizes = await db.execute(sql`select size from audit_batches order by n`);
    expect(sizes.map(({ size }) => size)).toEqual([5, 2, 1]);
    expect(await faultsOfTrail(db)).toEqual([]);
    await insert(old(9));
    expect(await sealPending(db)).toMatchObject({ foreign: [{ batch: 3, positions: [8] }] });
  });
});

describe("a trail that was tampered with", () => {
  const asSuperuser = (statement: string) =>
    test.sql.begin(async (tx) => {
      await tx`set local session_replication_role = replica`;
      await tx.unsafe(statement);
    });
  const makeTrail = async () => {
    const { db } = test;
    await db.transaction(async (tx) => {
      for (let index = 0; index < 300; index += 1) await writeEntry(tx, scope, String(index));
    });
    await sealPending(db);
    await makeCheckpoint(db);
    await writeEntries(db, scope, "a");
    await sealPending(db);
    await writeEntries(db, scope, "b");
    await sealPending(db);
  };

  it.each([
    [
      "a changed leaf",
      "update audit_batches set leaves = overlay(leaves placing '\\x00'::bytea from 5) where n = 0",
    ],
    ["a changed batch since the checkpoint", "update audit_batches set sealed_at = now() where n = 1"],
    ["a removed batch", "delete from audit_batches where n = 1"],
    ["a cut tail", "delete from audit_batches where n >= 1; update audit_checkpoints set size = 302"],
    ["a forged checkpoint", "update audit_checkpoints set note = replace(note, '300', '299')"],
    ["a forged root", "update audit_checkpoints set root = sha256(root)"],
  ])("is never signed again: %s", async (_what, statement) => {
    await makeTrail();
    await asSuperuser(statement);
    // What is damaged below the checkpoint in a leaf alone is covered by its nodes, and found by verification.
    const { db } = test;
    await asSuperuser("delete from audit_nodes");
    await writeEntries(db, scope, "after");
    await sealPending(db);
    await expect(makeCheckpoint(db)).rejects.toThrow("No checkpoint of the audit trail was signed.");
  });

  it("is signed on where nothing but a stored hash was damaged: the leaves still lead to the root", async () => {
    await makeTrail();
    await asSuperuser("update audit_nodes set hash = sha256(hash)");
    const { db } = test;
    const state = await loadState(db, auditKeyring());
    expect([state.broken, state.frontier.size]).toEqual([null, 302]);
    expect(await makeCheckpoint(db)).toMatchObject({ size: 302 });
    expect(await faultsOfTrail(db)).toEqual([]);
  });
});

it("says what each entry's origin is in the order given, whoever seals", async () => {
  const { db } = test;
  await db.transaction(async (tx) => {
    await appendAudit(tx, scope, {
      action: "test.act",
      object: { kind: "test", id: "x" },
      after: { z: 1, a: "é" },
    });
  });
  await sealPending(db);
  expect(await faultsOfTrail(db)).toEqual([]);
});
