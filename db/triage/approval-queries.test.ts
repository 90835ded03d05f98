import { eq, sql } from "drizzle-orm";
import { afterAll, expect, test } from "vitest";
import type { Scope } from "#lib/auth/scope.ts";
import { changeFindings } from "#lib/findings/change-findings.ts";
import { decideException } from "#lib/findings/decide-exception.ts";
import { createEstate, inDays } from "#lib/findings/test-findings.ts";
import { withdrawException } from "#lib/findings/withdraw-exception.ts";
import { accounts } from "../accounts/schema.ts";
import { findings } from "../findings/schema.ts";
import { createTestDatabase } from "../test-database.ts";
import {
  getApproval,
  listAcceptedFindings,
  listApprovalFindings,
  listApprovals,
} from "./approval-queries.ts";
import { previewSlaDays } from "./sla-preview.ts";

const { db, close } = await createTestDatabase();
afterAll(close);

const until = inDays(30);
const note = "Agreed.";

async function ask(asker: Scope, ids: string[]): Promise<string> {
  const change = { act: "ask_acceptance" as const, reason: "It is public on purpose.", until };
  await changeFindings(db, asker, { target: { ids }, change });
  const { approvals } = await listApprovals(db, asker, { list: "own", limit: 1 });
  return approvals[0]?.id ?? expect.fail();
}

/** Two accounts of one organisation, and a request over both: three findings, one of them overdue, one resolved since. */
async function asked() {
  const first = await createEstate(db, 2);
  const second = await createEstate(db, 1, { organisationId: first.organisationId });
  await db.update(accounts).set({ name: "first", cloud: "azure" }).where(eq(accounts.id, first.accountId));
  await db.update(accounts).set({ name: "second" }).where(eq(accounts.id, second.accountId));
  const [one = "", two = ""] = first.ids;
  const [three = ""] = second.ids;
  await db
    .update(findings)
    .set({ severity: "critical", dueAt: new Date(0) })
    .where(eq(findings.id, two));
  await db.update(findings).set({ checkId: "aws.s3.bucket-logging" }).where(eq(findings.id, three));
  const [asker, manager] = [await first.scopeOf("analyst"), await first.scopeOf("manager")];
  const id = await ask(asker, [one, two, three]);
  await db
    .update(findings)
    .set({ status: "resolved", resolvedAt: sql`now()`, resolution: "fixed" })
    .where(eq(findings.id, three));
  return { id, one, two, three, first, second, asker, manager };
}

test("a request says what it reaches, and the gravest of it first", async () => {
  const { id, one, two, three, first, second, asker, manager } = await asked();
  const { approvals, next } = await listApprovals(db, manager, { list: "asked", limit: 5 });
  expect(next).toBeNull();
  expect(approvals).toHaveLength(1);
  expect(approvals[0]).toMatchObject({
    id,
    status: "asked",
    own: false,
    findings: 3,
    severities: { critical: 1, high: 0, medium: 2, low: 0, info: 0 },
    accounts: [
      { id: first.accountId, name: "first", cloud: "azure", findings: 2 },
      { id: second.accountId, name: "second", cloud: "aws", findings: 1 },
    ],
    accountCount: 2,
    checks: [
      { id: "aws.s3.bucket-versioning", findings: 2 },
      { id: "aws.s3.bucket-logging", findings: 1 },
    ],
    checkCount: 2,
    open: 2,
    overdue: 1,
    accepted: 0,
  });
  expect(await getApproval(db, manager, id)).toEqual(approvals[0]);
  expect(await listApprovalFindings(db, manager, id, 2)).toEqual([two, [one, three].sort()[0]]);
  expect((await listApprovals(db, asker, { list: "own", limit: 5 })).approvals).toMatchObject([
    { id, own: true },
  ]);
  expect(await listApprovals(db, manager, { list: "own", limit: 5 })).toEqual({ approvals: [], next: null });
  expect(await listApprovals(db, manager, { list: "decided", limit: 5 })).toEqual({
    approvals: [],
    next: null,
  });
});

test("granted, it says how many it holds; withdrawn ones are among the decided", async () => {
  const { id, one, two, asker, manager } = await asked();
  await decideException(db, manager, { exceptionId: id, decision: "grant", note, revision: 1 });
  expect((await getApproval(db, manager, id))?.accepted).toBe(2);
  expect(await listAcceptedFindings(db, manager, id, 10)).toEqual([one, two].sort());
  await changeFindings(db, manager, { target: { ids: [one] }, change: { act: "revoke_acceptance" } });
  expect(await listAcceptedFindings(db, manager, id, 10)).toEqual([two]);
  const again = await ask(asker, [one]);
  await withdrawException(db, asker, { exceptionId: again });
  const decided = await listApprovals(db, manager, { list: "decided", limit: 5 });
  expect(decided.approvals.map(({ id: each, status }) => [each, status])).toEqual([
    [again, "withdrawn"],
    [id, "granted"],
  ]);
  const page = await listApprovals(db, manager, { list: "decided", limit: 1 });
  expect(page.approvals.map((each) => each.id)).toEqual([again]);
  const after = await listApprovals(db, manager, { list: "decided", limit: 1, after: page.next ?? "" });
  expect(after.approvals.map((each) => each.id)).toEqual([id]);
});

test("another organisation's request is not found", async () => {
  const { id } = await asked();
  const { scopeOf } = await createEstate(db);
  const stranger = await scopeOf("manager");
  for (const read of [
    () => getApproval(db, stranger, id),
    () => listApprovalFindings(db, stranger, id, 5),
    () => listAcceptedFindings(db, stranger, id, 5),
  ]) {
    await expect(read()).rejects.toMatchObject({ code: "not_found" });
  }
  expect((await listApprovals(db, stranger, { list: "asked", limit: 5 })).approvals).toEqual([]);
});

test("other days are weighed before they are set: what would be overdue, what would move, what stays", async () => {
  const { ids, scopeOf } = await createEstate(db, 4);
  const scope = await scopeOf("auditor");
  const [old = "", byHand = "", muted = ""] = ids;
  const opened = sql`now() - interval '10 days'`;
  await db.update(findings).set({ openedAt: opened }).where(eq(findings.id, old));
  await db.execute(
    sql`update findings set due_at = sla_due(organisation_id, severity, opened_at) where id = ${old}`,
  );
  await db
    .update(findings)
    .set({ openedAt: opened, dueByHand: true, dueAt: sql`now() + interval '1 day'` })
    .where(eq(findings.id, byHand));
  await db
    .update(findings)
    .set({ openedAt: opened, suppression: "muted", suppressedUntil: sql`now() + interval '1 day'` })
    .where(eq(findings.id, muted));
  const days = { critical: 7, high: 30, medium: 90, low: 120, info: null };
  await db.execute(
    sql`update findings set due_at = sla_due(organisation_id, severity, opened_at) where id = ${muted}`,
  );
  const none = { open: 0, overdue: 0, wouldBe: 0, byHand: 0, toMove: 0 };
  const rest = { critical: none, high: none, low: none, info: none };
  expect(await previewSlaDays(db, scope, days)).toEqual({
    ...rest,
    medium: { open: 3, overdue: 0, wouldBe: 0, byHand: 1, toMove: 0 },
  });
  expect(await previewSlaDays(db, scope, { ...days, medium: 5 })).toEqual({
    ...rest,
    medium: { open: 3, overdue: 0, wouldBe: 1, byHand: 1, toMove: 3 },
  });
  expect((await previewSlaDays(db, scope, { ...days, medium: null })).medium).toEqual({
    ...{ open: 3, overdue: 0, wouldBe: 0, byHand: 1, toMove: 3 },
  });
});
