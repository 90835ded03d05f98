import { asc, eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { auditEntries, auditVerifications } from "#db/audit/schema.ts";
import { createUser } from "#db/factories.ts";
import { notifications } from "#db/triage/schema.ts";
import { performVerify } from "./perform-verify.ts";
import { makeTrail, type TestTrail } from "./test-trail.ts";

let trail: TestTrail;
beforeEach(async () => {
  trail = await makeTrail();
});
afterEach(() => trail.close());

const run = (extent: "tail" | "all", now = new Date()) =>
  performVerify({ db: trail.db, url: trail.url, anchors: [trail.anchor], archives: null, now }, extent);
const kept = async () => {
  const rows = await trail.db.select().from(auditVerifications).orderBy(asc(auditVerifications.endedAt));
  return rows.map(({ extent, from, to, ok }) => ({ extent, from, to, ok }));
};
const told = () => trail.db.select().from(notifications).where(eq(notifications.kind, "trail_broken"));

describe("performVerify", () => {
  it("goes on where it was sound last, and keeps what it found", async () => {
    await run("tail");
    await trail.grow(2);
    await run("tail");
    await run("all");
    expect(await kept()).toEqual([
      { extent: "tail", from: 0, to: 15, ok: true },
      { extent: "tail", from: 15, to: 17, ok: true },
      { extent: "all", from: 0, to: 17, ok: true },
    ]);
    expect(await told()).toEqual([]);
  });

  it("tells auditors and administrators once of what isn't as it was sealed", async () => {
    const { organisationId } = trail.scope;
    const admin = await createUser(trail.db, { organisationId, role: "admin" });
    await createUser(trail.db, { organisationId, role: "analyst" });
    await createUser(trail.db, { organisationId, role: "auditor", seesAllAccounts: false });
    await trail.tamper((sql) => sql`update audit_entries set action = 'nothing.happened' where id = 15`);
    await run("all");
    await run("all");
    const people = (await told()).map(({ userId }) => userId).sort();
    expect(people).toEqual([trail.scope.actor.id, admin.id].sort());
    const [first] = await trail.db.select().from(auditVerifications).orderBy(asc(auditVerifications.endedAt));
    expect(first).toMatchObject({
      ok: false,
      problems: [{ kind: "changed", position: 14, batch: 3, entryId: await trail.entryId(14) }],
    });
    const entries = await trail.db.select().from(auditEntries).where(eq(auditEntries.action, "audit.broken"));
    expect(entries.map(({ objectId, result, after }) => ({ objectId, result, after }))).toEqual([
      {
        ...{ objectId: first?.id, result: "failed" },
        after: { problems: 1, kind: "changed", position: 14, entry: await trail.entryId(14) },
      },
    ]);
  });

  it("stays with what the tail found until it is mended, and forgets what is old", async () => {
    await run("tail", new Date(Date.now() - 40 * 86_400_000));
    await trail.grow(1);
    await trail.tamper((sql) => sql`update audit_entries set action = 'nothing.happened' where id = 16`);
    await run("tail");
    await run("tail");
    await trail.tamper((sql) => sql`update audit_entries set action = 'test.act' where id = 16`);
    await run("tail");
    expect((await kept()).map(({ from, ok }) => ({ from, ok }))).toEqual([
      { from: 0, ok: true },
      { from: 15, ok: false },
      { from: 15, ok: false },
      { from: 15, ok: true },
    ]);
    await trail.db.update(auditVerifications).set({ endedAt: new Date(Date.now() - 40 * 86_400_000) });
    await run("tail");
    expect((await kept()).map(({ ok }) => ok).sort()).toEqual([false, false, true]);
  });
});
