import { sql } from "drizzle-orm";
import { afterAll, expect, it } from "vitest";
import { createScope, createUser } from "#db/factories.ts";
import { createTestDatabase } from "#db/test-database.ts";
import { getSlaPolicy, usualSlaDays } from "#db/triage/queries.ts";
import { readTrail } from "../accounts/test-accounts.ts";
import { Scope } from "../auth/scope.ts";
import { openQueue, provideQueue } from "../jobs/queue.ts";
import { changeFindings } from "./change-findings.ts";
import { setSlaPolicy } from "./set-sla-policy.ts";
import { createEstate, inDays, readFinding } from "./test-findings.ts";
import { applySlaPolicy } from "./triage/apply-sla-policy.ts";

const { db, url, close } = await createTestDatabase();
const queue = await openQueue(url, { works: false });
provideQueue(queue);
afterAll(async () => {
  await queue.close();
  await close();
});
const days = { critical: 1, high: 2, medium: 10, low: null, info: 3_650 };
const { signal } = new AbortController();

it("dates findings anew, but for resolved ones and dates set by hand", async () => {
  const { ids, organisationId, scopeOf } = await createEstate(db, 5_003);
  const [byHand = "", resolved = "", low = "", plain = ""] = ids;
  const manager = await scopeOf("manager");
  await changeFindings(db, manager, { target: { ids: [byHand] }, change: { act: "due", dueAt: inDays(77) } });
  await db.execute(sql`update findings set status = 'resolved' where id = ${resolved}`);
  await db.execute(sql`update findings set severity = 'low' where id = ${low}`);
  const before = await Promise.all([byHand, resolved].map((id) => readFinding(db, id)));
  const other = await createEstate(db);
  expect(await getSlaPolicy(db, manager)).toEqual({ days: usualSlaDays, revision: 0, updatedAt: null });
  expect(await setSlaPolicy(db, manager, { days, revision: 0 })).toEqual({ revision: 1 });
  expect(await getSlaPolicy(db, manager)).toEqual({ days, revision: 1, updatedAt: expect.any(String) });
  const [job] = await db.execute(sql`select data from pgboss.job where name = 'sla-apply'`);
  expect(job).toEqual({ data: { organisationId } });
  await applySlaPolicy(db, organisationId, signal);
  expect(await Promise.all([byHand, resolved].map((id) => readFinding(db, id)))).toEqual(before);
  expect(await readFinding(db, low)).toMatchObject({ dueAt: null, revision: 1 });
  const { openedAt, dueAt } = await readFinding(db, plain);
  expect((dueAt?.getTime() ?? 0) - openedAt.getTime()).toBe(10 * 86_400_000);
  const [late] = await db.execute(sql`
    select count(*)::int as n from findings where organisation_id = ${organisationId}
      and due_at = opened_at + interval '10 days'
  `);
  expect(late).toEqual({ n: 5_000 });
  const [theirs] = await db.execute(sql`
    select due_at = opened_at + interval '90 days' as usual from findings where id = ${other.ids[0] ?? ""}
  `);
  expect(theirs).toEqual({ usual: true });
  const [set, applied] = (await readTrail(db, organisationId)).slice(-2);
  expect(applied).toEqual({
    ...{ action: "sla_policy.apply", objectId: organisationId },
    ...{ before: null, after: { findings: expect.any(Number) } },
  });
  expect(set).toEqual({
    ...{ action: "sla_policy.set", objectId: organisationId },
    ...{ before: { days: usualSlaDays }, after: { days } },
  });
});

it("is refused when somebody else set it meanwhile, with days that make no sense, and without permission", async () => {
  const manager = await createScope(db, { role: "manager" });
  const both = await Promise.allSettled([
    setSlaPolicy(db, manager, { days, revision: 0 }),
    setSlaPolicy(db, manager, { days: usualSlaDays, revision: 0 }),
  ]);
  expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  expect(both.find(({ status }) => status === "rejected")).toMatchObject({ reason: { code: "conflict" } });
  for (const critical of [0, -1, 3_651, 1.5]) {
    await expect(
      setSlaPolicy(db, manager, { days: { ...days, critical }, revision: 1 }),
    ).rejects.toMatchObject({ code: "invalid_input" });
  }
  for (const role of ["analyst", "ciso", "auditor"] as const) {
    const scope = await createScope(db, { role, organisationId: manager.organisationId });
    await expect(setSlaPolicy(db, scope, { days, revision: 1 })).rejects.toMatchObject({ code: "forbidden" });
  }
  // It would move the dates of accounts that they don't see.
  const limited = Scope.ofUser({
    ...(await createUser(db, { role: "manager", organisationId: manager.organisationId })),
    accountIds: [],
  });
  await expect(setSlaPolicy(db, limited, { days, revision: 1 })).rejects.toMatchObject({ code: "forbidden" });
  const stranger = await createScope(db, { role: "manager" });
  expect(await getSlaPolicy(db, stranger)).toMatchObject({ revision: 0 });
  expect(await readTrail(db, manager.organisationId)).toHaveLength(1);
});
