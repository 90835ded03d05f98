import { sql } from "drizzle-orm";
import { afterAll, describe, expect, it } from "vitest";
import type { z } from "zod";
import { createScope } from "#db/factories.ts";
import { createTestDatabase } from "#db/test-database.ts";
import { getChange, listExceptions } from "#db/triage/queries.ts";
import { readTrail } from "../accounts/test-accounts.ts";
import { Scope } from "../auth/scope.ts";
import { changeFindings } from "./change-findings.ts";
import type { ChangeFindingsInput } from "./change-input.ts";
import { decideException } from "./decide-exception.ts";
import { createEstate, inDays, readActivity, readFinding } from "./test-findings.ts";
import { undoChange } from "./undo-change.ts";

const { db, close } = await createTestDatabase();
afterAll(close);

type Change = z.input<typeof ChangeFindingsInput>["change"];
const reason = "Accepted by the board.";
/** What a person can change of a finding, as it stands. */
async function standing(id: string) {
  const { workflow, suppression, suppressedUntil, exceptionId, assigneeId, dueAt, dueByHand } =
    await readFinding(db, id);
  return { workflow, suppression, suppressedUntil, exceptionId, assigneeId, dueAt, dueByHand };
}

describe("undoing a change", () => {
  it.each<[string, (userId: string) => Change]>([
    ["an assignment", (assigneeId) => ({ act: "assign", assigneeId })],
    ["a step of work", () => ({ act: "workflow", workflow: "in_progress" })],
    ["a date", () => ({ act: "due", dueAt: inDays(2) })],
    ["a mute", () => ({ act: "mute", reason, until: inDays(2) })],
    ["a question for acceptance", () => ({ act: "ask_acceptance", reason, until: inDays(2) })],
  ])("puts %s back as it was, and is recorded", async (_name, changeOf) => {
    const { ids, organisationId, scopeOf } = await createEstate(db, 2);
    const scope = await scopeOf("analyst");
    const before = await standing(ids[0] ?? "");
    const change = changeOf(scope.actor.id);
    const made = await changeFindings(db, scope, { target: { ids }, change });
    const undone = await undoChange(db, await scopeOf("manager"), { changeId: made.changeId });
    expect(undone).toEqual({ changeId: undone.changeId, status: "done", matched: 2, changed: 2, skipped: 0 });
    for (const id of ids) expect(await standing(id)).toEqual(before);
    expect((await readFinding(db, ids[0] ?? "")).revision).toBe(3);
    const [first, second] = await readActivity(db, ids[0] ?? "");
    expect(second).toEqual({ act: "undo", before: first?.after, after: first?.before });
    const { exceptions } = await listExceptions(db, scope, { status: "any", limit: 9 });
    const status = { mute: ["ended"], ask_acceptance: ["withdrawn"] }[String(change.act)] ?? [];
    expect(exceptions.map((each) => each.status)).toEqual(status);
    expect(await getChange(db, scope, made.changeId)).toMatchObject({
      undoneBy: undone.changeId,
      undoable: false,
    });
    const trail = await readTrail(db, organisationId);
    expect(trail.slice(1, 2)).toMatchObject(
      status.length > 0
        ? [{ action: "exception.settle", after: { status: status[0], changeId: undone.changeId } }]
        : [{ action: "triage_change.undo", objectId: made.changeId, after: { changeId: undone.changeId } }],
    );
    expect(trail.at(-1)).toMatchObject({ action: "finding.undo", objectId: undone.changeId });
  });

  it("of an unmuting mutes again, until the same date", async () => {
    const { ids, scopeOf } = await createEstate(db);
    const scope = await scopeOf("analyst");
    await changeFindings(db, scope, { target: { ids }, change: { act: "mute", reason, until: inDays(2) } });
    const muted = await standing(ids[0] ?? "");
    const { changeId } = await changeFindings(db, scope, { target: { ids }, change: { act: "unmute" } });
    await undoChange(db, scope, { changeId });
    expect(await standing(ids[0] ?? "")).toEqual(muted);
    const { exceptions } = await listExceptions(db, scope, { status: "any", limit: 9 });
    expect(exceptions.map(({ status }) => status)).toEqual(["granted"]);
  });

  it("leaves alone what somebody else changed since, and can be done once", async () => {
    const { ids, scopeOf } = await createEstate(db, 3);
    const [scope, other] = [await scopeOf("analyst"), await scopeOf("analyst")];
    const { changeId } = await changeFindings(db, scope, {
      target: { ids },
      change: { act: "assign", assigneeId: scope.actor.id },
    });
    const theirs = { act: "assign" as const, assigneeId: other.actor.id };
    await changeFindings(db, other, { target: { ids: ids.slice(0, 1) }, change: theirs });
    // Another column is no obstacle.
    await changeFindings(db, other, {
      target: { ids: ids.slice(1, 2) },
      change: { act: "workflow", workflow: "in_progress" },
    });
    expect(await undoChange(db, scope, { changeId })).toMatchObject({ matched: 3, changed: 2, skipped: 1 });
    const now = await Promise.all(ids.map(standing));
    expect(now.map(({ assigneeId, workflow }) => [assigneeId, workflow])).toEqual([
      [other.actor.id, "new"],
      [null, "in_progress"],
      [null, "new"],
    ]);
    await expect(undoChange(db, scope, { changeId })).rejects.toMatchObject({ code: "conflict" });
  });

  it("gives no work back to who has gone since", async () => {
    const { ids, join, scopeOf } = await createEstate(db);
    const scope = await scopeOf("analyst");
    const leaver = await join("analyst");
    const assign = (assigneeId: string) =>
      changeFindings(db, scope, { target: { ids }, change: { act: "assign", assigneeId } });
    await assign(leaver.id);
    const { changeId } = await assign(scope.actor.id);
    await db.execute(sql`update users set disabled_at = now() where id = ${leaver.id}`);
    expect(await undoChange(db, scope, { changeId })).toMatchObject({ changed: 0, skipped: 1 });
    expect(await standing(ids[0] ?? "")).toMatchObject({ assigneeId: scope.actor.id });
  });

  it("is done by one of two who do it at once", async () => {
    const { ids, scopeOf } = await createEstate(db);
    const scope = await scopeOf("analyst");
    const { changeId } = await changeFindings(db, scope, {
      target: { ids },
      change: { act: "workflow", workflow: "in_progress" },
    });
    const both = await Promise.allSettled([
      undoChange(db, scope, { changeId }),
      undoChange(db, scope, { changeId }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await readActivity(db, ids[0] ?? "")).toHaveLength(2);
  });
});

describe("undoing is refused", () => {
  it("for what was decided on, for an end of an acceptance, and for an undoing", async () => {
    const { ids, scopeOf } = await createEstate(db);
    const [asker, manager] = [await scopeOf("analyst"), await scopeOf("manager")];
    const asked = await changeFindings(db, asker, {
      target: { ids },
      change: { act: "ask_acceptance", reason, until: inDays(9) },
    });
    const [exception] = (await listExceptions(db, asker, { status: "asked", limit: 1 })).exceptions;
    const { change } = await decideException(db, manager, {
      ...{
        exceptionId: exception?.id ?? "",
        decision: "grant",
        note: "",
        revision: exception?.revision ?? 0,
      },
    });
    const revoked = await changeFindings(db, asker, {
      target: { ids },
      change: { act: "revoke_acceptance" },
    });
    const moved = await changeFindings(db, asker, {
      target: { ids },
      change: { act: "workflow", workflow: "in_progress" },
    });
    const undone = await undoChange(db, asker, { changeId: moved.changeId });
    for (const each of [asked, change, revoked, undone]) {
      await expect(undoChange(db, asker, { changeId: each?.changeId ?? "" })).rejects.toMatchObject({
        code: "conflict",
        message: expect.stringMatching(/^Nothing was changed: /),
      });
    }
  });

  it("for another organisation's, for what can't all be seen, and without permission", async () => {
    const estate = await createEstate(db);
    const elsewhere = await createEstate(db, 1, estate);
    const scope = await estate.scopeOf("analyst");
    const { changeId } = await changeFindings(db, scope, {
      target: { ids: [...estate.ids, ...elsewhere.ids] },
      change: { act: "workflow", workflow: "in_progress" },
    });
    const oneEyed = Scope.ofUser({ ...(await estate.join("manager")), accountIds: [estate.accountId] });
    for (const stranger of [await createScope(db, { role: "manager" }), oneEyed]) {
      await expect(undoChange(db, stranger, { changeId })).rejects.toMatchObject({ code: "not_found" });
      await expect(getChange(db, stranger, changeId)).rejects.toMatchObject({ code: "not_found" });
    }
    for (const role of ["auditor", "ciso"] as const) {
      await expect(undoChange(db, await estate.scopeOf(role), { changeId })).rejects.toMatchObject({
        code: "forbidden",
      });
    }
    await expect(undoChange(db, scope, { changeId: "chg_nobody" })).rejects.toMatchObject({
      code: "not_found",
    });
    const [row] = await db.execute(sql`
      select count(*)::int as n from findings where workflow = 'in_progress' and organisation_id = ${estate.organisationId}
    `);
    expect(row).toEqual({ n: 2 });
  });
});
