import { afterAll, expect, it } from "vitest";
import { listEntries } from "#db/audit/entries.ts";
import { createOrganisation, createUser } from "#db/factories.ts";
import { createTestDatabase } from "#db/test-database.ts";
import { Scope } from "../../auth/scope.ts";
import { appendAudit } from "../append.ts";
import { auditFilter } from "../filter.ts";
import { auditKeyring } from "../keys.ts";
import { verifyBundle } from "../proof/verify-bundle.ts";
import { makeCheckpoint } from "../seal/checkpoint.ts";
import { sealPending } from "../seal/seal.ts";
import { csvCell } from "./csv.ts";
import { readExport } from "./read-export.ts";
import { startExport } from "./start-export.ts";

const { db, close } = await createTestDatabase();
afterAll(close);
const { id: organisationId } = await createOrganisation(db);
const maria = await createUser(db, { organisationId, role: "auditor", name: '=cmd|" /C calc"!A0' });
const scope = Scope.ofUser(maria, { via: "browser", address: "192.0.2.7" });
const other = Scope.ofUser(await createUser(db, { role: "auditor" }));

const append = (as: Scope, action: string, id: string) =>
  db.transaction((tx) =>
    appendAudit(tx, as, {
      action,
      object: { kind: "scan", id },
      after: { note: "-1+1", email: "ann@example.test" },
    }),
  );

async function take(
  personal: boolean,
  format: "csv" | "json",
  changes: Parameters<typeof auditFilter>[0] = {},
) {
  const made = await startExport(db, scope, { format, personal, filter: auditFilter(changes) });
  let text = "";
  for await (const piece of readExport(db, scope, made)) text += piece;
  const { entries } = await listEntries(db, scope, auditFilter({ objectId: made.exportId }));
  return { text, made, trail: entries.map(({ action, result, after }) => ({ action, result, after })) };
}

const ids = [await append(scope, "scan.start", "scn_1"), await append(scope, "scan.cancel", "scn_2")];
await append(other, "scan.start", "scn_3");

it("proves nothing before anything is sealed", async () => {
  await expect(startExport(db, scope, { format: "json", filter: auditFilter() })).rejects.toMatchObject({
    code: "unavailable",
  });
});

it("gives a table of what is the organisation's, which no spreadsheet runs, and says so on the trail", async () => {
  const { text, trail } = await take(false, "csv", { actions: ["scan.*"] });
  const lines = text.split("\r\n");
  expect(lines[0]).toMatch(/^\ufeffat,entry,actor_kind,/);
  expect(lines.map((line) => line.split(",")[1])).toEqual(["entry", ids[1], ids[0], undefined]);
  expect(lines[1]).toContain(`,"'=cmd|"" /C calc""!A0",`);
  expect(text).not.toContain("ann@example.test");
  expect(text).toContain("commitment");
  expect(trail).toEqual([
    {
      action: "audit_export.finish",
      result: "done",
      after: {
        format: "csv",
        entries: 2,
        bytes: Buffer.byteLength(text),
        sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
    },
    {
      action: "audit_export.start",
      result: "done",
      after: { format: "csv", personal: false, filter: { actions: ["scan.*"] } },
    },
  ]);
});

it("tells personal data where that is asked for", async () => {
  expect((await take(true, "csv", { actions: ["scan.*"] })).text).toContain("ann@example.test");
});

it("gives a bundle that proves what it tells, and nothing of others", async () => {
  await sealPending(db);
  await makeCheckpoint(db);
  const { text, made } = await take(true, "json", { actions: ["scan.*"] });
  expect(text).not.toContain("scn_3");
  const told: string[] = [];
  const publicKeys = [auditKeyring().first.public];
  const verified = await verifyBundle([text], {
    publicKeys,
    onEntry: ({ canonical }) => void told.push(JSON.parse(canonical).id),
  });
  expect(verified).toMatchObject({ ok: true, entries: 2, header: { size: made.checkpoint?.size } });
  expect(told).toEqual(ids);
  const forged = text.replace("scan.cancel", "scan.fancel");
  expect((await verifyBundle([forged], { publicKeys })).ok).toBe(false);
});

it("says on the trail when it breaks off", async () => {
  const made = await startExport(db, scope, { format: "csv", filter: auditFilter() });
  const pieces = readExport(db, scope, made);
  await pieces.next();
  await pieces.return();
  const { entries } = await listEntries(db, scope, auditFilter({ objectId: made.exportId }));
  expect(entries[0]).toMatchObject({
    action: "audit_export.finish",
    result: "failed",
    after: { code: "broken_off" },
  });
});

it("is nobody's who may only read", async () => {
  const ciso = Scope.ofUser(await createUser(db, { organisationId, role: "ciso" }));
  await expect(startExport(db, ciso, { format: "csv", filter: auditFilter() })).rejects.toMatchObject({
    code: "forbidden",
  });
});

it.each([
  ["plain", "plain"],
  ["=1+1", "'=1+1"],
  [" =1", "' =1"],
  ["@sum", "'@sum"],
  ["-2", "'-2"],
  ["+49 1", "'+49 1"],
  ["\t=1", '"\'\t=1"'],
  ["＝1", "'＝1"],
  ['a "b", c', '"a ""b"", c"'],
  ["a;=1", '"a;=1"'],
])("writes %j as %j", (text, cell) => expect(csvCell(text)).toBe(cell));
