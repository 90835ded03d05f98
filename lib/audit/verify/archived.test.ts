import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createScope } from "#db/factories.ts";
import { createTestDatabase } from "#db/test-database.ts";
import { performRetention } from "../archive/perform-retention.ts";
import {
  appendAt,
  dayOf,
  makeArchiveFolder,
  monthsAgo,
  readArchives,
  sealAll,
} from "../archive/test-months.ts";
import { auditKeyring } from "../keys.ts";
import { verifyTrail } from "./verify-trail.ts";

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let archive: ReturnType<typeof makeArchiveFolder>;
let file: string;
let ids: string[];
beforeEach(async () => {
  database = await createTestDatabase();
  archive = makeArchiveFolder();
  const { db } = database;
  const admin = await createScope(db, { role: "admin" });
  ids = await appendAt(db, admin, dayOf(monthsAgo(6), 3), ["scan.start", "user.rename", "scan.end"]);
  await appendAt(db, admin, dayOf(monthsAgo(1), 3), ["scan.start"]);
  await sealAll(db);
  await performRetention(db, { folder: archive.folder, pauseMs: 10 });
  await sealAll(db);
  [{ file } = { file: "" }] = await readArchives(db, admin.organisationId);
});
afterEach(async () => {
  archive[Symbol.dispose]();
  await database.close();
});

const verify = async (archives: string | null = archive.folder) => {
  const { url } = database;
  const found = await verifyTrail({ url, keys: auditKeyring(), anchors: [], archives, workers: 0 });
  const problems = found.problems.map(({ detail: _, ...problem }) => problem);
  return { verified: found.verified, archived: found.archived, problems };
};
const path = () => join(archive.folder, file);
const edit = (change: (text: string) => string) =>
  writeFileSync(path(), gzipSync(change(gunzipSync(readFileSync(path())).toString())));

describe("a month that left the database", () => {
  it("verifies from its archive", async () => {
    expect(await verify()).toEqual({ verified: 3, archived: 3, problems: [] });
    expect(await verify(null)).toEqual({ verified: 3, archived: 3, problems: [] });
  });

  it("is missed where its archive is gone", async () => {
    rmSync(path());
    const problems = [{ kind: "archive_missing", position: 0, count: 3, of: file }];
    expect(await verify()).toEqual({ verified: 3, archived: 0, problems });
  });

  it("names the entry that was changed in it, though everything else was made to fit", async () => {
    edit((text) => text.replace("user.rename", "user.remove"));
    const problem = { kind: "archive_changed", position: 1, entryId: ids[1], of: file };
    expect((await verify()).problems).toEqual([problem]);
    await database.sql`update audit_archives set sha256 = ${"0".repeat(64)}`;
    expect((await verify()).problems).toEqual([problem]);
  });

  it("names where an entry was taken out of it, and a file that was cut off", async () => {
    edit((text) =>
      text
        .split("\n")
        .filter((line) => !line.startsWith('{"position":1,'))
        .join("\n"),
    );
    expect((await verify()).problems).toEqual([{ kind: "archive_changed", position: 1, of: file }]);
    writeFileSync(path(), readFileSync(path()).subarray(0, 60));
    expect((await verify()).problems).toEqual([{ kind: "archive_changed", position: 0, of: file }]);
  });

  it("is removed where the database was never let go of it, whatever an archive holds", async () => {
    await database.sql.begin(async (tx) => {
      await tx`set local session_replication_role = replica`;
      await tx`update audit_archives set dropped_at = null`;
    });
    const problems = [{ kind: "removed", position: 0, count: 3 }];
    expect(await verify()).toEqual({ verified: 3, archived: 0, problems });
  });

  it("is removed where the database forgot its archive, or never had one", async () => {
    await database.sql`delete from audit_archives`;
    expect((await verify()).problems).toEqual([{ kind: "removed", position: 0, count: 3 }]);
  });
});
