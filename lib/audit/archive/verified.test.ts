import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { createScope } from "#db/factories.ts";
import { createTestDatabase } from "#db/test-database.ts";
import { auditKeyring } from "../keys.ts";
import { verifyTrail } from "../verify/verify-trail.ts";
import { performRetention } from "./perform-retention.ts";
import { appendAt, dayOf, makeArchiveFolder, monthsAgo, readArchives, sealAll } from "./test-months.ts";

it("a trail whose months have left the database verifies from their archives, and not without them", async () => {
  await using database = await createTestDatabase();
  using archive = makeArchiveFolder();
  const { db, url } = database;
  const admin = await createScope(db, { role: "admin" });
  const other = await createScope(db, { role: "admin" });
  const old = monthsAgo(6);
  for (let day = 1; day <= 3; day += 1) {
    await appendAt(db, admin, dayOf(old, day), ["scan.start", "user.rename"]);
    await appendAt(db, other, dayOf(old, day), ["scan.start"]);
    await sealAll(db);
  }
  await appendAt(db, admin, new Date(), ["scan.start"]);
  await sealAll(db);
  const verify = async () => {
    const { ok, verified, archived, problems } = await verifyTrail({
      ...{ url, keys: auditKeyring(), anchors: [], archives: archive.folder, workers: 0 },
    });
    return { ok, verified, archived, kinds: problems.map(({ kind, of }) => [kind, of]) };
  };
  expect(await verify()).toMatchObject({ ok: true, archived: 0, kinds: [] });
  expect((await performRetention(db, archive)).archived).toBe(9);
  await sealAll(db);
  expect(await verify()).toMatchObject({ ok: true, archived: 9, kinds: [] });

  const [{ file } = { file: "" }] = await readArchives(db, admin.organisationId);
  const path = join(archive.folder, file);
  renameSync(path, `${path}.away`);
  expect(await verify()).toMatchObject({ ok: false, kinds: [["archive_missing", file]] });
  const told = gunzipSync(readFileSync(`${path}.away`)).toString();
  writeFileSync(path, gzipSync(told.replace('"action":"user.rename"', '"action":"user.delete"')));
  expect(await verify()).toMatchObject({ ok: false, kinds: [["archive_changed", file]] });
  renameSync(`${path}.away`, path);
  expect(await verify()).toMatchObject({ ok: true, archived: 9, kinds: [] });
});
