import { gzipSync } from "node:zlib";
import { eq, sql } from "drizzle-orm";
import { afterAll, describe, expect, it } from "vitest";
import { createAccount, createUser } from "#db/factories.ts";
import { imports } from "#db/imports/schema.ts";
import { createTestDatabase } from "#db/test-database.ts";
import { Scope } from "#lib/auth/scope.ts";
import { openQueue, provideQueue } from "#lib/jobs/queue.ts";
import { receiveUpload } from "./receive-upload.ts";
import { bytesOf, limits, ocsf, readImport } from "./test-imports.ts";

const { db, url, close } = await createTestDatabase();
const queue = await openQueue(url, { works: false });
provideQueue(queue);
afterAll(async () => {
  await queue.close();
  await close();
});

async function createWorld(role: "analyst" | "auditor" = "analyst") {
  const account = await createAccount(db);
  const user = await createUser(db, { organisationId: account.organisationId, role });
  const report = JSON.stringify([ocsf(account.externalId, {})]);
  return { account, scope: Scope.ofUser(user), report, organisationId: account.organisationId };
}

const importsOf = (organisationId: string) =>
  db.select({ id: imports.id }).from(imports).where(eq(imports.organisationId, organisationId));

async function contentOf(importId: string): Promise<Buffer[]> {
  const rows = await db.execute<{ content: Buffer }>(
    sql`select content from import_pieces where import_id = ${importId} order by piece`,
  );
  return rows.map(({ content }) => Buffer.from(content));
}

describe("receiveUpload", () => {
  it("keeps the file in pieces, unpacked, and queues it", async () => {
    const { scope, report } = await createWorld();
    const small = { ...limits, pieceBytes: 100 };
    const plain = await receiveUpload(
      db,
      scope,
      { fileName: "C:\\fakepath\\a\u0000b.json" },
      bytesOf(report, 33),
      small,
    );
    const packed = await receiveUpload(db, scope, { fileName: "" }, bytesOf(gzipSync(report), 1), small);
    for (const { importId, bytes, format } of [plain, packed]) {
      const pieces = await contentOf(importId);
      expect(pieces.slice(0, -1).every(({ length }) => length === 100)).toBe(true);
      expect(Buffer.concat(pieces).toString()).toBe(report);
      expect([bytes, format]).toEqual([Buffer.byteLength(report), "prowler_ocsf"]);
    }
    expect(await readImport(db, plain.importId)).toMatchObject({
      status: "waiting",
      fileName: "a\ufffdb.json",
    });
    expect(await readImport(db, packed.importId)).toMatchObject({ fileName: "report" });
    const jobs = await db.execute<{ data: unknown }>(
      sql`select data from pgboss.job where name = 'import-report' order by created_on`,
    );
    expect(jobs.map(({ data }) => data)).toEqual(
      expect.arrayContaining([{ importId: plain.importId }, { importId: packed.importId }]),
    );
  });

  it.each([
    ["nothing", "", {}, /it is an empty file\.$/],
    ["a page", "<!DOCTYPE html><title>Sign in</title>", {}, /it is an HTML page\.$/],
    ["another JSON", '{"a": 1, "b": {}}', {}, /it is JSON with a, b\.$/],
    ["another table", "name;size\nx;1\n", {}, /it is a table whose heading begins with name;size\.$/],
    [
      "a spreadsheet",
      "PK\u0003\u0004....",
      {},
      /a ZIP archive or a spreadsheet; unpack it, or save it as CSV/,
    ],
    ["a word of prose", "Dear auditors", {}, /it is a file that begins with Dear auditors\.$/],
    [
      "another format than was said",
      "CHECK_ID;STATUS\n",
      { format: "sarif" as const },
      /^Nothing was imported. It was said to be SARIF 2\.1\.0, but it looks like Prowler \(CSV\)\./,
    ],
    ["SARIF without an account", '{"version": "2.1.0", "runs": []}', {}, /name the account to import it for/],
  ])("refuses %s, and keeps nothing of it", async (_what, text, input, message) => {
    const { scope, organisationId } = await createWorld();
    await expect(
      receiveUpload(db, scope, { fileName: "x", ...input }, bytesOf(text), limits),
    ).rejects.toMatchObject({
      name: "DomainError",
      code: "invalid_input",
      message: expect.stringMatching(message),
    });
    expect(await importsOf(organisationId)).toEqual([]);
  });

  it("stops at the limit, packed or unpacked, without unpacking the rest", async () => {
    const { scope, organisationId } = await createWorld();
    const tight = { maxBytes: 2 * 1_048_576, pieceBytes: 1_048_576 };
    const large = `[${" ".repeat(3 * 1_048_576)}]`;
    await expect(
      receiveUpload(db, scope, { fileName: "x", format: "asff" }, bytesOf(large, 65_536), tight),
    ).rejects.toThrow(/The file has more than 2 MB, which is the most\./);
    // 1 GB of blanks in a megabyte; a thousandth of it is ever unpacked.
    const bomb = gzipSync(Buffer.alloc(64 * 1_048_576, " "), { level: 9 });
    const members = Array.from({ length: 16 }, () => bomb);
    let taken = 0;
    const body = (async function* () {
      yield Buffer.from(gzipSync('[{"finding_info": 1,'));
      for (const member of members) {
        for await (const piece of bytesOf(member, 4_096)) {
          taken += piece.length;
          yield piece;
        }
      }
    })();
    await expect(receiveUpload(db, scope, { fileName: "x" }, body, tight)).rejects.toThrow(
      /The file has more than 2 MB when unpacked, which is the most\./,
    );
    expect(taken).toBeLessThan(bomb.length * 2);
    expect(await importsOf(organisationId)).toEqual([]);
  });

  it("keeps nothing of an upload that breaks off, or whose packing is damaged", async () => {
    const { scope, report, organisationId } = await createWorld();
    const breaking = (async function* () {
      yield Buffer.from(report.slice(0, 50));
      throw new Error("The connection was reset.");
    })();
    await expect(receiveUpload(db, scope, { fileName: "x" }, breaking, limits)).rejects.toThrow("was reset");
    const packed = gzipSync(report);
    await expect(
      receiveUpload(db, scope, { fileName: "x" }, bytesOf(packed.subarray(0, -12)), limits),
    ).rejects.toMatchObject({
      code: "invalid_input",
      message: expect.stringMatching(/gzip file is damaged or ends too early/),
    });
    expect(await importsOf(organisationId)).toEqual([]);
  });

  it("is for those who may, about accounts that they see", async () => {
    const { scope, report, account } = await createWorld("auditor");
    await expect(receiveUpload(db, scope, { fileName: "x" }, bytesOf(report), limits)).rejects.toMatchObject({
      code: "forbidden",
    });
    const other = await createWorld();
    await expect(
      receiveUpload(db, other.scope, { fileName: "x", accountId: account.id }, bytesOf(report), limits),
    ).rejects.toMatchObject({ code: "not_found" });
    const narrow = Scope.ofUser({
      ...(await createUser(db, { organisationId: other.organisationId })),
      accountIds: [],
    });
    await expect(
      receiveUpload(db, narrow, { fileName: "x", accountId: other.account.id }, bytesOf(report), limits),
    ).rejects.toMatchObject({ code: "not_found" });
    expect(await importsOf(other.organisationId)).toEqual([]);
  });

  it("takes no more than a few at once, and drops what was abandoned", async () => {
    const { scope, report, organisationId } = await createWorld();
    const values = { organisationId, format: "asff" as const, fileName: "x", status: "uploading" as const };
    await db.insert(imports).values(Array.from({ length: 5 }, () => values));
    const send = () => receiveUpload(db, scope, { fileName: "x" }, bytesOf(report), limits);
    await expect(send()).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringMatching(/5 imports are not finished yet/),
    });
    await db
      .update(imports)
      .set({ createdAt: sql`now() - interval '7 hours'` })
      .where(eq(imports.organisationId, organisationId));
    const { importId } = await send();
    expect(await importsOf(organisationId)).toEqual([{ id: importId }]);
  });

  it("takes no more than a few of those that begin in one moment", async () => {
    const { scope, report } = await createWorld();
    const sent = await Promise.allSettled(
      Array.from({ length: 12 }, () => receiveUpload(db, scope, { fileName: "x" }, bytesOf(report), limits)),
    );
    expect(sent.filter(({ status }) => status === "fulfilled")).toHaveLength(5);
    expect(sent.find(({ status }) => status === "rejected")).toMatchObject({ reason: { code: "conflict" } });
  });
});
