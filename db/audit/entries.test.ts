import { afterAll, describe, expect, it } from "vitest";
import { appendAudit } from "#lib/audit/append.ts";
import { type AuditFilter, auditFilter } from "#lib/audit/filter.ts";
import { Scope } from "#lib/auth/scope.ts";
import { createScope, createUser } from "../factories.ts";
import { createTestDatabase } from "../test-database.ts";
import { getEntry, listEntries } from "./entries.ts";

const { db, close } = await createTestDatabase();
afterAll(close);
const maria = await createUser(db, { role: "admin", name: "Maria" });
const scope = Scope.ofUser(maria);
const other = await createScope(db, { role: "admin" });
const record = (as: Scope, action: string, id: string, more = {}) =>
  db.transaction((tx) =>
    appendAudit(tx, as, { action, object: { kind: action.split(".")[0] ?? "", id }, ...more }),
  );
const first = await record(scope, "scan.start", "scn_1", { after: { accounts: 2 }, durationMs: 12.5 });
const second = await record(scope, "scan.cancel", "scn_1", { result: "refused" });
const third = await record(Scope.ofSystem(scope.organisationId, "worker"), "scan.end", "scn_1");
const fourth = await record(scope, "scan_view.save", "viw_1");
await record(other, "scan.start", "scn_9");

const idsOf = async (changes: Parameters<typeof auditFilter>[0]) =>
  (await listEntries(db, scope, auditFilter(changes))).entries.map(({ id }) => id);

describe("the trail's list", () => {
  it("is newest first, with names, and without another organisation's", async () => {
    const { entries, next } = await listEntries(db, scope, auditFilter());
    expect(entries.map(({ id }) => id)).toEqual([fourth, third, second, first]);
    expect(next).toBeNull();
    expect(entries.at(-1)).toEqual({
      id: first,
      at: expect.stringMatching(/^\d{4}-.*Z$/),
      actor: { kind: "user", id: maria.id, name: "Maria", tokenId: null },
      action: "scan.start",
      object: { kind: "scan", id: "scn_1", name: null },
      result: "done",
      durationMs: 12.5,
      correlationId: scope.correlationId,
      origin: null,
      before: null,
      after: { accounts: 2 },
      sealed: false,
    });
    expect(entries[1]?.actor).toEqual({ kind: "system", id: "worker", name: "worker", tokenId: null });
  });

  it("goes on where a page ended", async () => {
    const page = await listEntries(db, scope, auditFilter(), { limit: 3 });
    expect(page.entries.map(({ id }) => id)).toEqual([fourth, third, second]);
    const rest = await listEntries(db, scope, auditFilter(), { limit: 3, after: page.next ?? "" });
    expect(rest).toMatchObject({ entries: [{ id: first }], next: null });
    await expect(listEntries(db, scope, auditFilter(), { after: "x" })).rejects.toMatchObject({
      code: "invalid_input",
    });
  });

  it.each<[string, Partial<AuditFilter>, () => string[]]>([
    ["an action", { actions: ["scan.start"] }, () => [first]],
    ["all of a thing", { actions: ["scan.*"] }, () => [third, second, first]],
    ["several", { actions: ["scan_view.*", "scan.end"] }, () => [fourth, third]],
    ["an actor", { actors: ["worker"] }, () => [third]],
    [
      "two actors",
      { actors: ["worker", maria.id], actions: ["scan.end", "scan.start"] },
      () => [third, first],
    ],
    ["an object", { objectKind: "scan", objectId: "scn_1" }, () => [third, second, first]],
    ["a kind of object", { objectKind: "scan_view" }, () => [fourth]],
    ["a result", { results: ["refused", "failed"] }, () => [second]],
    ["a correlation", { correlationId: scope.correlationId }, () => [fourth, second, first]],
    ["part of an action", { text: "ance" }, () => [second]],
    ["the beginning of an object", { text: "viw_" }, () => [fourth]],
    ["nothing by wildcards", { text: "%" }, () => []],
    ["a time that is over", { to: "2020-01-01T00:00:00.000Z" }, () => []],
    [
      "a time",
      { from: "2020-01-01T00:00:00.000Z", to: "2999-01-01T00:00:00.000Z", text: "scan.end" },
      () => [third],
    ],
  ])("finds by %s", async (_, changes, expected) => {
    expect(await idsOf(changes)).toEqual(expected());
  });

  it("is nobody's who may not read it, or sees some accounts alone", async () => {
    const analyst = await createScope(db, { organisationId: scope.organisationId });
    await expect(listEntries(db, analyst, auditFilter())).rejects.toMatchObject({ code: "forbidden" });
    const some = Scope.ofUser({ ...maria, accountIds: ["acc_1"] });
    await expect(listEntries(db, some, auditFilter())).rejects.toMatchObject({
      code: "forbidden",
      message: expect.stringContaining("you see only some"),
    });
  });
});

describe("one entry", () => {
  it("is given whole", async () => {
    expect(await getEntry(db, scope, first)).toMatchObject({
      ...{ id: first, position: null, batch: null, sealed: false, keyId: expect.any(String) },
      leaf: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  it("of another organisation isn't there", async () => {
    await expect(getEntry(db, other, first)).rejects.toMatchObject({ code: "not_found" });
  });
});
