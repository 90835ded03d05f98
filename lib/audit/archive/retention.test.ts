import { appendFileSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { and, eq, sql } from "drizzle-orm";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { auditEntries } from "#db/audit/schema.ts";
import { createScope } from "#db/factories.ts";
import { createTestDatabase } from "#db/test-database.ts";
import { liftHold } from "../keeping/lift-hold.ts";
import { placeHold } from "../keeping/place-hold.ts";
import { setAuditPolicy } from "../keeping/set-policy.ts";
import { auditKeyring, auditKeyringOf, provideAuditKeyring } from "../keys.ts";
import { archiveMonth } from "./archive-month.ts";
import { archiveNow } from "./archive-now.ts";
import { findLeaving, listMonths } from "./months.ts";
import { performRetention } from "./perform-retention.ts";
import { readArchive } from "./read-back.ts";
import { releaseMonth } from "./release-month.ts";
import {
  appendAt,
  appendDated,
  dayOf,
  makeArchiveFolder,
  monthName,
  monthsAgo,
  readArchives,
  readLeft,
  sealAll,
} from "./test-months.ts";

// A database for each test: archives and batches are the whole installation's.
let database: Awaited<ReturnType<typeof createTestDatabase>>;
let archive: ReturnType<typeof makeArchiveFolder>;
beforeEach(async () => {
  database = await createTestDatabase();
  archive = makeArchiveFolder();
});
afterEach(async () => {
  archive[Symbol.dispose]();
  await database.close();
});
afterAll(() => provideAuditKeyring(undefined));

const publicKeys = () => [...auditKeyring().byId.values()].map((key) => key.public);
const retain = () => performRetention(database.db, { folder: archive.folder, pauseMs: 10 });
const old = monthsAgo(6);
const young = monthsAgo(1);

/** What the archives of the organisation tell, by `entryId`. */
async function readTold(organisationId: string): Promise<string[]> {
  const told: string[] = [];
  for (const { file, sha256, size, positions, entries } of await readArchives(database.db, organisationId)) {
    const read = await readArchive(join(archive.folder, file), publicKeys(), ({ canonical }) => {
      told.push(JSON.parse(canonical).id);
    });
    expect(read).toMatchObject({ sha256, size, verification: { ok: true, entries, problems: [] } });
    const [same] =
      await database.sql`select ${read.positions}::int8multirange = ${positions}::int8multirange as same`;
    expect(same).toEqual({ same: true });
  }
  return told;
}

describe("performRetention", () => {
  it("archives a month that nobody keeps, and lets go of it", async () => {
    const { db } = database;
    const admin = await createScope(db, { role: "admin" });
    const leaves = await appendAt(db, admin, dayOf(old, 3), ["scan.start", "user.rename", "scan.end"]);
    const stays = await appendAt(db, admin, dayOf(young, 3), ["scan.start"]);
    await sealAll(db);
    const run = await retain();
    const { organisationId } = admin;
    const name = monthName(old);
    expect(run).toEqual({
      archived: 3,
      released: [{ organisationId, month: name, entries: 3, first: 0, last: 2 }],
    });
    expect(await readTold(organisationId)).toEqual(leaves);
    expect((await readLeft(db, organisationId)).map(({ entryId }) => entryId)).toEqual(stays);
    expect((await listMonths(db)).map((month) => month.name)).not.toContain(name);
    const [kept] = await readArchives(db, organisationId);
    expect(kept).toMatchObject({
      ...{
        month: old.toISOString().slice(0, 10),
        part: 1,
        entries: 3,
        first: 0,
        last: 2,
        positions: "{[0,3)}",
      },
      ...{ from: dayOf(old, 3), to: dayOf(old, 3), checkpointSize: 4, createdBy: null },
      droppedAt: expect.any(Date),
    });
    const told = await db
      .select({ action: auditEntries.action, objectId: auditEntries.objectId, after: auditEntries.after })
      .from(auditEntries)
      .where(and(eq(auditEntries.organisationId, organisationId), sql`action like 'audit%'`));
    expect(told).toEqual([
      {
        ...{ action: "audit_archive.write", objectId: kept?.id },
        after: expect.objectContaining({ entries: 3, file: kept?.file, sha256: kept?.sha256 }),
      },
      {
        ...{ action: "audit.release", objectId: name },
        after: { month: old.toISOString().slice(0, 10), entries: 3, first: 0, last: 2 },
      },
    ]);
    await sealAll(db);
    expect(await retain()).toEqual({ archived: 0, released: [] });
    expect(readdirSync(archive.folder)).toEqual([kept?.file]);
  });

  it("keeps what a longer category, another organisation and a hold keep, exactly as it was", async () => {
    const { db } = database;
    const admin = await createScope(db, { role: "admin" });
    const other = await createScope(db, { role: "admin" });
    await setAuditPolicy(db, admin, {
      retentionDays: 90,
      categoryDays: { scan: 400 },
      archiveMb: 50,
      revision: 0,
    });
    await setAuditPolicy(db, other, { retentionDays: 400, categoryDays: {}, archiveMb: 50, revision: 0 });
    const { holdId } = await placeHold(db, admin, {
      ...{ name: "Case 7", reason: "The court wants it" },
      from: dayOf(old, 10).toISOString(),
      to: dayOf(old, 11).toISOString(),
    });
    const [early = ""] = await appendAt(db, admin, dayOf(old, 5), ["user.rename"]);
    const [scan = ""] = await appendAt(db, admin, dayOf(old, 5), ["scan.start"]);
    const [held = ""] = await appendAt(db, admin, dayOf(old, 10), ["user.rename"]);
    const [late = ""] = await appendAt(db, admin, dayOf(old, 11), ["user.rename"]);
    const [theirs = ""] = await appendAt(db, other, dayOf(old, 5), ["user.rename"]);
    await sealAll(db);
    const rows = () =>
      db.execute(sql`
      select id, entry_id, at, xid::text, leaf, mac, key_id, "after" from audit_entries
      where entry_id = any(${`{${scan},${held},${theirs}}`}::text[]) order by id`);
    const before = [...(await rows())];
    expect(before).toHaveLength(3);
    expect((await retain()).archived).toBe(2);
    expect(await readTold(admin.organisationId)).toEqual([early, late]);
    expect([...(await rows())]).toEqual(before);
    expect(await readLeft(db, other.organisationId)).toEqual([
      { entryId: theirs, action: "user.rename", partition: monthName(old) },
    ]);
    // The new partition refuses changes as the old one did, and is found by its indexes.
    await expect(database.sql`delete from audit_entries where entry_id = ${held}`).rejects.toThrow(
      "append-only",
    );
    const [guards] = await database.sql`
      select count(*)::int as n from pg_trigger where tgrelid = ${monthName(old)}::regclass`;
    expect(guards).toEqual({ n: 2 });
    expect(await retain()).toEqual({ archived: 0, released: [] });
    await liftHold(db, admin, { holdId, reason: "The case is over" });
    expect((await retain()).archived).toBe(1);
    expect((await readTold(admin.organisationId)).at(-1)).toBe(held);
    expect((await readLeft(db, admin.organisationId)).map(({ entryId }) => entryId)).toEqual([scan]);
  });

  it("goes on where a run died between archiving and letting go, and archives anew what is lost", async () => {
    const { db } = database;
    const admin = await createScope(db, { role: "admin" });
    const { organisationId } = admin;
    await appendAt(db, admin, dayOf(old, 3), ["scan.start", "scan.end"]);
    const older = monthsAgo(7);
    await appendAt(db, admin, dayOf(older, 3), ["scan.start"]);
    await sealAll(db);
    for (const month of await listMonths(db)) {
      for (const leaving of await findLeaving(db, month)) await archiveMonth(db, month, leaving, archive);
    }
    const [first, second] = await readArchives(db, organisationId);
    expect([first?.entries, second?.entries]).toEqual([1, 2]);
    expect(await readLeft(db, organisationId)).toHaveLength(3);
    rmSync(join(archive.folder, first?.file ?? ""));
    const run = await retain();
    expect(run.archived).toBe(1);
    expect(run.released.map(({ month, entries }) => [month, entries])).toEqual([
      [monthName(older), 1],
      [monthName(old), 2],
    ]);
    expect(await readLeft(db, organisationId)).toEqual([]);
    expect(readdirSync(archive.folder).sort()).toEqual(
      (await readArchives(db, organisationId))
        .slice(1)
        .map(({ file }) => file)
        .sort(),
    );
  });

  it("does not count a file that was changed since", async () => {
    const { db } = database;
    const admin = await createScope(db, { role: "admin" });
    await appendAt(db, admin, dayOf(old, 3), ["scan.start"]);
    await sealAll(db);
    const [month] = (await listMonths(db)).filter(({ name }) => name === monthName(old));
    if (!month) throw new Error("The month was opened.");
    for (const leaving of await findLeaving(db, month)) await archiveMonth(db, month, leaving, archive);
    const [first] = await readArchives(db, admin.organisationId);
    appendFileSync(join(archive.folder, first?.file ?? ""), "more");
    expect((await retain()).archived).toBe(1);
  });

  it("writes several files rather than one too large", async () => {
    const { db } = database;
    const admin = await createScope(db, { role: "admin" });
    const ids: string[] = [];
    for (let batch = 0; batch < 6; batch += 1) {
      ids.push(...(await appendAt(db, admin, dayOf(old, batch + 1), Array(150).fill("scan.start"))));
      await sealAll(db);
    }
    const limitBytes = 150_000;
    await performRetention(db, { folder: archive.folder, limitBytes });
    const archives = await readArchives(db, admin.organisationId);
    expect(archives.length).toBeGreaterThan(1);
    expect(archives.map(({ part }) => part)).toEqual(archives.map((_, index) => index + 1));
    expect(archives.filter(({ size }) => size > limitBytes)).toEqual([]);
    expect(await readTold(admin.organisationId)).toEqual(ids);
    expect(await readLeft(db, admin.organisationId)).toEqual([]);
  });

  it("keeps what isn't sealed, what isn't what was sealed, and what is dated outside all months as long as any", async () => {
    const { db, sql: admin } = database;
    const scope = await createScope(db, { role: "admin" });
    const [fine = "", spoiled = ""] = await appendAt(db, scope, dayOf(old, 3), ["scan.start", "scan.end"]);
    const [elsewhere = ""] = await appendDated(db, scope, new Date("2003-03-03T03:03:03Z"), ["scan.start"]);
    const [future = ""] = await appendDated(db, scope, new Date("2099-01-01T00:00:00Z"), ["scan.start"]);
    await sealAll(db);
    const [unsealed = ""] = await appendAt(db, scope, dayOf(old, 4), ["scan.start"]);
    await admin.begin(async (tx) => {
      await tx`set local session_replication_role = replica`;
      await tx`update audit_entries set object_id = 'another' where entry_id = ${spoiled}`;
    });
    expect((await retain()).archived).toBe(2);
    expect((await readTold(scope.organisationId)).sort()).toEqual([elsewhere, fine].sort());
    expect((await readLeft(db, scope.organisationId)).map(({ entryId }) => entryId).sort()).toEqual(
      [spoiled, future, unsealed].sort(),
    );
  });

  it("lets go of nothing whose file is lost where it can't be archived anew", async () => {
    const { db } = database;
    const scope = await createScope(db, { role: "admin" });
    await appendAt(db, scope, dayOf(old, 3), ["scan.start", "scan.end"]);
    await sealAll(db);
    await archiveNow(db, scope, { from: null, to: null }, archive);
    for (const file of readdirSync(archive.folder)) rmSync(join(archive.folder, file));
    const own = auditKeyring();
    const [other] = auditKeyringOf([
      { id: "other", base64: Buffer.alloc(32, 9).toString("base64") },
    ]).byId.values();
    if (!other) throw new Error("The keyring has a key.");
    // With public keys that nothing was signed by, no archive passes.
    provideAuditKeyring({ first: own.first, byId: new Map([["other", other]]) });
    await expect(retain()).rejects.toThrow("can't be proven");
    provideAuditKeyring(own);
    expect(await readLeft(db, scope.organisationId)).toHaveLength(2);
    expect(await retain()).toMatchObject({ archived: 2, released: [{ entries: 2 }] });
  });

  it("lets go of nothing when what was archived can't be proven", async () => {
    const { db } = database;
    const admin = await createScope(db, { role: "admin" });
    await appendAt(db, admin, dayOf(old, 3), ["scan.start"]);
    await sealAll(db);
    provideAuditKeyring(auditKeyringOf([{ id: "other", base64: Buffer.alloc(32, 99).toString("base64") }]));
    await expect(retain()).rejects.toThrow(
      "What was archived can't be proven, so nothing left the database.",
    );
    provideAuditKeyring(undefined);
    expect(await readLeft(db, admin.organisationId)).toHaveLength(1);
    expect(await readArchives(db, admin.organisationId)).toEqual([]);
    expect(readdirSync(archive.folder)).toEqual([]);
    const [said] = await db
      .select({ result: auditEntries.result, after: auditEntries.after })
      .from(auditEntries)
      .where(eq(auditEntries.action, "audit_archive.write"));
    expect(said).toMatchObject({
      result: "failed",
      after: { reason: expect.stringContaining("can't be proven") },
    });
  });
});

describe("audit_release", () => {
  it("lets go of nothing that no archive is recorded for, and only where an entry says so", async () => {
    const { db, sql: admin } = database;
    const scope = await createScope(db, { role: "admin" });
    await appendAt(db, scope, dayOf(old, 3), ["scan.start", "scan.end"]);
    await sealAll(db);
    const [month] = (await listMonths(db)).filter(({ name }) => name === monthName(old));
    if (!month) throw new Error("The month was opened.");
    const day = month.month;
    expect([...(await admin`select * from audit_release(${day}::date)`)]).toEqual([]);
    for (const leaving of await findLeaving(db, month)) await archiveMonth(db, month, leaving, archive);
    await expect(admin`select * from audit_release(${day}::date)`).rejects.toThrow(
      `no entry says that ${month.name} is let go of`,
    );
    const hold = { name: "Case 8", reason: "The court wants it" };
    await placeHold(db, scope, hold);
    expect(await releaseMonth(db, month)).toEqual([]);
    expect([...(await admin`select * from audit_release(${day}::date)`)]).toEqual([]);
    expect(await readLeft(db, scope.organisationId)).toHaveLength(2);
  });

  it("waits for writers, and lets a hold wait for it", async () => {
    const { db, sql: admin } = database;
    const scope = await createScope(db, { role: "admin" });
    await appendAt(db, scope, dayOf(old, 3), ["scan.start"]);
    await sealAll(db);
    const [month] = (await listMonths(db)).filter(({ name }) => name === monthName(old));
    if (!month) throw new Error("The month was opened.");
    for (const leaving of await findLeaving(db, month)) await archiveMonth(db, month, leaving, archive);
    const writer = await admin.reserve();
    await writer`begin`;
    await writer`insert into audit_holds (id, organisation_id, name, reason, placed_by)
      values ('hld_1', ${scope.organisationId}, 'Case', 'Court', 'me')`;
    const releasing = releaseMonth(db, month, { pauseMs: 10 });
    await writer`commit`;
    writer.release();
    expect(await releasing).toEqual([]);
    expect(await readLeft(db, scope.organisationId)).toHaveLength(1);
  });
});
