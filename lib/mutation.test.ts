import { eq, sql } from "drizzle-orm";
import { afterAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { auditEntries } from "#db/audit/schema.ts";
import { createScope } from "#db/factories.ts";
import { organisations } from "#db/identity/schema.ts";
import { createTestDatabase } from "#db/test-database.ts";
import type { Scope } from "./auth/scope.ts";
import { defineMutation, parseInput } from "./mutation.ts";

const { db, close } = await createTestDatabase();
afterAll(close);

const rename = defineMutation({
  permission: "scans:run",
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
    expect(await entriesOf(scope)).toEqual([]);
  });

  it("leaves no entry when it fails itself", async () => {
    const scope = await createScope(db);
    const failing = defineMutation({
      permission: "scans:run",
      input: z.object({}),
      run: async ({ tx }) => {
        await tx.execute(sql`select 1 / 0`);
        return { result: null, audit: { action: "a.b", object: { kind: "a", id: "b" } } };
      },
    });
    await expect(failing(db, scope, {})).rejects.toThrow();
    expect(await entriesOf(scope)).toEqual([]);
  });

  it("refuses whose role doesn't include it, before looking at the input", async () => {
    const scope = await createScope(db, { role: "auditor" });
    await expect(rename(db, scope, { name: "" })).rejects.toMatchObject({ code: "forbidden" });
    expect(await entriesOf(scope)).toEqual([]);
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
