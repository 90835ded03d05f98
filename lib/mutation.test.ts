import { once } from "node:events";
import { eq, sql } from "drizzle-orm";
import { afterAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { auditEntries } from "#db/audit/schema.ts";
import type { Transaction } from "#db/client.ts";
import { createScope } from "#db/factories.ts";
import { organisations } from "#db/identity/schema.ts";
import { createTestDatabase } from "#db/test-database.ts";
import { mostTroubleAMinute } from "./audit/trouble/flood.ts";
import type { Scope } from "./auth/scope.ts";
import { DomainError } from "./errors.ts";
import { defineMutation, parseInput } from "./mutation.ts";

const { db, close } = await createTestDatabase();
afterAll(close);

const rename = defineMutation({
  permission: "scans:run",
  act: { action: "organisation.rename", kind: "organisation", id: ({ organisationId }) => organisationId },
  input: z.object({ name: z.string().trim().min(1, "Give it a name."), entries: z.number().default(1) }),
  run: async ({ tx, scope, input }) => {
    await tx
      .update(organisations)
      .set({ name: input.name })
      .where(eq(organisations.id, scope.organisationId));
    const record = {
      action: "organisation.rename",
      object: { kind: "organisation", id: scope.organisationId },
      after: { name: input.name },
    };
    return {
      result: input.name,
      audit: input.entries === 2 ? [record, { ...record, action: "organisation.tell" }] : record,
    };
  },
});
const nameOf = async ({ organisationId }: Scope) =>
  (await db.select().from(organisations).where(eq(organisations.id, organisationId)))[0]?.name;
const entriesOf = ({ organisationId }: Scope) =>
  db
    .select()
    .from(auditEntries)
    .where(eq(auditEntries.organisationId, organisationId))
    .orderBy(auditEntries.id);

type Deed = (tx: Transaction) => Promise<unknown>;
const attempt = defineMutation({
  permission: "scans:run",
  act: { action: "a.try", kind: "a", id: "id" },
  input: z.object({ id: z.string(), deed: z.custom<Deed>() }),
  run: async ({ tx, input }) => {
    await input.deed(tx);
    return { result: null, audit: { action: "a.b", object: { kind: "a", id: "b" } } };
  },
});
/** What a failing attempt left on the trail. */
async function troubleOf(scope: Scope, make: () => (scope: Scope) => Promise<unknown>) {
  const before = (await entriesOf(scope)).length;
  await expect(make()(scope)).rejects.toThrow();
  return (await entriesOf(scope))
    .slice(before)
    .map(({ action, objectId, result, after }) => [action, objectId, result, after]);
}
const failing = (id: string, deed: Deed) => (scope: Scope) => attempt(db, scope, { id, deed });

describe("a mutation", () => {
  it("acts on parsed input, and records who did what in the same transaction", async () => {
    const scope = await createScope(db);
    expect(await rename(db, scope, { name: "  Acme  " })).toBe("Acme");
    expect(await nameOf(scope)).toBe("Acme");
    expect(await entriesOf(scope)).toEqual([
      {
        id: expect.any(Number),
        organisationId: scope.organisationId,
        at: expect.any(Date),
        actorKind: "user",
        actorId: scope.actor.id,
        actorTokenId: null,
        action: "organisation.rename",
        objectKind: "organisation",
        objectId: scope.organisationId,
        before: null,
        after: { name: "Acme" },
        correlationId: scope.correlationId,
        entryId: expect.stringMatching(/^ent_/),
        ...{ result: "done", durationMs: expect.any(Number), origin: null, personal: null },
        ...{
          leaf: expect.any(Uint8Array),
          mac: expect.any(Uint8Array),
          keyId: "test",
          xid: expect.anything(),
        },
      },
    ]);
  });

  it("may record several acts, all under one correlation", async () => {
    const scope = await createScope(db);
    await rename(db, scope, { name: "Two", entries: 2 });
    expect((await entriesOf(scope)).map(({ action, correlationId }) => [action, correlationId])).toEqual([
      ["organisation.rename", scope.correlationId],
      ["organisation.tell", scope.correlationId],
    ]);
  });

  it("is nothing at all when its entry can't be written", async () => {
    const scope = await createScope(db);
    const before = await nameOf(scope);
    // The first entry goes in, the second breaks: neither may stay, nor what they record.
    await db.execute(
      sql`alter table audit_entries add constraint refused check (action <> 'organisation.tell') not valid`,
    );
    await expect(rename(db, scope, { name: "Lost", entries: 2 })).rejects.toThrow();
    await db.execute(sql`alter table audit_entries drop constraint refused`);
    expect(await nameOf(scope)).toBe(before);
    expect((await entriesOf(scope)).filter(({ result }) => result === "done")).toEqual([]);
  });

  it("leaves an entry of its own when it fails itself, without a word of why", async () => {
    const scope = await createScope(db);
    expect(
      await troubleOf(scope, () => failing("thing_1", (tx) => tx.execute(sql`select 'secret'::int`))),
    ).toEqual([["a.try", "thing_1", "failed", { code: "internal", error: "22P02" }]]);
    const bug = async () => {
      throw new TypeError("secret");
    };
    expect(await troubleOf(scope, () => failing("../secret?", bug))).toEqual([
      ["a.try", "unknown", "failed", { code: "internal", error: "TypeError" }],
    ]);
    const outage = async () => {
      throw new DomainError("unavailable", "The cloud is away.");
    };
    expect(await troubleOf(scope, () => failing("thing_2", outage))).toEqual([
      ["a.try", "thing_2", "failed", { code: "unavailable" }],
    ]);
  });

  it("leaves an entry of what somebody was kept from, and none of slips, lost races and what is tried again", async () => {
    const scope = await createScope(db);
    const told = async (error: Error) =>
      (await troubleOf(scope, () => failing("thing_1", () => Promise.reject(error)))).map(
        ([, , ...what]) => what,
      );
    for (const code of ["forbidden", "not_found", "rate_limited", "unauthenticated"] as const) {
      expect(await told(new DomainError(code, "No."))).toEqual([
        ["refused", { code, ...(code === "forbidden" ? { permission: "scans:run" } : {}) }],
      ]);
    }
    expect(await told(new DomainError("invalid_input", "No."))).toEqual([]);
    expect(await told(new DomainError("conflict", "No."))).toEqual([]);
    const raise = (state: string) => (tx: Transaction) =>
      tx.execute(sql.raw(`do $$ begin raise exception 'secret' using errcode = '${state}'; end $$`));
    expect(await troubleOf(scope, () => failing("thing_1", raise("40P01")))).toEqual([]);
    expect(await troubleOf(scope, () => failing("thing_1", raise("23514")))).toEqual([
      ["a.try", "thing_1", "refused", { code: "forbidden", permission: "scans:run", error: "23514" }],
    ]);
  });

  it("refuses whose role doesn't include it, before looking at the input, and says so on the trail", async () => {
    const scope = await createScope(db, { role: "auditor" });
    await expect(rename(db, scope, { name: "" })).rejects.toMatchObject({ code: "forbidden" });
    expect(await entriesOf(scope)).toEqual([
      expect.objectContaining({
        ...{ action: "organisation.rename", objectId: scope.organisationId, actorId: scope.actor.id },
        ...{ result: "refused", durationMs: expect.any(Number), before: null },
        after: { code: "forbidden", permission: "scans:run" },
      }),
    ]);
  });

  it("doesn't let somebody fill the trail with what they are refused", async () => {
    const scope = await createScope(db, { role: "auditor" });
    for (let tried = 0; tried < mostTroubleAMinute + 10; tried++) {
      await expect(rename(db, scope, { name: "x" })).rejects.toMatchObject({ code: "forbidden" });
    }
    const told = (await entriesOf(scope)).map(({ after }) => after);
    expect(told).toHaveLength(mostTroubleAMinute);
    expect(told.at(-1)).toEqual({ code: "forbidden", permission: "scans:run", limitReached: true });
    // Another one's are told of all the same.
    const other = await createScope(db, { role: "auditor", organisationId: scope.organisationId });
    await expect(rename(db, other, { name: "x" })).rejects.toMatchObject({ code: "forbidden" });
    expect(await entriesOf(scope)).toHaveLength(mostTroubleAMinute + 1);
  });

  it("fails as it would have when the trail can't be told of it", async () => {
    const scope = await createScope(db, { role: "auditor" });
    const warned = once(process, "warning");
    await db.execute(
      sql`alter table audit_entries add constraint full_disk check (action <> 'organisation.rename') not valid`,
    );
    await expect(rename(db, scope, { name: "x" })).rejects.toMatchObject({ code: "forbidden" });
    await db.execute(sql`alter table audit_entries drop constraint full_disk`);
    const [warning] = await warned;
    expect(String(warning)).toContain("could not be told that organisation.rename was refused");
  });

  it("names every field that is wrong, and changes nothing", async () => {
    const scope = await createScope(db);
    const before = await nameOf(scope);
    await expect(rename(db, scope, { name: " " })).rejects.toMatchObject({
      code: "invalid_input",
      message: "Nothing was changed. name: Give it a name.",
      fields: { name: "Give it a name." },
    });
    expect(await nameOf(scope)).toBe(before);
    expect(() => parseInput(z.object({ a: z.object({ b: z.number() }) }), { a: {} })).toThrow("a.b");
  });
});
