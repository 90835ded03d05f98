import { eq, sql } from "drizzle-orm";
import { afterAll, describe, expect, it } from "vitest";
import { userAccounts } from "#db/accounts/schema.ts";
import { createAccount, createScope } from "#db/factories.ts";
import { findings } from "#db/findings/schema.ts";
import { createTestDatabase } from "#db/test-database.ts";
import { getChange, listExceptions } from "#db/triage/queries.ts";
import { findingExceptions } from "#db/triage/schema.ts";
import { readTrail } from "../accounts/test-accounts.ts";
import { Scope } from "../auth/scope.ts";
import { changeFindings } from "./change-findings.ts";
import { findingFilter } from "./filter.ts";
import { createEstate, inDays, readActivity, readFinding, readTold } from "./test-findings.ts";

const { db, close } = await createTestDatabase();
afterAll(close);

const untouched = {
  workflow: "new",
  suppression: null,
  suppressedUntil: null,
  exceptionId: null,
  assigneeId: null,
  dueByHand: false,
  revision: 1,
};
const reason = "Covered by the network team's own control.";

describe("a change of named findings", () => {
  it("assigns, tells the assignee once, and records it all", async () => {
    const { ids, organisationId, join, scopeOf } = await createEstate(db, 3);
    const scope = await scopeOf("analyst");
    const assignee = await join("analyst", { name: "Sam" });
    const result = await changeFindings(db, scope, {
      target: { ids: [...ids, ...ids] },
      change: { act: "assign", assigneeId: assignee.id },
    });
    expect(result).toEqual({ changeId: result.changeId, status: "done", matched: 3, changed: 3, skipped: 0 });
    for (const id of ids) {
      expect(await readFinding(db, id)).toMatchObject({
        ...untouched,
        assigneeId: assignee.id,
        revision: 2,
      });
    }
    expect(await readTrail(db, organisationId)).toEqual([
      {
        action: "finding.assign",
        objectId: result.changeId,
        before: { findings: [{ assigneeId: null, findings: ids }] },
        after: { act: "assign", change: { assigneeId: assignee.id }, findings: ids },
      },
    ]);
    expect(await readTold(db, organisationId)).toEqual([
      { userId: assignee.id, kind: "assigned", findingId: null, excerpt: "3 findings" },
    ]);
    expect(await getChange(db, scope, result.changeId)).toEqual({
      id: result.changeId,
      act: "assign",
      change: { assigneeId: assignee.id },
      status: "done",
      matched: 3,
      changed: 3,
      skipped: 0,
      actor: { id: scope.actor.id, name: "Test user" },
      own: true,
      undoes: null,
      undoneBy: null,
      undoable: true,
      error: null,
      createdAt: expect.any(String),
      finishedAt: expect.any(String),
    });
  });

  it("tells nobody of what they assign to themselves, and changes nothing that is so already", async () => {
    const { ids, organisationId, scopeOf } = await createEstate(db, 2);
    const scope = await scopeOf("manager");
    const toMyself = { act: "assign" as const, assigneeId: scope.actor.id };
    await changeFindings(db, scope, { target: { ids: ids.slice(0, 1) }, change: toMyself });
    const again = await changeFindings(db, scope, { target: { ids }, change: toMyself });
    expect(again).toMatchObject({ status: "done", matched: 2, changed: 1, skipped: 1 });
    expect((await readFinding(db, ids[0] ?? "")).revision).toBe(2);
    expect(await readTold(db, organisationId)).toEqual([]);
  });

  it("moves work on, dates it by hand, and gives it back the policy's date", async () => {
    const { ids, scopeOf } = await createEstate(db);
    const [id = ""] = ids;
    const scope = await scopeOf("analyst");
    const { dueAt: policyDate } = await readFinding(db, id);
    const target = { ids };
    await changeFindings(db, scope, { target, change: { act: "workflow", workflow: "in_progress" } });
    const dueAt = inDays(3);
    await changeFindings(db, scope, { target, change: { act: "due", dueAt } });
    expect(await readFinding(db, id)).toMatchObject({
      ...untouched,
      ...{
        workflow: "in_progress",
        state: "in_progress",
        dueAt: new Date(dueAt),
        dueByHand: true,
        revision: 3,
      },
    });
    await changeFindings(db, scope, { target, change: { act: "due", dueAt: null } });
    expect(await readFinding(db, id)).toMatchObject({ dueAt: policyDate, dueByHand: false, revision: 4 });
    expect(await readActivity(db, id)).toMatchObject([
      { act: "workflow", before: { workflow: "new" }, after: { workflow: "in_progress" } },
      { act: "due", before: { dueByHand: false }, after: { dueByHand: true } },
      { act: "due", before: { dueByHand: true }, after: { dueByHand: false } },
    ]);
  });

  it("mutes until a date by an exception that is granted to the asker, and ends that with its last finding", async () => {
    const { ids, organisationId, scopeOf } = await createEstate(db, 2);
    const scope = await scopeOf("analyst");
    const until = inDays(30);
    await changeFindings(db, scope, { target: { ids }, change: { act: "mute", reason, until } });
    const { exceptions } = await listExceptions(db, scope, { status: "any", limit: 5 });
    const [exception] = exceptions;
    const me = { id: scope.actor.id, name: "Test user" };
    expect(exceptions).toEqual([
      {
        ...{ id: exception?.id, kind: "muted", status: "granted", reason, until, revision: 1 },
        ...{ askedBy: me, askedAt: expect.any(String), decidedBy: me, decidedAt: expect.any(String) },
        ...{ decisionNote: null, findings: 2, own: true, inProgress: false },
        severities: { critical: 0, high: 0, medium: 2, low: 0, info: 0 },
        examples: ids.map((id) => ({
          ...{ id, checkId: "aws.s3.bucket-versioning", severity: "medium", reason: "Versioning is off." },
          resource: expect.stringMatching(/^bucket \d$/),
          account: { id: expect.any(String), name: "test" },
        })),
      },
    ]);
    for (const id of ids) {
      expect(await readFinding(db, id)).toMatchObject({
        ...{
          state: "muted",
          suppression: "muted",
          suppressedUntil: new Date(until),
          exceptionId: exception?.id,
        },
      });
    }
    await changeFindings(db, scope, { target: { ids: ids.slice(0, 1) }, change: { act: "unmute" } });
    expect(await statusesOf(organisationId)).toEqual(["granted"]);
    await changeFindings(db, scope, { target: { ids }, change: { act: "unmute" } });
    expect(await statusesOf(organisationId)).toEqual(["ended"]);
    for (const id of ids) {
      expect(await readFinding(db, id)).toMatchObject({ ...untouched, state: "new", revision: 3 });
    }
  });

  it("skips resolved findings, and keeps no exception that nothing came of", async () => {
    const { ids, organisationId, scopeOf } = await createEstate(db);
    await resolve(ids);
    const scope = await scopeOf("analyst");
    for (const change of [
      { act: "workflow" as const, workflow: "in_progress" as const },
      { act: "assign" as const, assigneeId: scope.actor.id },
      { act: "due" as const, dueAt: inDays(1) },
      { act: "mute" as const, reason, until: inDays(1) },
      { act: "ask_acceptance" as const, reason, until: inDays(1) },
    ]) {
      expect(await changeFindings(db, scope, { target: { ids }, change })).toMatchObject({
        ...{ status: "done", matched: 1, changed: 0, skipped: 1 },
      });
    }
    expect(await readFinding(db, ids[0] ?? "")).toMatchObject({ ...untouched, status: "resolved" });
    expect(await statusesOf(organisationId)).toEqual([]);
  });

  it("asks every other decider for an acceptance once, and not again while nobody has decided", async () => {
    const { ids, organisationId, join, scopeOf } = await createEstate(db, 2);
    const scope = await scopeOf("manager");
    const deciders = [await join("manager"), await join("ciso")];
    await join("admin");
    await join("manager", { disabledAt: new Date() });
    await join("ciso", { seesAllAccounts: false });
    const ask = { act: "ask_acceptance" as const, reason, until: inDays(90) };
    expect(await changeFindings(db, scope, { target: { ids }, change: ask })).toMatchObject({ changed: 2 });
    expect(await changeFindings(db, scope, { target: { ids }, change: ask })).toMatchObject({ changed: 0 });
    expect(await statusesOf(organisationId)).toEqual(["asked"]);
    expect(await readFinding(db, ids[0] ?? "")).toMatchObject({
      ...{ state: "new", suppression: null, exceptionId: expect.stringMatching(/^exc_/), revision: 2 },
    });
    const told = await readTold(db, organisationId);
    expect(told).toEqual(
      deciders
        .map(({ id }) => ({ userId: id, kind: "acceptance_asked", findingId: null, excerpt: reason }))
        .sort((a, b) => (a.userId < b.userId ? -1 : 1)),
    );
  });
});

describe("a change is refused", () => {
  it("when the one finding changed since it was seen, saying who did what, and nothing is overwritten", async () => {
    const { ids, organisationId, join } = await createEstate(db);
    const [dana, sam] = [
      Scope.ofUser(await join("analyst", { name: "Dana" })),
      Scope.ofUser(await join("analyst")),
    ];
    const workflow = { act: "workflow" as const, workflow: "in_progress" as const };
    await changeFindings(db, dana, { target: { ids, revision: 1 }, change: workflow });
    const trail = await readTrail(db, organisationId);
    await expect(
      changeFindings(db, sam, {
        target: { ids, revision: 1 },
        change: { act: "assign", assigneeId: sam.actor.id },
      }),
    ).rejects.toMatchObject({
      code: "conflict",
      message:
        "Nothing was overwritten: Dana changed its status meanwhile. Look at it again, and repeat what you meant.",
    });
    expect(await readFinding(db, ids[0] ?? "")).toMatchObject({ assigneeId: null, revision: 2 });
    expect(await readTrail(db, organisationId)).toEqual(trail);
  });

  it("for one of two who change a finding at the same moment", async () => {
    const { ids, scopeOf } = await createEstate(db);
    const both = await Promise.all([scopeOf("analyst"), scopeOf("analyst")]);
    const outcomes = await Promise.allSettled(
      both.map((scope) =>
        changeFindings(db, scope, {
          target: { ids, revision: 1 },
          change: { act: "assign", assigneeId: scope.actor.id },
        }),
      ),
    );
    const winner = both[outcomes.findIndex(({ status }) => status === "fulfilled")];
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(outcomes.find(({ status }) => status === "rejected")).toMatchObject({
      reason: { code: "conflict" },
    });
    expect(await readFinding(db, ids[0] ?? "")).toMatchObject({ assigneeId: winner?.actor.id, revision: 2 });
    expect(await readActivity(db, ids[0] ?? "")).toHaveLength(1);
  });

  it("loses nothing of two changes of many that cross each other", async () => {
    const { ids, scopeOf } = await createEstate(db, 200);
    const scope = await scopeOf("analyst");
    const [assigned, moved] = await Promise.all([
      changeFindings(db, scope, {
        target: { ids: ids.toReversed() },
        change: { act: "assign", assigneeId: scope.actor.id },
      }),
      changeFindings(db, scope, { target: { ids }, change: { act: "workflow", workflow: "in_progress" } }),
    ]);
    expect([assigned, moved]).toMatchObject([{ changed: 200 }, { changed: 200 }]);
    const [row] = await db.execute(sql`
      select count(*)::int as n from findings where id = any(${`{${ids.join(",")}}`}::text[])
        and assignee_id = ${scope.actor.id} and workflow = 'in_progress' and revision = 3
    `);
    expect(row).toEqual({ n: 200 });
  });

  it("for findings of another organisation, of an account that can't be seen, or that never were", async () => {
    const estate = await createEstate(db, 2);
    const stranger = await createScope(db, { role: "manager" });
    const blind = Scope.ofUser({ ...(await estate.join("manager")), accountIds: [] });
    const elsewhere = await createEstate(db, 1, estate);
    const oneEyed = Scope.ofUser({ ...(await estate.join("manager")), accountIds: [elsewhere.accountId] });
    const change = { act: "workflow" as const, workflow: "in_progress" as const };
    for (const scope of [stranger, blind, oneEyed]) {
      await expect(
        changeFindings(db, scope, { target: { ids: [...elsewhere.ids, ...estate.ids] }, change }),
      ).rejects.toMatchObject({ code: "not_found" });
    }
    const scope = await estate.scopeOf("analyst");
    for (const id of ["fnd_nobody", "\0", "fnd_\ud800", "'; drop table findings; --"]) {
      await expect(
        changeFindings(db, scope, { target: { ids: [...estate.ids, id] }, change }),
      ).rejects.toMatchObject({ code: "not_found" });
    }
    for (const id of [...estate.ids, ...elsewhere.ids])
      expect(await readFinding(db, id)).toMatchObject(untouched);
    expect(await readTrail(db, estate.organisationId)).toEqual([]);
    expect(
      await changeFindings(db, oneEyed, {
        target: { filter: findingFilter(), expected: 3 },
        change,
      }),
    ).toMatchObject({ status: "done", matched: 1, changed: 1 });
  });

  it("without permission", async () => {
    const { ids, scopeOf, join } = await createEstate(db);
    for (const role of ["ciso", "auditor"] as const) {
      await expect(
        changeFindings(db, await scopeOf(role), { target: { ids }, change: { act: "unmute" } }),
      ).rejects.toMatchObject({ code: "forbidden" });
    }
    const token = { id: "tok_1", permissions: ["findings:triage" as const] };
    await expect(
      changeFindings(db, Scope.ofToken(await join("analyst"), token), {
        target: { ids },
        change: { act: "ask_acceptance", reason, until: inDays(1) },
      }),
    ).rejects.toMatchObject({ code: "forbidden" });
    expect(await readFinding(db, ids[0] ?? "")).toMatchObject(untouched);
  });

  it("when an assignee is unknown, disabled, of another organisation, or can't see the account", async () => {
    const { ids, organisationId, accountId, join, scopeOf } = await createEstate(db);
    const scope = await scopeOf("analyst");
    const away = await join("analyst", { disabledAt: new Date() });
    const blind = await join("analyst", { seesAllAccounts: false });
    const stranger = (await createScope(db)).actor.id;
    const assign = (assigneeId: string) =>
      changeFindings(db, scope, { target: { ids }, change: { act: "assign", assigneeId } });
    for (const assigneeId of ["usr_nobody", away.id, blind.id, stranger]) {
      await expect(assign(assigneeId)).rejects.toMatchObject({ code: "invalid_input" });
    }
    const other = await createAccount(db, { organisationId });
    await db.insert(userAccounts).values({ organisationId, userId: blind.id, accountId: other.id });
    await expect(assign(blind.id)).rejects.toMatchObject({ code: "invalid_input" });
    await db.insert(userAccounts).values({ organisationId, userId: blind.id, accountId });
    await expect(assign(blind.id)).resolves.toMatchObject({ changed: 1 });
  });

  it("when a date is past, too far away, or none", async () => {
    const { ids, scopeOf } = await createEstate(db);
    const scope = await scopeOf("analyst");
    for (const until of [inDays(-1), inDays(368), "9999-12-31T23:59:59Z", "soon"]) {
      await expect(
        changeFindings(db, scope, { target: { ids }, change: { act: "mute", reason, until } }),
      ).rejects.toMatchObject({ code: "invalid_input" });
    }
    await expect(
      changeFindings(db, scope, {
        target: { ids, revision: 1 },
        change: { act: "mute", reason: " x ", until: inDays(1) },
      }),
    ).rejects.toMatchObject({ code: "invalid_input" });
    expect(await readFinding(db, ids[0] ?? "")).toMatchObject(untouched);
  });
});

describe("a change of all that match", () => {
  it("is made at once when they are few, whatever was expected", async () => {
    const { ids, organisationId, scopeOf } = await createEstate(db, 5);
    await resolve(ids.slice(0, 2));
    const scope = await scopeOf("analyst");
    const filter = findingFilter({ states: ["new"] });
    const result = await changeFindings(db, scope, {
      target: { filter, expected: 4 },
      change: { act: "workflow", workflow: "in_progress" },
    });
    expect(result).toMatchObject({ status: "done", matched: 3, changed: 3, skipped: 0 });
    const rows = await db
      .select({ id: findings.id, workflow: findings.workflow })
      .from(findings)
      .where(eq(findings.organisationId, organisationId))
      .orderBy(findings.id);
    expect(rows).toEqual(ids.map((id, at) => ({ id, workflow: at < 2 ? "new" : "in_progress" })));
  });
});

it("keeps hostile words as they are, as far as a database can", async () => {
  const { ids, scopeOf } = await createEstate(db);
  const scope = await scopeOf("analyst");
  const hostile = `'); drop table findings; -- \0 \ud800 <script>alert(1)</script> \u202e {{7*7}} %s $1 \\`;
  await changeFindings(db, scope, {
    target: { ids },
    change: { act: "mute", reason: hostile, until: inDays(1) },
  });
  const [exception] = (await listExceptions(db, scope, { status: "granted", limit: 1 })).exceptions;
  expect(exception?.reason).toBe(hostile.replace("\0", "�").replace("\ud800", "�"));
  const filter = findingFilter({ text: "\0%_\\'\"", owners: ["\ud800"] });
  expect(
    await changeFindings(db, scope, { target: { filter, expected: 0 }, change: { act: "unmute" } }),
  ).toMatchObject({ matched: 0, changed: 0 });
});

const resolve = (ids: readonly string[]) =>
  db.execute(sql`
    update findings set status = 'resolved', resolved_at = now(), resolution = 'fixed'
    where id = any(${`{${ids.join(",")}}`}::text[])
  `);
const statusesOf = async (organisationId: string) =>
  (
    await db
      .select({ status: findingExceptions.status })
      .from(findingExceptions)
      .where(eq(findingExceptions.organisationId, organisationId))
      .orderBy(findingExceptions.askedAt)
  ).map(({ status }) => status);
