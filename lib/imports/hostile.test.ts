import { sql } from "drizzle-orm";
import { afterAll, describe, expect, it } from "vitest";
import { createAccount, createUser } from "#db/factories.ts";
import { getImportedCheck, labelChecks, listImportedChecks } from "#db/imports/checks.ts";
import { createTestDatabase } from "#db/test-database.ts";
import { Scope } from "#lib/auth/scope.ts";
import { openQueue, provideQueue } from "#lib/jobs/queue.ts";
import { readers } from "./formats.ts";
import { foreignCheckId, importedKind, linkOf, severityOf, shorten, slug } from "./row-fields.ts";
import { importText, ocsf } from "./test-imports.ts";

const { db, url, close } = await createTestDatabase();
const queue = await openQueue(url, { works: false });
provideQueue(queue);
afterAll(async () => {
  await queue.close();
  await close();
});

const hostile = [
  "=cmd|' /C calc'!A0",
  "<script>alert(1)</script>",
  "\u001b[31mred\u001b[0m\u0007",
  "\u202eexcod.tpircs",
  "nul\u0000nul",
  "lone\ud800half",
  "'; drop table findings; --",
  "__proto__",
  "\\u0000 {0} %s",
];

describe("hostile strings", () => {
  it.each(hostile)("are stored in every field as text: %j", async (text) => {
    const account = await createAccount(db);
    const scope = Scope.ofUser(await createUser(db, { organisationId: account.organisationId }));
    const event = ocsf(account.externalId, {
      check: text,
      uid: text,
      detail: text,
      title: text,
      region: text,
    });
    const resource = {
      ...event.resources[0],
      name: text,
      type: text,
      group: { name: text },
      labels: [`${text}:${text}`],
    };
    const row = {
      ...event,
      resources: [resource],
      risk_details: text,
      remediation: { desc: text, references: [text] },
    };
    const done = await importText(db, scope, JSON.stringify([row]), { fileName: text });
    expect(done).toMatchObject({ status: "done", rows: 1, created: 1, rejected: 0 });
    const clean = text.replaceAll("\0", "\ufffd").toWellFormed();
    const [stored] = await db.execute<Record<string, string>>(sql`
      select f.check_id as "checkId", f.reason, f.region, r.uid, r.name, r.kind, r.service, r.tags
      from findings f join resources r on r.id = f.resource_id where f.organisation_id = ${account.organisationId}`);
    expect(stored).toMatchObject({ reason: clean, uid: clean, name: clean });
    expect(stored?.checkId).toMatch(/^prowler\.[A-Za-z0-9._-]+$/);
    expect(stored?.kind).toMatch(/^imported\.[a-z0-9-]+$/);
    expect(stored?.service).toMatch(/^[a-z0-9._-]+$/);
    expect(stored?.region).toMatch(/^[a-z0-9._-]+$/);
    const [check] = await listImportedChecks(db, scope);
    expect(check).toMatchObject({ title: clean, risk: clean, remediation: clean, url: "" });
    expect(await getImportedCheck(db, scope, check?.checkId ?? "")).toEqual(check);
    expect([
      ...(await labelChecks(db, scope, [check?.checkId ?? "", "aws.s3.bucket-tls-only", "prowler.none"])),
    ]).toEqual([[check?.checkId, clean]]);
    const stranger = Scope.ofUser(await createUser(db));
    expect(await getImportedCheck(db, stranger, check?.checkId ?? "")).toBeNull();
    expect((await labelChecks(db, stranger, [check?.checkId ?? ""])).size).toBe(0);
  });

  it.each(["constructor", "__proto__"])("are no severity: %s", (word) => {
    expect(severityOf(word)).toBeUndefined();
  });

  it("of a million characters are cut in no time to speak of", () => {
    const dashes = `${"-".repeat(1_000_000)}x`;
    expect(slug(dashes, "other")).toBe("other");
    expect(importedKind(dashes)).toBe("imported.other");
    expect(foreignCheckId("prowler", dashes)).toMatch(/^prowler\.-+-[0-9a-f]{8}$/);
    expect(shorten("\u{1f600}".repeat(10), 6)).toBe("\u{1f600}\u{1f600}\ufffd…");
  });

  it("make no two checks one, nor a link of what is none", () => {
    expect(foreignCheckId("sarif", "a b")).not.toBe(foreignCheckId("sarif", "a/b"));
    expect(linkOf("javascript:alert(1)", "data:text/html,x", "aws s3 ls", "https://example.com/<x>")).toBe(
      "https://example.com/%3Cx%3E",
    );
  });
});

describe("a report of 200 MB", () => {
  it("is read in little memory", async () => {
    const event = JSON.stringify(ocsf("111122223333", { detail: "x".repeat(10_000) }));
    const piece = Buffer.from(`${event},`.repeat(95));
    const size = 200_000_000;
    async function* generate(): AsyncGenerator<Uint8Array> {
      yield Buffer.from("[");
      for (let bytes = 0; bytes < size; bytes += piece.length) yield piece;
      yield Buffer.from(`${event}]`);
    }
    const before = process.memoryUsage();
    let [rows, peak] = [0, 0];
    for await (const row of readers.prowler_ocsf({ open: generate, named: () => undefined })) {
      rows += row.finding ? 1 : 0;
      if (rows % 500 !== 0) continue;
      const now = process.memoryUsage();
      peak = Math.max(peak, now.heapUsed + now.external - before.heapUsed - before.external);
    }
    // Most of it is garbage that nobody has picked up yet; the whole file would be far more.
    expect(rows).toBe(Math.ceil(size / piece.length) * 95 + 1);
    expect(peak).toBeLessThan(180_000_000);
  }, 120_000);

  it("that is one row without an end is read in little memory, too", async () => {
    async function* generate(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('[{"finding_info": "');
      for (let megabytes = 0; megabytes < 100; megabytes += 1) yield Buffer.alloc(1_000_000, "x");
      yield Buffer.from('"}]');
    }
    const before = process.memoryUsage().heapUsed;
    const rows: unknown[] = [];
    for await (const row of readers.prowler_ocsf({ open: generate, named: () => undefined })) rows.push(row);
    expect(rows).toEqual([{ row: 1, subject: "", reason: "The row has more than 1,000,000 characters." }]);
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(80_000_000);
  }, 60_000);
});
