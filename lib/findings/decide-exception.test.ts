import { sql } from "drizzle-orm";
import { afterAll, describe, expect, it } from "vitest";
import { createScope } from "#db/factories.ts";
import { createTestDatabase } from "#db/test-database.ts";
import { getChange, getException, listExceptions } from "#db/triage/queries.ts";
import { readTrail } from "../accounts/test-accounts.ts";
import { Scope } from "../auth/scope.ts";
import { openQueue, provideQueue } from "../jobs/queue.ts";
import { changeFindings } from "./change-findings.ts";
import { decideException } from "./decide-exception.ts";
import { findingFilter } from "./filter.ts";
import { createEstate, inDays, readActivity, readFinding, readTold } from "./test-findings.ts";
import { performChange } from "./triage/perform-change.ts";
import { withdrawException } from "./withdraw-exception.ts";

const { db, sql: connection, url, close } = await createTestDatabase();
const queue = await openQueue(url, { works: false });
provideQueue(queue);
afterAll(async () => {
  await queue.close();
  await close();
});
const reason = "The bucket holds only public pictures.";
const until = inDays(90);
const { signal } = new AbortController();

/** Findings whose risk an analyst asks to accept. */
async function asked(count = 1) {
  const estate = await createEstate(db, count);
  const asker = await estate.scopeOf("analyst");
  const change = { act: "ask_acceptance" as const, reason, until };
  await changeFindings(db, asker, { target: { ids: estate.ids }, change });
  const [exception] = (await listExceptions(db, asker, { status: "asked", limit: 1 })).exceptions;
  return { ...estate, asker, exceptionId: exception?.id ?? "" };
}
const grant = (exceptionId: string, revision = 1) => ({
  ...{ exceptionId, decision: "grant" as const, note: "Agreed.", revision },
});

describe("an acceptance that reaches nothing", () => {
  it("is seen by who asked for it and who sees every account, and decided on by nobody else", async () => {
    const { exceptionId, asker, join, scopeOf } = await asked();
    await db.execute(sql`delete from finding_exception_items where exception_id = ${exceptionId}`);
    const limited = Scope.ofUser({ ...(await join("manager")), accountIds: [] });
    await expect(getException(db, limited, exceptionId)).rejects.toMatchObject({ code: "not_found" });
    await expect(decideException(db, limited, grant(exceptionId))).rejects.toMatchObject({
      code: "not_found",
    });
    expect((await listExceptions(db, limited, { status: "any", limit: 9 })).exceptions).toEqual([]);
    for (const scope of [asker, await scopeOf("manager")]) {
      expect(await getException(db, scope, exceptionId)).toMatchObject({ id: exceptionId });
    }
  });
});

describe("deciding on an acceptance", () => {
  it("accepts the risk of what is still open and still asked for, tells the asker, and is recorded", async () => {
    const { ids, organisationId, asker, exceptionId, scopeOf } = await asked(3);
    const [kept = "", muted = "", resolved = ""] = ids;
    const mute = { act: "mute" as const, reason, until };
    await changeFindings(db, asker, { target: { ids: [muted] }, change: mute });
    await db.execute(sql`update findings set status = 'resolved' where id = ${resolved}`);
    const manager = await scopeOf("manager");
    const decided = await decideException(db, manager, grant(exceptionId));
    expect(decided).toEqual({
      ...{ exceptionId, status: "granted" },
      change: { changeId: decided.change?.changeId, status: "done", matched: 3, changed: 1, skipped: 2 },
    });
    expect(await readFinding(db, kept)).toMatchObject({
      ...{ state: "risk_accepted", suppressedUntil: new Date(until), exceptionId, revision: 3 },
    });
    expect(await readFinding(db, muted)).toMatchObject({ state: "muted" });
    expect(await readFinding(db, resolved)).toMatchObject({ state: "resolved", suppression: null });
    expect((await readActivity(db, kept)).map(({ act }) => act)).toEqual(["ask_acceptance", "accept_risk"]);
    expect(await getException(db, asker, exceptionId)).toMatchObject({
      ...{ status: "granted", decisionNote: "Agreed.", revision: 2, own: true },
      decidedBy: { id: manager.actor.id, name: "Test user" },
    });
    const told = (await readTold(db, organisationId)).filter(({ userId }) => userId === asker.actor.id);
    expect(told).toEqual([
      { userId: asker.actor.id, kind: "acceptance_decided", findingId: null, excerpt: "Granted: Agreed." },
    ]);
    const trail = await readTrail(db, organisationId);
    expect(trail.slice(-2)).toMatchObject([
      {
        action: "exception.grant",
        objectId: exceptionId,
        before: { status: "asked" },
        after: { status: "granted" },
      },
      { action: "finding.accept_risk", objectId: decided.change?.changeId, after: { findings: [kept] } },
    ]);
  });

  it("rejects with a reason, and leaves the findings as they are", async () => {
    const { ids, organisationId, exceptionId, scopeOf } = await asked();
    const ciso = await scopeOf("ciso");
    const reject = { exceptionId, decision: "reject" as const, revision: 1 };
    await expect(decideException(db, ciso, { ...reject, note: " " })).rejects.toMatchObject({
      code: "invalid_input",
    });
    expect(await decideException(db, ciso, { ...reject, note: "Close it." })).toEqual({
      ...{ exceptionId, status: "rejected", change: null },
    });
    expect(await readFinding(db, ids[0] ?? "")).toMatchObject({
      state: "new",
      suppression: null,
      revision: 2,
    });
    expect((await readTrail(db, organisationId)).at(-1)).toMatchObject({
      action: "exception.reject",
      after: { status: "rejected", note: "Close it." },
    });
  });

  it("does the same for thousands by a job", { timeout: 60_000 }, async () => {
    const { organisationId, scopeOf } = await createEstate(db, 3_000);
    const [asker, manager] = [await scopeOf("manager"), await scopeOf("manager")];
    const question = await changeFindings(db, asker, {
      target: { filter: findingFilter(), expected: 3_000 },
      change: { act: "ask_acceptance", reason, until },
    });
    const [early] = (await listExceptions(db, manager, { status: "asked", limit: 1 })).exceptions;
    const exceptionId = early?.id ?? "";
    expect(early).toMatchObject({ inProgress: true, findings: 0 });
    // Nobody is told, and nobody may decide, before all of it is known.
    expect(await readTold(db, organisationId)).toEqual([]);
    await expect(decideException(db, manager, grant(exceptionId))).rejects.toMatchObject({
      code: "conflict",
    });
    await performChange(db, question.changeId, signal);
    expect(await getException(db, manager, exceptionId)).toMatchObject({
      inProgress: false,
      findings: 3_000,
    });
    expect((await readTold(db, organisationId)).map(({ kind }) => kind).sort()).toEqual([
      "acceptance_asked",
      "change_done",
    ]);
    const { change } = await decideException(db, manager, grant(exceptionId));
    expect(change).toMatchObject({ status: "waiting", matched: 3_000 });
    await performChange(db, change?.changeId ?? "", signal);
    expect(await getChange(db, asker, change?.changeId ?? "")).toMatchObject({
      status: "done",
      changed: 3_000,
    });
    const states = await db.execute(sql`
      select state, count(*)::int as n from findings where organisation_id = ${organisationId} group by state
    `);
    expect([...states]).toEqual([{ state: "risk_accepted", n: 3_000 }]);
    expect(await getException(db, asker, exceptionId)).toMatchObject({ status: "granted" });
  });

  it("can be taken back by ending the acceptance", async () => {
    const { ids, asker, exceptionId, scopeOf } = await asked();
    await decideException(db, await scopeOf("manager"), grant(exceptionId));
    const unmuted = await changeFindings(db, asker, { target: { ids }, change: { act: "unmute" } });
    expect(unmuted).toMatchObject({ changed: 0, skipped: 1 });
    await changeFindings(db, asker, { target: { ids }, change: { act: "revoke_acceptance" } });
    expect(await readFinding(db, ids[0] ?? "")).toMatchObject({
      state: "new",
      suppressedUntil: null,
      exceptionId: null,
    });
    expect(await getException(db, asker, exceptionId)).toMatchObject({ status: "ended" });
  });
});

describe("deciding is refused", () => {
  it("to who asked, by the database itself, too", async () => {
    const { ids, organisationId, scopeOf } = await createEstate(db);
    const manager = await scopeOf("manager");
    await changeFindings(db, manager, { target: { ids }, change: { act: "ask_acceptance", reason, until } });
    const [exception] = (await listExceptions(db, manager, { status: "asked", limit: 1 })).exceptions;
    const exceptionId = exception?.id ?? "";
    const trail = await readTrail(db, organisationId);
    await expect(decideException(db, manager, grant(exceptionId))).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(
      connection`update finding_exceptions set status = 'granted', decided_by = asked_by, decided_at = now()
        where id = ${exceptionId}`,
    ).rejects.toMatchObject({ constraint_name: "finding_exceptions_four_eyes" });
    await expect(
      connection`update finding_exceptions set status = 'granted' where id = ${exceptionId}`,
    ).rejects.toMatchObject({ constraint_name: "finding_exceptions_decided" });
    expect(await getException(db, manager, exceptionId)).toMatchObject({ status: "asked", revision: 1 });
    expect(await readTrail(db, organisationId)).toEqual(trail);
  });

  it("when it was decided on meanwhile, or has changed", async () => {
    const { exceptionId, asker, scopeOf } = await asked();
    const [one, other] = [await scopeOf("manager"), await scopeOf("ciso")];
    await expect(decideException(db, one, grant(exceptionId, 7))).rejects.toMatchObject({ code: "conflict" });
    const both = await Promise.allSettled([
      decideException(db, one, grant(exceptionId)),
      decideException(db, other, { exceptionId, decision: "reject", note: "No, not this.", revision: 1 }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(both.find(({ status }) => status === "rejected")).toMatchObject({ reason: { code: "conflict" } });
    await expect(withdrawException(db, asker, { exceptionId })).rejects.toMatchObject({ code: "conflict" });
  });

  it("for another organisation's, for accounts that can't be seen, and without permission", async () => {
    const { exceptionId, asker, join, scopeOf, organisationId } = await asked();
    const blind = Scope.ofUser({ ...(await join("manager")), accountIds: [] });
    for (const stranger of [await createScope(db, { role: "manager" }), blind]) {
      await expect(decideException(db, stranger, grant(exceptionId))).rejects.toMatchObject({
        code: "not_found",
      });
      await expect(getException(db, stranger, exceptionId)).rejects.toMatchObject({ code: "not_found" });
      expect(await listExceptions(db, stranger, { status: "any", limit: 9 })).toEqual({
        exceptions: [],
        next: null,
      });
    }
    for (const scope of [asker, await scopeOf("admin"), await scopeOf("auditor")]) {
      await expect(decideException(db, scope, grant(exceptionId))).rejects.toMatchObject({
        code: "forbidden",
      });
    }
    const [row] = await db.execute(
      sql`select status from finding_exceptions where organisation_id = ${organisationId}`,
    );
    expect(row).toEqual({ status: "asked" });
  });
});

describe("withdrawing", () => {
  it("is for who asked, and recorded", async () => {
    const { exceptionId, asker, organisationId, scopeOf } = await asked();
    await expect(withdrawException(db, await scopeOf("analyst"), { exceptionId })).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(withdrawException(db, await scopeOf("auditor"), { exceptionId })).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(withdrawException(db, await createScope(db), { exceptionId })).rejects.toMatchObject({
      code: "not_found",
    });
    expect(await withdrawException(db, asker, { exceptionId })).toEqual({ exceptionId, status: "withdrawn" });
    await expect(withdrawException(db, asker, { exceptionId })).rejects.toMatchObject({ code: "conflict" });
    await expect(decideException(db, await scopeOf("manager"), grant(exceptionId, 2))).rejects.toMatchObject({
      code: "conflict",
      message: "Nothing was changed: this has been withdrawn meanwhile.",
    });
    expect((await readTrail(db, organisationId)).at(-1)).toEqual({
      ...{ action: "exception.withdraw", objectId: exceptionId },
      ...{ before: { status: "asked" }, after: { status: "withdrawn" } },
    });
  });
});

it("lists a page at a time, newest first", async () => {
  const { ids, scopeOf } = await createEstate(db, 3);
  const scope = await scopeOf("analyst");
  for (const id of ids) {
    await changeFindings(db, scope, {
      target: { ids: [id] },
      change: { act: "mute", reason: `Of ${id}`, until },
    });
  }
  const first = await listExceptions(db, scope, { status: "granted", kind: "muted", limit: 2 });
  const second = await listExceptions(db, scope, { status: "granted", limit: 2, after: first.next ?? "" });
  expect([...first.exceptions, ...second.exceptions].map((each) => each.reason)).toEqual(
    ids.toReversed().map((id) => `Of ${id}`),
  );
  expect(second.next).toBeNull();
  expect(await listExceptions(db, scope, { status: "any", kind: "risk_accepted", limit: 2 })).toEqual({
    ...{ exceptions: [], next: null },
  });
});
