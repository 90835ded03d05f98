import { afterAll, describe, expect, it } from "vitest";
import { getAuditPolicy, listAuditHolds } from "#db/audit/keeping.ts";
import { createAccount, createScope, createUser } from "#db/factories.ts";
import { createTestDatabase } from "#db/test-database.ts";
import { Scope } from "../../auth/scope.ts";
import { readTestTrail } from "../test-trail.ts";
import { liftHold } from "./lift-hold.ts";
import { placeHold } from "./place-hold.ts";
import { setAuditPolicy } from "./set-policy.ts";

const { db, sql, close } = await createTestDatabase();
afterAll(close);

const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => "done",
    (error: { code?: string }) => error.code,
  );
const usual = { retentionDays: 90, categoryDays: {}, archiveMb: 50 };

async function createPeople() {
  const admin = await createScope(db, { role: "admin" });
  const { organisationId } = admin;
  const account = await createAccount(db, { organisationId });
  return {
    admin,
    auditor: await createScope(db, { role: "auditor", organisationId }),
    partly: Scope.ofUser({
      ...(await createUser(db, { role: "admin", organisationId })),
      accountIds: [account.id],
    }),
    other: await createScope(db, { role: "admin" }),
  };
}

const trailOf = async (organisationId: string) =>
  (await readTestTrail(db, organisationId))
    .filter(({ result }) => result === "done")
    .map(({ action, objectId, before, after }) => ({ action, objectId, before, after }));

describe("setAuditPolicy", () => {
  it("sets how long entries are kept, category by category", async () => {
    const { admin, auditor, other } = await createPeople();
    const { organisationId } = admin;
    expect(await getAuditPolicy(db, auditor)).toEqual({ ...usual, revision: 0 });
    const wanted = { retentionDays: 120, categoryDays: { scan: 400, user: 100 }, archiveMb: 10 };
    expect(await setAuditPolicy(db, admin, { ...wanted, revision: 0 })).toEqual({ revision: 1 });
    const kept = { ...wanted, categoryDays: { scan: 400 } };
    expect(await getAuditPolicy(db, admin)).toEqual({ ...kept, revision: 1 });
    expect(await getAuditPolicy(db, other)).toEqual({ ...usual, revision: 0 });
    const days = await sql`
      select action, audit_keep_days(${organisationId}, action) as days
      from unnest(array['scan.start', 'scanner.start', 'user.rename']) action`;
    expect([...days]).toEqual([
      { action: "scan.start", days: 400 },
      { action: "scanner.start", days: 120 },
      { action: "user.rename", days: 120 },
    ]);
    expect(await trailOf(organisationId)).toEqual([
      { action: "audit_policy.set", objectId: organisationId, before: usual, after: kept },
    ]);
  });

  it("lets one of two who set it at a time through, and nobody without permission or with odd numbers", async () => {
    const { admin, auditor, partly } = await createPeople();
    const set = (archiveMb: number) => setAuditPolicy(db, admin, { ...usual, archiveMb, revision: 0 });
    const both = await Promise.all([codeOf(set(10)), codeOf(set(20))]);
    expect(both.sort()).toEqual(["conflict", "done"]);
    const wish = { ...usual, revision: 1 };
    expect(await codeOf(setAuditPolicy(db, auditor, wish))).toBe("forbidden");
    expect(await codeOf(setAuditPolicy(db, partly, wish))).toBe("forbidden");
    for (const odd of [{ retentionDays: 29 }, { archiveMb: 1 }, { categoryDays: { "Robert'); --": 100 } }]) {
      expect(await codeOf(setAuditPolicy(db, admin, { ...wish, ...odd }))).toBe("invalid_input");
    }
  });

  it("never keeps entries for less than 30 days, whatever stands in the table", async () => {
    const { admin } = await createPeople();
    await sql`insert into audit_policies (organisation_id, retention_days) values (${admin.organisationId}, 0)`;
    const [days] = await sql`select audit_keep_days(${admin.organisationId}, 'scan.start') as days`;
    expect(days).toEqual({ days: 30 });
  });
});

describe("legal holds", () => {
  const wish = { name: "Case 7", reason: "The court wants it", from: "2026-01-01T00:00:00Z", to: null };

  it("are placed and lifted, and stay on record", async () => {
    const { admin, auditor, other } = await createPeople();
    const { holdId } = await placeHold(db, admin, wish);
    const hold = {
      ...{
        id: holdId,
        name: "Case 7",
        reason: "The court wants it",
        from: "2026-01-01T00:00:00.000Z",
        to: null,
      },
      ...{ placedBy: expect.any(String), placedAt: expect.any(String), lifted: null },
    };
    expect(await listAuditHolds(db, auditor)).toEqual([hold]);
    expect(await listAuditHolds(db, other)).toEqual([]);
    expect(await codeOf(liftHold(db, other, { holdId, reason: "not mine" }))).toBe("not_found");
    expect(await liftHold(db, admin, { holdId, reason: "It is over" })).toEqual({ holdId });
    expect(await codeOf(liftHold(db, admin, { holdId, reason: "once more" }))).toBe("conflict");
    expect(await listAuditHolds(db, auditor)).toEqual([
      { ...hold, lifted: { by: expect.any(String), at: expect.any(String) } },
    ]);
    expect(await trailOf(admin.organisationId)).toEqual([
      { action: "audit_hold.place", objectId: holdId, before: null, after: wish },
      {
        action: "audit_hold.lift",
        objectId: holdId,
        before: { name: "Case 7" },
        after: { reason: "It is over" },
      },
    ]);
  });

  it("are for administrators who see every account, and have a beginning before their end", async () => {
    const { admin, auditor, partly } = await createPeople();
    const { holdId } = await placeHold(db, admin, wish);
    for (const scope of [auditor, partly]) {
      expect(await codeOf(placeHold(db, scope, wish))).toBe("forbidden");
      expect(await codeOf(liftHold(db, scope, { holdId, reason: "no reason" }))).toBe("forbidden");
    }
    expect(await codeOf(placeHold(db, admin, { ...wish, to: "2025-01-01T00:00:00Z" }))).toBe("invalid_input");
    expect(await codeOf(placeHold(db, admin, { ...wish, reason: "" }))).toBe("invalid_input");
  });
});
