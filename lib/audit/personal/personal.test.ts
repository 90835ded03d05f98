import { sql } from "drizzle-orm";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { openDatabase } from "#db/client.ts";
import { createOrganisation, createScope } from "#db/factories.ts";
import { createTestDatabase } from "#db/test-database.ts";
import { Scope } from "../../auth/scope.ts";
import { appendAudit } from "../append.ts";
import { auditKeyring, auditKeyringOf, provideAuditKeyring } from "../keys.ts";
import { readTestTrail } from "../test-trail.ts";
import { replaceCommitments } from "./commitment.ts";
import { commitmentOf } from "./conceal.ts";
import { revealPersonal } from "./reveal.ts";
import { forgetSubjects } from "./subjects.ts";

const { db, url, close } = await createTestDatabase();
afterAll(close);
beforeEach(forgetSubjects);

const about = (values: Record<string, unknown>, object = { kind: "thing", id: "thg_1" }) => ({
  ...{ action: "thing.do", object, after: values },
});
const stored = async (organisationId: string) => [
  ...(await db.execute<{ origin: string | null; after: string; personal: Record<string, string> | null }>(sql`
    select origin, after, personal from audit_entries where organisation_id = ${organisationId} order by id`)),
];

describe("personal data on the trail", () => {
  const given = {
    email: "Maria@Example.test",
    list: ["198.51.100.7", "not an address", "2001:db8::1"],
    deep: { phone: "+49 30 1234", nationalId: "12-345", postalAddress: "Street 1", at: new Date(0), n: 1 },
    nothing: null,
  };

  it("is nowhere in an entry, and told again to whoever has the keys", async () => {
    const scope = await createScope(db);
    await db.transaction((tx) => appendAudit(tx, scope, about(given)));
    const [row] = await stored(scope.organisationId);
    const all = JSON.stringify(row);
    for (const value of ["Maria", "198.51.100.7", "2001:db8::1", "+49", "12-345", "Street"])
      expect(all).not.toContain(value);
    const [entry] = await readTestTrail(db, scope.organisationId);
    expect(entry?.after).toEqual({ ...given, deep: { ...given.deep, at: "1970-01-01T00:00:00.000Z" } });
    forgetSubjects();
    const [rows] = [await readTestTrail(db, scope.organisationId)];
    expect(rows[0]?.after).toEqual(entry?.after);
  });

  it("shows to who is told a value that it is the one committed to, and nothing of others", async () => {
    const scope = await createScope(db);
    await db.transaction((tx) =>
      appendAudit(tx, scope, about({ email: "a@example.test", mail: "b@example.test" })),
    );
    const [row] = await stored(scope.organisationId);
    const after = JSON.parse(row?.after ?? "");
    const entry = { origin: null, before: null, after, personal: row?.personal ?? null };
    const revealed = await revealPersonal(db, scope.organisationId, [entry]);
    const seen: unknown[] = [];
    replaceCommitments(after, ({ personal, commitment }) => {
      const found = revealed.get(commitment);
      if (!found || !("value" in found)) throw new Error("It is not told.");
      const { value, opening } = found;
      seen.push([value, commitmentOf(opening, personal, value) === commitment]);
      expect(commitmentOf(opening, personal, `${value}x`)).not.toBe(commitment);
    });
    expect(seen).toEqual([
      ["a@example.test", true],
      ["b@example.test", true],
    ]);
  });

  it("is unreadable, and no more, where its cipher was tampered with or is another entry's", async () => {
    const scope = await createScope(db);
    await db.transaction((tx) =>
      appendAudit(tx, scope, about({ email: "a@example.test", mail: "b@example.test" })),
    );
    const [row] = await stored(scope.organisationId);
    const after = JSON.parse(row?.after ?? "");
    const [first = "", second = ""] = [after.email.commitment, after.mail.commitment];
    const personal = { [first]: row?.personal?.[second] ?? "", [second]: "AAAA" };
    const entry = { origin: null, before: null, after, personal };
    expect([...(await revealPersonal(db, scope.organisationId, [entry]))]).toEqual([
      [first, { lost: "unreadable" }],
      [second, { lost: "unreadable" }],
    ]);
  });

  it("is of the user who acts where it says from where, and of the user who is acted on", async () => {
    const { organisationId, actor } = await createScope(db);
    const scope = Scope.ofUser(
      { id: actor.id, organisationId, role: "admin" },
      { via: "browser", address: "203.0.113.9" },
    );
    await db.transaction((tx) =>
      appendAudit(
        tx,
        scope,
        about({ name: "Ana", email: "ana@example.test" }, { kind: "user", id: "usr_ana" }),
      ),
    );
    const [row] = await stored(organisationId);
    expect([JSON.parse(row?.origin ?? ""), JSON.parse(row?.after ?? "")]).toEqual([
      { via: "browser", address: { personal: "ip", of: actor.id, commitment: expect.any(String) } },
      {
        name: { personal: "name", of: "usr_ana", commitment: expect.any(String) },
        email: { personal: "email", of: "usr_ana", commitment: expect.any(String) },
      },
    ]);
  });

  it("has one key for each person, however many are first to name them", async () => {
    const scope = await createScope(db);
    const other = openDatabase(url, { max: 8, applicationName: "test" });
    const values = Array.from({ length: 6 }, (_, at) => `person-${at}@example.test`);
    await Promise.all(
      Array.from({ length: 24 }, (_, at) =>
        (at % 2 ? other.db : db).transaction(async (tx) => {
          // Each in an order of its own.
          const order = at % 3 === 0 ? values : at % 3 === 1 ? values.toReversed() : values.slice(2);
          await appendAudit(tx, scope, about({ list: order }));
        }),
      ),
    );
    await other.close();
    const [made] = await db.execute(
      sql`select count(*)::int as n from audit_subjects where organisation_id = ${scope.organisationId}`,
    );
    expect(made).toEqual({ n: values.length });
    forgetSubjects();
    const told = (await readTestTrail(db, scope.organisationId)).map(({ after }) => after?.list);
    expect(told).toHaveLength(24);
    for (const list of told) expect(values).toEqual(expect.arrayContaining(Object(list)));
  });

  it("is not written under a key that was rolled back", async () => {
    const scope = await createScope(db);
    const record = about({ email: "lost@example.test" });
    const undone = db.transaction(async (tx) => {
      await appendAudit(tx, scope, record);
      await tx.transaction((inner) => appendAudit(inner, scope, record));
      throw new Error("undone");
    });
    await expect(undone).rejects.toThrow("undone");
    await db.transaction((tx) => appendAudit(tx, scope, record));
    const trail = await readTestTrail(db, scope.organisationId);
    expect(trail.map(({ after }) => after)).toEqual([record.after]);
  });

  it("is found again after the keys were rotated, and by no other organisation", async () => {
    const scope = await createScope(db);
    const record = about({ email: "kept@example.test" });
    const key = (id: string, byte: number) => ({ id, base64: Buffer.alloc(32, byte).toString("base64") });
    const subjects = async () => [
      ...(await db.execute(sql`
        select key_id from audit_subjects where organisation_id = ${scope.organisationId} order by key_id`)),
    ];
    try {
      provideAuditKeyring(auditKeyringOf([key("old", 1)]));
      await db.transaction((tx) => appendAudit(tx, scope, record));
      forgetSubjects();
      provideAuditKeyring(auditKeyringOf([key("new", 2), key("old", 1)]));
      await db.transaction((tx) => appendAudit(tx, scope, record));
      expect(await subjects()).toEqual([{ key_id: "old" }]);
      const told = (await readTestTrail(db, scope.organisationId)).map(({ after }) => after);
      expect(told).toEqual([record.after, record.after]);
      const { id } = await createOrganisation(db);
      const [row] = await stored(scope.organisationId);
      const entry = {
        origin: null,
        before: null,
        after: JSON.parse(row?.after ?? ""),
        personal: row?.personal ?? null,
      };
      expect([...(await revealPersonal(db, id, [entry])).values()]).toEqual([{ lost: "unreadable" }]);
      provideAuditKeyring(auditKeyringOf([key("new", 2)]));
      expect([...(await revealPersonal(db, scope.organisationId, [entry])).values()]).toEqual([
        { lost: "unreadable" },
      ]);
    } finally {
      provideAuditKeyring(undefined);
    }
    expect(auditKeyring().first.id).toBe("test");
  });
});
