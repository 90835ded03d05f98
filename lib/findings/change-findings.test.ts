import { sql } from "drizzle-orm";
import { afterAll, describe, expect, it } from "vitest";
import { createTestDatabase } from "#db/test-database.ts";
import { getChange } from "#db/triage/queries.ts";
import { readTrail } from "../accounts/test-accounts.ts";
import { changeFindings } from "./change-findings.ts";
import { createEstate, readFinding } from "./test-findings.ts";

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

describe("changeFindings", () => {
  it("assigns, tells the assignee once, and records it all", async () => {
    const { ids, organisationId, join, scopeOf } = await createEstate(db, 3);
    const scope = await scopeOf("analyst");
    const assignee = await join("analyst", { name: "Sam" });
    const result = await changeFindings(db, scope, {
      target: { ids: [...ids, ...ids] },
      change: { act: "assign", assigneeId: assignee.id },
    });
    expect(result).toEqual({ changeId: result.changeId, status: "done", matched: 3, changed: 3, skipped: 0 });
    for (const id of ids)
      expect(await readFinding(db, id)).toMatchObject({ ...untouched, assigneeId: assignee.id, revision: 2 });
    expect(await readTrail(db, organisationId)).toEqual([
      {
        action: "finding.assign",
        objectId: result.changeId,
        before: { findings: [{ assigneeId: null, findings: ids }] },
        after: { act: "assign", change: { assigneeId: assignee.id }, findings: ids },
      },
    ]);
    const told = await db.execute(sql`
      select user_id, kind, finding_id, change_id, actor_id, excerpt from notifications where organisation_id = ${organisationId}
    `);
    expect([...told]).toEqual([
      {
        user_id: assignee.id,
        kind: "assigned",
        finding_id: null,
        change_id: result.changeId,
        actor_id: scope.actor.id,
        excerpt: "3 findings",
      },
    ]);
    expect(await getChange(db, scope, result.changeId)).toMatchObject({
      act: "assign",
      own: true,
      undoable: true,
    });
  });
});
