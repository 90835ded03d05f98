import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { sql } from "drizzle-orm";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { createTestDatabase } from "#db/test-database.ts";
import { getChange, listRunningChanges } from "#db/triage/queries.ts";
import { readTrail } from "../../accounts/test-accounts.ts";
import { openQueue, provideQueue } from "../../jobs/queue.ts";
import { changeFindings } from "../change-findings.ts";
import { findingFilter } from "../filter.ts";
import { findingsChannel } from "../notify.ts";
import { createEstate, inDays, readTold } from "../test-findings.ts";
import { undoChange } from "../undo-change.ts";
import { performChange } from "./perform-change.ts";

const { db, sql: connection, url, close } = await createTestDatabase();
const queue = await openQueue(url, { works: false });
provideQueue(queue);
let workers: ChildProcess[] = [];
afterEach(async () => {
  await Promise.all(
    workers.map(async (worker) => {
      if (worker.exitCode !== null || worker.signalCode !== null) return;
      worker.kill("SIGKILL");
      await once(worker, "exit");
    }),
  );
  workers = [];
});
afterAll(async () => {
  await queue.close();
  await close();
});

const long = 120_000;
const { signal } = new AbortController();
const inProgress = { act: "workflow" as const, workflow: "in_progress" as const };

async function spawnWorker(): Promise<ChildProcess> {
  const PARAPET_SECRET_KEYS = `test:${randomBytes(32).toString("base64")}`;
  const worker = spawn(process.execPath, ["cli/main.ts", "worker"], {
    env: { ...process.env, DATABASE_URL: url, PARAPET_SECRET_KEYS },
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  workers.push(worker);
  const ended = once(worker, "exit").then(() => Promise.reject(new Error("The worker ended.")));
  await Promise.race([once(worker, "message"), ended]);
  ended.catch(() => undefined);
  return worker;
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 20));
}

/** How findings of an organisation stand, and what was written about them. */
async function sums(organisationId: string, changeId: string) {
  const [row] = await db.execute(sql`
    select (select count(*)::int from findings where organisation_id = ${organisationId} and workflow = 'in_progress') as moved,
      (select count(*)::int from findings where organisation_id = ${organisationId} and revision > 2) as doubled,
      (select count(*)::int from finding_activity where change_id = ${changeId}) as activity,
      (select count(*)::int from triage_items where change_id = ${changeId}) as left
  `);
  const trail = await readTrail(db, organisationId);
  const audited = trail
    .filter(({ action, objectId }) => action === "finding.workflow" && objectId === changeId)
    .flatMap(({ after }) => (after as { findings: string[] }).findings);
  return { ...row, audited: audited.length, distinct: new Set(audited).size };
}

describe("a change of more findings than are changed at once", () => {
  it("is asked for exactly, made by a job, and told of once", { timeout: long }, async () => {
    const { ids, organisationId, scopeOf } = await createEstate(db, 20_000);
    const scope = await scopeOf("analyst");
    await db.execute(sql`
      update findings set workflow = 'in_progress' where organisation_id = ${organisationId} and id <= ${ids[99] ?? ""}
    `);
    await db.execute(sql`
      update findings set status = 'resolved' where organisation_id = ${organisationId} and id > ${ids[19_949] ?? ""}
    `);
    const filter = findingFilter();
    const asked = await changeFindings(db, scope, {
      target: { filter, expected: 19_999 },
      change: inProgress,
    });
    expect(asked).toEqual({
      changeId: asked.changeId,
      status: "waiting",
      matched: 20_000,
      changed: 0,
      skipped: 0,
    });
    expect(await listRunningChanges(db, scope)).toMatchObject([{ id: asked.changeId, matched: 20_000 }]);
    const heard: string[] = [];
    const listener = await connection.listen(findingsChannel, (payload) => heard.push(payload));
    await performChange(db, asked.changeId, signal);
    expect(await getChange(db, scope, asked.changeId)).toMatchObject({
      ...{ status: "done", matched: 20_000, changed: 19_850, skipped: 150, finishedAt: expect.any(String) },
    });
    expect(await listRunningChanges(db, scope)).toEqual([]);
    const exact = { activity: 19_850, audited: 19_850, distinct: 19_850, left: 0, doubled: 0 };
    expect(await sums(organisationId, asked.changeId)).toEqual({ ...exact, moved: 19_950 });
    await until(async () => heard.length >= 11);
    await listener.unlisten();
    // Once a batch and at the end; where the two ends meet, a batch may be cut in two.
    expect(heard.length).toBeLessThanOrEqual(12);
    expect(new Set(heard)).toEqual(new Set([JSON.stringify({ organisationId, id: asked.changeId })]));
    expect(await readTold(db, organisationId)).toEqual([
      {
        ...{ userId: scope.actor.id, kind: "change_done", findingId: null },
        excerpt: "19,850 of 20,000 findings changed; the others were so already, or could not be.",
      },
    ]);
    const [start] = await readTrail(db, organisationId);
    expect(start).toMatchObject({
      action: "triage_change.start",
      after: {
        act: "workflow",
        change: { workflow: "in_progress" },
        filter,
        expected: 19_999,
        matched: 20_000,
      },
    });
    const [counted] = await db.execute(sql`
      select sum(findings)::int as n from (select organisation_id, state, findings from finding_counts
        union all select organisation_id, state, findings from finding_count_changes) c
      where organisation_id = ${organisationId} and state = 'in_progress'
    `);
    expect(counted).toEqual({ n: 19_950 });

    // Again changes nothing, and what others changed meanwhile stays when it is undone.
    await performChange(db, asked.changeId, signal);
    await changeFindings(db, scope, {
      target: { ids: ids.slice(100, 110) },
      change: { act: "workflow", workflow: "new" },
    });
    const undone = await undoChange(db, scope, { changeId: asked.changeId });
    expect(undone).toMatchObject({ status: "waiting", matched: 19_850 });
    await performChange(db, undone.changeId, signal);
    expect(await getChange(db, scope, undone.changeId)).toMatchObject({
      ...{
        status: "done",
        matched: 19_850,
        changed: 19_840,
        skipped: 10,
        undoes: asked.changeId,
        undoable: false,
      },
    });
    expect(await sums(organisationId, undone.changeId)).toMatchObject({ moved: 100, activity: 19_840 });
  });

  it("counts findings that were deleted before their turn as skipped", { timeout: long }, async () => {
    const { ids, organisationId, scopeOf } = await createEstate(db, 600);
    const scope = await scopeOf("analyst");
    const target = { filter: findingFilter(), expected: 600 };
    const asked = await changeFindings(db, scope, { target, change: inProgress });
    await db.execute(
      sql`delete from findings where organisation_id = ${organisationId} and id <= ${ids[9] ?? ""}`,
    );
    await performChange(db, asked.changeId, signal);
    expect(await getChange(db, scope, asked.changeId)).toMatchObject({
      ...{ status: "done", matched: 600, changed: 590, skipped: 10 },
    });
  });

  it("is made although who asked for it has been disabled, and to nobody who has been", {
    timeout: long,
  }, async () => {
    const { join, organisationId, scopeOf } = await createEstate(db, 600);
    const scope = await scopeOf("analyst");
    const assignee = await join("analyst");
    const target = { filter: findingFilter(), expected: 600 };
    const moved = await changeFindings(db, scope, { target, change: inProgress });
    const assigned = await changeFindings(db, scope, {
      target,
      change: { act: "assign", assigneeId: assignee.id },
    });
    await db.execute(sql`update users set disabled_at = now() where organisation_id = ${organisationId}`);
    await Promise.all([moved, assigned].map(({ changeId }) => performChange(db, changeId, signal)));
    expect(await getChange(db, scope, moved.changeId)).toMatchObject({ status: "done", changed: 600 });
    expect(await getChange(db, scope, assigned.changeId)).toMatchObject({
      status: "done",
      changed: 0,
      skipped: 600,
    });
  });

  it("leaves findings that others hold for later, and waits for nobody", { timeout: long }, async () => {
    const { ids, scopeOf } = await createEstate(db, 2_500);
    const scope = await scopeOf("analyst");
    const target = { filter: findingFilter(), expected: 2_500 };
    const asked = await changeFindings(db, scope, {
      target,
      change: { act: "mute", reason: "Known.", until: inDays(5) },
    });
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    const { promise: isHeld, resolve: hold } = Promise.withResolvers<void>();
    const holding = db.transaction(async (tx) => {
      await tx.execute(sql`select from findings where id = ${ids[0] ?? ""} for no key update`);
      hold();
      await released;
    });
    await isHeld;
    const performing = performChange(db, asked.changeId, signal);
    await until(async () => (await getChange(db, scope, asked.changeId)).changed === 2_499);
    expect(await getChange(db, scope, asked.changeId)).toMatchObject({ status: "running", skipped: 0 });
    release();
    await Promise.all([holding, performing]);
    expect(await getChange(db, scope, asked.changeId)).toMatchObject({ status: "done", changed: 2_500 });
    const [exception] = await db.execute(sql`
      select status, findings from finding_exceptions where id = (select exception_id from findings where id = ${ids[0] ?? ""})
    `);
    expect(exception).toEqual({
      status: "granted",
      findings: { critical: 0, high: 0, medium: 2_500, low: 0, info: 0 },
    });
  });

  it("goes on where a killed worker left it, and does nothing twice", { timeout: long }, async () => {
    const { ids, organisationId, scopeOf } = await createEstate(db, 20_000);
    const scope = await scopeOf("analyst");
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    const { promise: isHeld, resolve: hold } = Promise.withResolvers<void>();
    // One finding held keeps the job from getting through before it is killed.
    const holding = db.transaction(async (tx) => {
      await tx.execute(sql`select from findings where id = ${ids[10_000] ?? ""} for no key update`);
      hold();
      await released;
    });
    await isHeld;
    const victim = await spawnWorker();
    const target = { filter: findingFilter(), expected: 20_000 };
    const asked = await changeFindings(db, scope, { target, change: inProgress });
    await until(async () => (await getChange(db, scope, asked.changeId)).changed > 0);
    victim.kill("SIGKILL");
    await once(victim, "exit");
    const halfway = await getChange(db, scope, asked.changeId);
    const standing = await sums(organisationId, asked.changeId);
    expect(halfway.status).toBe("running");
    expect(standing).toMatchObject({ doubled: 0, left: 20_000 - halfway.changed });
    await spawnWorker();
    release();
    await holding;
    await until(async () => (await getChange(db, scope, asked.changeId)).status === "done");
    expect(await getChange(db, scope, asked.changeId)).toMatchObject({
      matched: 20_000,
      changed: 20_000,
      skipped: 0,
    });
    expect(await sums(organisationId, asked.changeId)).toEqual({
      ...{ moved: 20_000, activity: 20_000, audited: 20_000, distinct: 20_000, left: 0, doubled: 0 },
    });
    expect(await readTold(db, organisationId)).toHaveLength(1);
  });
});
