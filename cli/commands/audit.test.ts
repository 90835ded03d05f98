import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { AuditEntryView, AuditIntegrity } from "#db/audit/model.ts";
import { createOrganisation, createUser } from "#db/factories.ts";
import { createTestDatabase } from "#db/test-database.ts";
import { issueToken } from "#lib/api/test-api.ts";
import { appendAudit } from "#lib/audit/append.ts";
import { Scope } from "#lib/auth/scope.ts";
import { pickEnvironment } from "#lib/env.ts";
import { runParapet, startTestServer } from "../remote/test-server.ts";

const { db, url: databaseUrl, close } = await createTestDatabase();
const { id: organisationId } = await createOrganisation(db, { name: "Acme" });
const ada = await createUser(db, { organisationId, role: "auditor", name: "Ada" });
const token = await issueToken(db, ada);
const server = await startTestServer(db);
const folder = mkdtempSync(join(tmpdir(), "parapet-audit-cli-"));
afterAll(async () => {
  server.close();
  rmSync(folder, { recursive: true });
  await close();
});

const scope = Scope.ofUser(ada);
const record = (action: string, id: string, more = {}) =>
  db.transaction((tx) => appendAudit(tx, scope, { action, object: { kind: "scan", id }, ...more }));
await record("scan.start", "scn_1", { durationMs: 20, after: { accounts: 2 } });
const refused = await record("scan.cancel", "scn_1", { result: "refused", after: { code: "forbidden" } });

const here = { DATABASE_URL: databaseUrl, ...pickEnvironment("PARAPET_AUDIT_KEYS") };
const there = { PARAPET_URL: server.url, PARAPET_TOKEN: token };
const long = 120_000;

describe.each([
  ["on the database", here],
  ["on a server", there],
])("the trail %s", (_, environment) => {
  const parapet = (...args: string[]) => runParapet(environment, "audit", ...args);

  it("is listed, counted and judged", { timeout: long }, async () => {
    const listed = await parapet("query", "--action", "scan.*", "--since", "1w");
    expect(listed).toMatchObject({ code: 0, stderr: expect.stringContaining("2 entries\n") });
    expect(listed.stdout.split("\n").map((line) => line.slice(26))).toEqual([
      expect.stringMatching(/^who +result +what$/),
      expect.stringMatching(/^Ada +refused +was not allowed to cancel scan scn_1 \(forbidden\)$/),
      expect.stringMatching(/^Ada +done +started scan scn_1 of 2 accounts$/),
      "",
    ]);
    const [entry] = JSON.parse(
      (await parapet("query", "--result", "refused", "--json")).stdout,
    ) as AuditEntryView[];
    expect(entry).toMatchObject({
      id: refused,
      actor: { id: ada.id, name: "Ada" },
      after: { code: "forbidden" },
    });
    expect((await parapet("query", "--text", "cancel", "--verbose")).stdout).toContain(
      `  entry       ${refused}`,
    );
    expect((await parapet("stats", "--json")).stdout).toContain('"action": "scan.start"');
    expect((await parapet("errors")).stdout).toMatch(/^1 +0 +refused +scan\.cancel +forbidden +/m);
    expect((await parapet("performance")).stdout).toMatch(/^1 +20 +20 +20 +20 +20 +20 +scan\.start$/m);
    const told = await parapet("integrity", "--json");
    const integrity = JSON.parse(told.stdout) as AuditIntegrity;
    expect(integrity).toMatchObject({ sealed: 0, checkpoint: null, anchors: [] });
    expect(integrity.pending.count).toBeGreaterThanOrEqual(2);
    // Nothing seals here: after a minute that is told.
    expect(told.code).toBe(integrity.state === "behind" ? 1 : 0);
    expect((await parapet("integrity")).stdout).toMatch(/^ {2}verified +everything: never$/m);
  });

  it("is exported, and never over a file that is there", { timeout: long }, async () => {
    const out = join(folder, "PARAPET_URL" in environment ? "remote.csv" : "local.csv");
    const done = await parapet("export", "--action", "scan.*", "--out", out);
    expect(done).toMatchObject({ code: 0, stdout: "", stderr: expect.stringMatching(/^\d+ bytes in /m) });
    expect(readFileSync(out, "utf8").split("\r\n")).toHaveLength(4);
    expect((await parapet("export", "--out", out)).code).toBe(1);
    expect(await parapet("export", "--format", "json")).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("Nothing can be proven yet"),
    });
  });

  it("says what can't be asked for", { timeout: long }, async () => {
    expect(await parapet("query", "--since", "yesterday")).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("yesterday is no time"),
    });
    expect(await parapet("query", "--since", "1h", "--until", "2h")).toMatchObject({ code: 1 });
    expect((await parapet("query", "--result", "nice")).stderr).toContain("done, refused, failed");
  });
});

it("left no bug behind", () => expect(server.bugs).toEqual([]));
