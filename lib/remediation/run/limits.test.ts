import { eq, sql } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { auditEntries } from "#db/audit/schema.ts";
import { users as userTable } from "#db/identity/schema.ts";
import { changeWindows, remediationSettings } from "#db/remediation/schema.ts";
import { ActionRefused } from "../action-handler.ts";
import { beginPlan } from "./begin-plan.ts";
import { createEngine, createFakeCloud, signal, switching } from "./test-kind.ts";
import { performTick } from "./tick.ts";

const cloud = createFakeCloud();
const engine = await createEngine(5);
const { db } = engine.database;
const { organisationId, accountId } = engine.world;
const names = [1, 2, 3, 4, 5].map((n) => `bucket-${n}`);
const one = switching("TEST-ONE", ["a"]);

const setLimits = (given: Partial<typeof remediationSettings.$inferInsert>) =>
  db
    .insert(remediationSettings)
    .values({ organisationId, ...given })
    .onConflictDoUpdate({ target: remediationSettings.organisationId, set: given });
const tick = () => performTick(db, signal);
const begin = (planId: string) => db.transaction((tx) => beginPlan(tx, planId));
/** Lets the time of a plan's approval be over, which nobody else can. */
const letExpire = (planId: string) =>
  db.transaction(async (tx) => {
    await tx.execute(sql`set local session_replication_role = replica`);
    await tx.execute(
      sql`update remediation_plans set expires_at = now() - interval '1 minute' where id = ${planId}`,
    );
  });

beforeEach(async () => {
  cloud.on.clear();
  cloud.switched.length = 0;
  cloud.at = {};
  await db.delete(remediationSettings);
  await db.delete(changeWindows);
  // What an earlier test left under way would keep the resources busy.
  await db.transaction(async (tx) => {
    await tx.execute(sql`set local session_replication_role = replica`);
    await tx.execute(sql`update remediation_plans set state = 'cancelled'`);
  });
});
afterEach(() => {
  cloud.at = {};
});

describe("limits", () => {
  it("change no more resources at a time than are allowed, and all of them in the end", async () => {
    await setLimits({ parallel: 2 });
    const plan = await engine.begun(one);
    const [b1, b2, ...others] = names;
    expect(await engine.targets(plan.id)).toEqual([
      `${b1} running`,
      `${b2} running`,
      ...others.map((n) => `${n} waiting`),
    ]);
    let most = 0;
    cloud.at.send = async () => {
      const [row] = await db.execute<{ running: number }>(sql`
        select count(*)::int as running from remediation_targets where plan_id = ${plan.id} and state = 'running'`);
      most = Math.max(most, row?.running ?? 0);
    };
    await engine.work(plan.id);
    expect(most).toBe(2);
    expect(cloud.switched.toSorted()).toEqual(names.map((name) => `on ${name} a`));
    expect(await engine.plan(plan.id)).toMatchObject({ state: "verifying" });
  });

  it("leave the rest alone once too many have failed", async () => {
    await setLimits({ parallel: 1, stopAtFailedPercent: 40 });
    const plan = await engine.begun(one);
    cloud.at.send = async ({ step }) => {
      await step.journal.fail("switch", "No.");
      throw new ActionRefused("denied", "No.");
    };
    await engine.work(plan.id);
    expect(await engine.targets(plan.id)).toEqual(
      names.map((name, at) => `${name} ${at < 2 ? "failed" : "skipped"}`),
    );
    expect(await engine.plan(plan.id)).toMatchObject({
      ...{ state: "failed", error: "Of the resources, 2 failed, 3 left alone." },
    });
  });

  it("hold a plan back that became too large meanwhile", async () => {
    const plan = await engine.draft(one);
    await engine.approve(plan, { wait: true });
    await setLimits({ maxResources: 4 });
    expect(await begin(plan.id)).toBe("limit");
    expect(await engine.draft(one).catch((error: Error) => error.message)).toContain("one plan may change 4");
  });

  it("hold a plan back whose people may not ask or approve any more", async () => {
    const { users } = engine.world;
    const plan = await engine.draft(one);
    await engine.approve(plan, { wait: true });
    const set = (user: { id: string }, given: Partial<typeof userTable.$inferInsert>) =>
      db.update(userTable).set(given).where(eq(userTable.id, user.id));
    const refuses = async () => {
      expect(await begin(plan.id)).toBe("people");
      expect(await engine.plan(plan.id)).toMatchObject({ state: "approved" });
    };
    for (const user of [users.manager, users.analyst]) {
      await set(user, { disabledAt: new Date() });
      await refuses();
      await set(user, { disabledAt: null, seesAllAccounts: false });
      await refuses();
      await set(user, { seesAllAccounts: true, role: "auditor" });
      await refuses();
      await set(user, { role: user.role });
    }
    expect(await begin(plan.id)).toBeNull();
    expect(await engine.plan(plan.id)).toMatchObject({ state: "running" });
  });

  it("let one plan at a time work on a resource", async () => {
    const [first, second] = [await engine.draft(one), await engine.draft(one)];
    await engine.approve(first, { wait: true });
    await engine.approve(second, { wait: true });
    expect(await begin(first.id)).toBeNull();
    expect(await begin(second.id)).toBe("busy");
    await engine.work(first.id);
    expect(await begin(second.id)).toBeNull();
    await engine.work(second.id);
    // It was planned before the first one's change.
    expect(await engine.plan(second.id)).toMatchObject({ state: "failed" });
    expect(cloud.switched).toHaveLength(5);
  });
});

describe("the freeze switch", () => {
  it("keeps a plan from beginning, and one that runs from its next step, until it is off", async () => {
    await setLimits({ parallel: 1, frozenAt: new Date() });
    const plan = await engine.draft(switching("TEST-TWO", ["a", "b"]));
    await engine.approve(plan);
    await tick();
    expect(await engine.plan(plan.id)).toMatchObject({ state: "approved" });
    await setLimits({ frozenAt: null });
    await tick();
    cloud.at.send = async () => {
      await setLimits({ frozenAt: new Date() });
    };
    await engine.work(plan.id);
    await tick();
    await engine.work(plan.id);
    expect(cloud.switched).toEqual(["on bucket-1 a"]);
    expect((await engine.steps(plan.id)).slice(0, 3)).toEqual([
      ...["bucket-1 switch-a applied", "bucket-1 switch-b waiting", "bucket-2 switch-a waiting"],
    ]);
    cloud.at = {};
    await setLimits({ frozenAt: null });
    await tick();
    await engine.work(plan.id);
    expect(cloud.switched).toEqual(names.flatMap((name) => [`on ${name} a`, `on ${name} b`]));
  });
});

describe("an approval's time", () => {
  it("over before the plan began ends it", async () => {
    const plan = await engine.draft(one);
    await engine.approve(plan, { wait: true });
    await letExpire(plan.id);
    expect(await begin(plan.id)).toBeNull();
    await tick();
    expect(await engine.plan(plan.id)).toMatchObject({ state: "expired" });
    const entries = await db
      .select()
      .from(auditEntries)
      .where(eq(auditEntries.objectId, plan.id))
      .orderBy(auditEntries.id);
    expect(entries.at(-1)).toMatchObject({
      ...{ action: "remediation_plan.expire", before: { state: "approved" }, after: { state: "expired" } },
    });
    const told = await db.execute(
      sql`select user_id as "userId", kind, excerpt from notifications where plan_id = ${plan.id} and kind = 'fix_ended'`,
    );
    expect([...told]).toEqual([
      { userId: engine.world.users.analyst.id, kind: "fix_ended", excerpt: "Expired: Switch it on" },
    ]);
    expect(cloud.switched).toEqual([]);
  });

  it("over while it runs leaves those alone that haven't begun", async () => {
    await setLimits({ parallel: 1 });
    const plan = await engine.begun(one);
    cloud.at.send = () => letExpire(plan.id);
    await engine.work(plan.id);
    expect(cloud.switched).toEqual(["on bucket-1 a"]);
    expect(await engine.targets(plan.id)).toEqual([
      "bucket-1 verifying",
      ...names.slice(1).map((n) => `${n} skipped`),
    ]);
  });
});

describe("a change window", () => {
  const zone = "Pacific/Kiritimati";
  /** The hour around now as clocks show it there, on that day of the week. */
  const around = (timeZone: string, hours: number) => {
    const at = (offset: number) =>
      new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", minute: "2-digit" }).format(
        Date.now() + offset * 3_600_000,
      );
    return { start: at(hours - 1), end: at(hours + 1), days: [1, 2, 3, 4, 5, 6, 7], timeZone };
  };

  it("is kept by the clocks of its time zone", async () => {
    const plan = await engine.draft(one);
    // What is open there is 14 hours off by this machine's clock.
    await db
      .insert(changeWindows)
      .values({ organisationId, accountId: null, ...around(zone, 0), timeZone: "UTC" });
    await engine.approve(plan);
    await tick();
    expect(await engine.plan(plan.id)).toMatchObject({ state: "approved" });
    await db.update(changeWindows).set({ timeZone: zone });
    await tick();
    expect(await engine.plan(plan.id)).toMatchObject({ state: "running" });
  });

  it("of an account takes the place of those of all accounts, and closes over what hasn't begun", async () => {
    await setLimits({ parallel: 1 });
    await db.insert(changeWindows).values({ organisationId, accountId: null, ...around("UTC", 6) });
    await db.insert(changeWindows).values({ organisationId, accountId, ...around(zone, 0) });
    const plan = await engine.begun(one);
    cloud.at.send = async () => {
      await db.update(changeWindows).set(around(zone, 6)).where(eq(changeWindows.accountId, accountId));
    };
    await engine.work(plan.id);
    expect(cloud.switched).toEqual(["on bucket-1 a"]);
    expect(await engine.plan(plan.id)).toMatchObject({ state: "running" });
    cloud.at = {};
    await db.update(changeWindows).set(around(zone, 0)).where(eq(changeWindows.accountId, accountId));
    await tick();
    await engine.work(plan.id);
    expect(cloud.switched).toEqual(names.map((name) => `on ${name} a`));
  });
});
