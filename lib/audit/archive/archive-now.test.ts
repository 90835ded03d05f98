import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { listAuditArchives } from "#db/audit/keeping.ts";
import { openDatabase } from "#db/client.ts";
import { createAccount, createScope, createUser } from "#db/factories.ts";
import { migrateDatabase } from "#db/migrate.ts";
import { createTestDatabase } from "#db/test-database.ts";
import { Scope } from "../../auth/scope.ts";
import { openQueue, provideQueue } from "../../jobs/queue.ts";
import { auditKeyring, auditKeyringOf, provideAuditKeyring } from "../keys.ts";
import { readTestTrail } from "../test-trail.ts";
import { type ArchiveRequest, performArchive, requestArchive } from "./archive-now.ts";
import { performRetention } from "./perform-retention.ts";
import { readArchive } from "./read-back.ts";
import {
  appendAt,
  dayOf,
  makeArchiveFolder,
  monthsAgo,
  readArchives,
  readLeft,
  sealAll,
} from "./test-months.ts";

const { db, sql, url, close } = await createTestDatabase();
const queue = await openQueue(url, { works: false });
provideQueue(queue);
let archive: ReturnType<typeof makeArchiveFolder>;
beforeEach(() => {
  archive = makeArchiveFolder();
});
afterEach(() => {
  archive[Symbol.dispose]();
  provideAuditKeyring(undefined);
});
afterAll(async () => {
  await queue.close();
  await close();
});

const publicKeys = () => [...auditKeyring().byId.values()].map((key) => key.public);
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => "done",
    (error: { code?: string }) => error.code,
  );

async function fetchRequest(): Promise<ArchiveRequest> {
  const [job] = await queue.boss.fetch<ArchiveRequest>("audit-archive");
  if (!job) throw new Error("No job was queued.");
  await queue.boss.complete("audit-archive", job.id);
  return job.data;
}

describe("requestArchive", () => {
  it("has a worker write a copy of the organisation's entries of a time, which stay", async () => {
    const admin = await createScope(db, { role: "admin" });
    const other = await createScope(db, { role: "admin" });
    const month = monthsAgo(2);
    await appendAt(db, admin, dayOf(month, 2), ["scan.start"]);
    const [wanted = ""] = await appendAt(db, admin, dayOf(month, 3), ["scan.end"]);
    await appendAt(db, other, dayOf(month, 3), ["scan.start"]);
    await appendAt(db, admin, dayOf(month, 4), ["scan.start"]);
    await sealAll(db);
    const [from, to] = [dayOf(month, 3).toISOString(), dayOf(month, 4).toISOString()];
    expect(await requestArchive(db, admin, { from, to })).toEqual({ queued: true });
    await performArchive(db, await fetchRequest(), archive);
    const [written] = await readArchives(db, admin.organisationId);
    const told: string[] = [];
    const read = await readArchive(
      join(archive.folder, written?.file ?? ""),
      publicKeys(),
      ({ canonical }) => {
        told.push(JSON.parse(canonical).id);
      },
    );
    expect(told).toEqual([wanted]);
    expect(read.verification).toMatchObject({
      ok: true,
      entries: 1,
      first: written?.first,
      last: written?.last,
    });
    expect(written).toMatchObject({ month: null, part: 1, createdBy: admin.actor.id, droppedAt: null });
    expect(await readLeft(db, admin.organisationId)).toHaveLength(3);
    expect(await readArchives(db, other.organisationId)).toEqual([]);
    const trail = await readTestTrail(db, admin.organisationId);
    expect(
      trail.slice(-2).map(({ action, actorId, result, after }) => ({ action, actorId, result, after })),
    ).toEqual([
      { action: "audit_archive.request", actorId: admin.actor.id, result: "done", after: { from, to } },
      {
        ...{ action: "audit_archive.write", actorId: admin.actor.id, result: "done" },
        after: expect.objectContaining({ file: written?.file, entries: 1, month: null }),
      },
    ]);
    expect((await listAuditArchives(db, admin)).total).toMatchObject({
      files: 1,
      entries: 1,
      bytes: written?.size,
    });
    expect((await listAuditArchives(db, other)).archives).toEqual([]);
  });

  it("says in the trail when it fails", async () => {
    const admin = await createScope(db, { role: "admin" });
    await appendAt(db, admin, new Date(), ["scan.start"]);
    await sealAll(db);
    await requestArchive(db, admin, {});
    const request = await fetchRequest();
    provideAuditKeyring(auditKeyringOf([{ id: "test", base64: Buffer.alloc(32, 99).toString("base64") }]));
    await expect(performArchive(db, request, archive)).rejects.toThrow("can't be proven");
    expect(await readArchives(db, admin.organisationId)).toEqual([]);
    const [said] = await sql`
      select action, result, actor_id from audit_entries where organisation_id = ${admin.organisationId}
      order by id desc limit 1`;
    expect(said).toEqual({ action: "audit_archive.write", result: "failed", actor_id: admin.actor.id });
  });

  it("is refused without permission, to who sees only some accounts, and for no time", async () => {
    const admin = await createScope(db, { role: "admin" });
    const { organisationId } = admin;
    const auditor = await createScope(db, { role: "auditor", organisationId });
    const account = await createAccount(db, { organisationId });
    const partly = Scope.ofUser({
      ...(await createUser(db, { role: "admin", organisationId })),
      accountIds: [account.id],
    });
    expect(await codeOf(requestArchive(db, auditor, {}))).toBe("forbidden");
    expect(await codeOf(requestArchive(db, partly, {}))).toBe("forbidden");
    const [from, to] = ["2026-02-01T00:00:00Z", "2026-01-01T00:00:00Z"];
    expect(await codeOf(requestArchive(db, admin, { from, to }))).toBe("invalid_input");
  });
});

it("archives and lets go as a user who may change nothing of the trail", async () => {
  await using own = await createTestDatabase();
  const app = `app_${randomBytes(4).toString("hex")}`;
  await own.sql.unsafe(`create role ${app} login password 'pass'`);
  const appUrl = Object.assign(new URL(own.url), { username: app, password: "pass" }).href;
  await migrateDatabase(own.url, { appUrl });
  const admin = await createScope(own.db, { role: "admin" });
  const working = openDatabase(appUrl, { max: 3 });
  try {
    const old = monthsAgo(6);
    await appendAt(working.db, admin, dayOf(old, 3), ["scan.start"]);
    await appendAt(working.db, admin, monthsAgo(1), ["scan.start"]);
    await sealAll(working.db);
    const run = await performRetention(working.db, archive);
    expect(run).toMatchObject({ archived: 1, released: [{ entries: 1 }] });
    expect(await readLeft(working.db, admin.organisationId)).toHaveLength(1);
    const [archived] = await readArchives(working.db, admin.organisationId);
    expect(archived?.droppedAt).toEqual(expect.any(Date));
    await expect(working.sql`update audit_archives set dropped_at = null`).rejects.toThrow(
      "permission denied",
    );
    await expect(working.sql`delete from audit_archives`).rejects.toThrow("permission denied");
  } finally {
    await working.close();
  }
});
