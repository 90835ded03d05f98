import { and, eq, sql } from "drizzle-orm";
import { afterAll, describe, expect, it } from "vitest";
import { createUser } from "#db/factories.ts";
import { countWaiting, getPlan, listPlans } from "#db/remediation/queries.ts";
import { remediationApprovals, remediationPlans } from "#db/remediation/schema.ts";
import { createTestDatabase } from "#db/test-database.ts";
import { notifications } from "#db/triage/schema.ts";
import { readTrail } from "../../accounts/test-accounts.ts";
import { Scope } from "../../auth/scope.ts";
import { openQueue, provideQueue } from "../../jobs/queue.ts";
import { addPlaybook, createPlanWorld, draftPlan, finishPlanning, submittedPlan } from "../test-plans.ts";
import { cancelPlan } from "./cancel-plan.ts";
import { decidePlan } from "./decide-plan.ts";
import { decidePlans } from "./decide-plans.ts";
import { runPlan } from "./run-plan.ts";
import { setFreeze } from "./set-freeze.ts";
import { submitPlan } from "./submit-plan.ts";

const { db, url, close } = await createTestDatabase();
const queue = await openQueue(url, { works: false });
provideQueue(queue);
afterAll(async () => {
  await queue.close();
  await close();
});

/** Approved ones don't begin, so that it is seen where the decision left them. */
const waits = { runWhenApproved: false };
const stateOf = async (planId: string) => {
  const [plan] = await db.select().from(remediationPlans).where(eq(remediationPlans.id, planId));
  return plan?.state;
};
const approvalsOf = (planId: string) =>
  db.select().from(remediationApprovals).where(eq(remediationApprovals.planId, planId));

describe("a decision", () => {
  it("approves, tells who asked, and is in the trail", async () => {
    const world = await createPlanWorld(db);
    const { scopes, users, organisationId } = world;
    const { planId, hash } = await submittedPlan(db, world, scopes.analyst, waits);
    expect(await countWaiting(db, scopes.manager)).toBe(1);
    for (const scope of [scopes.analyst, scopes.admin, scopes.auditor]) {
      expect(await countWaiting(db, scope)).toBe(0);
    }
    const given = { planId, hash, decision: "approve" as const, reason: "Looks right." };
    expect(await decidePlan(db, scopes.manager, given)).toEqual({
      ...{ planId, state: "approved", approvals: 1, approvalsNeeded: 1 },
    });
    expect(await getPlan(db, scopes.analyst, planId)).toMatchObject({
      state: "approved",
      decisions: [
        { by: { id: users.manager.id, name: "manager" }, decision: "approve", reason: "Looks right." },
      ],
      waitsFor: { what: "start", until: null },
      can: { submit: false, decide: false, run: true, cancel: true, rollBack: false },
    });
    expect(await countWaiting(db, scopes.manager)).toBe(0);
    expect((await readTrail(db, organisationId)).at(-1)).toEqual({
      ...{ action: "remediation_plan.approve", objectId: planId, before: { state: "awaiting_approval" } },
      after: {
        ...{ state: "approved", hash, reason: "Looks right.", requestedBy: users.analyst.id },
        ...{ approvals: 1, approvalsNeeded: 1 },
      },
    });
    const told = await db.select().from(notifications).where(eq(notifications.planId, planId));
    expect(told.map(({ userId, kind }) => ({ userId, kind })).sort(byUser)).toEqual(
      [
        ...[users.manager, users.secondManager, users.ciso].map(({ id }) => ({
          userId: id,
          kind: "fix_asked",
        })),
        { userId: users.analyst.id, kind: "fix_decided" },
      ].sort(byUser),
    );
  });

  it("begins the plan at once, where that was asked for", async () => {
    const world = await createPlanWorld(db);
    const { planId, hash } = await submittedPlan(db, world, world.scopes.analyst);
    await decidePlan(db, world.scopes.manager, { planId, hash, decision: "approve" });
    expect(await stateOf(planId)).toBe("running");
  });

  it("rejects with a reason, after which nothing can be made of the plan", async () => {
    const world = await createPlanWorld(db);
    const { scopes } = world;
    const { planId, hash } = await submittedPlan(db, world, scopes.analyst);
    await expect(decidePlan(db, scopes.ciso, { planId, hash, decision: "reject" })).rejects.toMatchObject({
      code: "invalid_input",
      fields: { reason: "Say why, in three characters or more." },
    });
    const rejected = { planId, hash, decision: "reject" as const, reason: "Not this week." };
    expect(await decidePlan(db, scopes.ciso, rejected)).toMatchObject({ state: "rejected", approvals: 0 });
    for (const act of [
      () => decidePlan(db, scopes.manager, { planId, hash, decision: "approve" }),
      () => cancelPlan(db, scopes.analyst, { planId }),
      () => runPlan(db, scopes.analyst, { planId }),
      () => submitPlan(db, scopes.analyst, { planId, revision: 4 }),
    ]) {
      await expect(act()).rejects.toMatchObject({ code: "conflict" });
    }
    await expect(moveTo(planId, "approved")).rejects.toMatchObject(refused);
    expect(await stateOf(planId)).toBe("rejected");
  });

  it("is nothing for who asked, neither by the verb nor in the database", async () => {
    const world = await createPlanWorld(db);
    const { scopes, users, organisationId } = world;
    const { planId, hash } = await submittedPlan(db, world, scopes.manager, waits);
    await expect(decidePlan(db, scopes.manager, { planId, hash, decision: "approve" })).rejects.toMatchObject(
      {
        code: "forbidden",
        message: "You asked for this yourself, so somebody else has to decide on it.",
      },
    );
    expect(await getPlan(db, scopes.manager, planId)).toMatchObject({
      can: { decide: false },
      cannotDecide: "You asked for this yourself, so somebody else has to decide on it.",
    });
    const approval = {
      ...{ organisationId, planId, planHash: hash, decision: "approve" as const, reason: "" },
    };
    const requestedBy = users.manager.id;
    await expect(
      db.insert(remediationApprovals).values({ ...approval, requestedBy, userId: users.manager.id }),
    ).rejects.toMatchObject({ cause: { constraint_name: "remediation_approvals_four_eyes" } });
    // As though somebody else had asked: the plan itself says who did.
    await expect(
      db
        .insert(remediationApprovals)
        .values({ ...approval, requestedBy: users.analyst.id, userId: users.manager.id }),
    ).rejects.toMatchObject({ cause: { constraint_name: "remediation_approvals_plan" } });
    await expect(moveTo(planId, "approved")).rejects.toMatchObject(refused);
    expect(await approvalsOf(planId)).toEqual([]);
    for (const role of ["analyst", "admin", "auditor"] as const) {
      await expect(decidePlan(db, scopes[role], { planId, hash, decision: "approve" })).rejects.toMatchObject(
        { code: "forbidden" },
      );
    }
  });

  it("is for the content that was seen, and no other", async () => {
    const world = await createPlanWorld(db);
    const { scopes } = world;
    const { planId } = await submittedPlan(db, world, scopes.analyst, waits);
    const other = await submittedPlan(db, { findingIds: world.findingIds.slice(1) }, scopes.analyst, waits);
    const replayed = { planId, hash: other.hash, decision: "approve" as const };
    await expect(decidePlan(db, scopes.manager, replayed)).rejects.toMatchObject({
      code: "conflict",
      message:
        "Nothing was changed (Close a public S3 bucket): this is not the plan that you have seen. Look at it again, and decide then.",
    });
    await expect(decidePlan(db, scopes.manager, { ...replayed, hash: "no hash" })).rejects.toMatchObject({
      code: "invalid_input",
    });
    expect(await stateOf(planId)).toBe("awaiting_approval");
  });

  it("comes too late once the plan has expired, even in the database", async () => {
    const world = await createPlanWorld(db);
    const { scopes } = world;
    const planId = await draftPlan(db, world, scopes.analyst);
    await finishPlanning(db, planId);
    const past = new Date(Date.now() - 60_000);
    const [plan] = await db
      .update(remediationPlans)
      .set({ state: "awaiting_approval", submittedAt: past, expiresAt: past })
      .where(eq(remediationPlans.id, planId))
      .returning();
    const hash = plan?.hash ?? "";
    await expect(decidePlan(db, scopes.manager, { planId, hash, decision: "approve" })).rejects.toMatchObject(
      {
        code: "conflict",
        message:
          "Nothing was changed (Close a public S3 bucket): it has expired. Whoever wants it has to propose it again.",
      },
    );
    expect(await getPlan(db, scopes.manager, planId)).toMatchObject({
      can: { decide: false },
      cannotDecide: "It has expired.",
    });
    expect(await countWaiting(db, scopes.manager)).toBe(0);
    await approve(plan, world.users.manager.id);
    await expect(moveTo(planId, "approved")).rejects.toMatchObject(refused);
  });

  it("comes once of each, and once in all where one is enough", async () => {
    const world = await createPlanWorld(db);
    const { scopes } = world;
    const { planId, hash } = await submittedPlan(db, world, scopes.analyst, waits);
    const approve = (scope: Scope) => decidePlan(db, scope, { planId, hash, decision: "approve" });
    const both = await Promise.allSettled([approve(scopes.manager), approve(scopes.secondManager)]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(both.find(({ status }) => status === "rejected")).toMatchObject({
      reason: {
        code: "conflict",
        message:
          "Nothing was changed (Close a public S3 bucket): it has been approved, so there is nothing to decide on any more.",
      },
    });
    expect(await approvalsOf(planId)).toHaveLength(1);
  });

  it("is told to one who approves while another rejects", async () => {
    const world = await createPlanWorld(db);
    const { scopes } = world;
    const { planId, hash } = await submittedPlan(db, world, scopes.analyst);
    const both = await Promise.allSettled([
      decidePlan(db, scopes.manager, { planId, hash, decision: "approve" }),
      decidePlan(db, scopes.ciso, { planId, hash, decision: "reject", reason: "Not today." }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(["running", "rejected"]).toContain(await stateOf(planId));
    expect(await approvalsOf(planId)).toHaveLength(1);
  });
});

describe("a plan that takes two approvals", () => {
  it("takes them of two people", async () => {
    const world = await createPlanWorld(db);
    const { scopes, organisationId, users } = world;
    const { id: playbook } = await addPlaybook(
      db,
      { organisationId, createdBy: users.admin.id },
      {
        ...{ approvals: 2, irreversible: ["It deletes."] },
      },
    );
    const { planId, hash } = await submittedPlan(db, world, scopes.analyst, { ...waits, playbook });
    const approve = (scope: Scope) => decidePlan(db, scope, { planId, hash, decision: "approve" });
    expect(await approve(scopes.manager)).toEqual({
      ...{ planId, state: "awaiting_approval", approvals: 1, approvalsNeeded: 2 },
    });
    await expect(approve(scopes.manager)).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("you have approved it already"),
    });
    expect(await getPlan(db, scopes.manager, planId)).toMatchObject({
      can: { decide: false },
      cannotDecide: "You have approved it; it takes another person's approval, too.",
    });
    expect(await countWaiting(db, scopes.manager)).toBe(0);
    expect(await countWaiting(db, scopes.ciso)).toBe(1);
    await expect(moveTo(planId, "approved")).rejects.toMatchObject(refused);
    expect(await approve(scopes.ciso)).toMatchObject({ state: "approved", approvals: 2 });
  });

  it("is over when the second one rejects it", async () => {
    const world = await createPlanWorld(db);
    const { scopes, organisationId, users } = world;
    const { id: playbook } = await addPlaybook(
      db,
      { organisationId, createdBy: users.admin.id },
      {
        ...{ approvals: 2, irreversible: ["It deletes."] },
      },
    );
    const { planId, hash } = await submittedPlan(db, world, scopes.analyst, { playbook });
    await decidePlan(db, scopes.manager, { planId, hash, decision: "approve" });
    const rejected = { planId, hash, decision: "reject" as const, reason: "It is in use." };
    expect(await decidePlan(db, scopes.ciso, rejected)).toMatchObject({ state: "rejected", approvals: 1 });
  });
});

describe("several plans", () => {
  it("are decided on alike, all of them or none", async () => {
    const world = await createPlanWorld(db, 3);
    const { scopes } = world;
    const plans = [];
    for (const findingId of world.findingIds) {
      plans.push(await submittedPlan(db, { findingIds: [findingId] }, scopes.analyst, waits));
    }
    const asked = plans.map(({ planId, hash }) => ({ planId, hash }));
    const wrong = asked.map((each, index) => (index === 2 ? { ...each, hash: "0".repeat(64) } : each));
    await expect(
      decidePlans(db, scopes.manager, { plans: wrong, decision: "approve" }),
    ).rejects.toMatchObject({ code: "conflict" });
    expect(await Promise.all(asked.map(({ planId }) => stateOf(planId)))).toEqual(
      asked.map(() => "awaiting_approval"),
    );
    const decided = await decidePlans(db, scopes.manager, { plans: asked, decision: "approve" });
    expect(decided.map(({ planId, state }) => ({ planId, state })).sort(byPlan)).toEqual(
      asked.map(({ planId }) => ({ planId, state: "approved" })).sort(byPlan),
    );
    const acts = (await readTrail(db, world.organisationId)).map(({ action }) => action);
    expect(acts.filter((action) => action === "remediation_plan.approve")).toHaveLength(3);
  });

  it("are not there for who sees only some of the accounts", async () => {
    const world = await createPlanWorld(db);
    const { planId, hash } = await submittedPlan(db, world, world.scopes.analyst);
    const limited = Scope.ofUser({
      ...(await createUser(db, { organisationId: world.organisationId, role: "manager" })),
      accountIds: [],
    });
    const decision = "approve" as const;
    for (const act of [
      () => decidePlan(db, limited, { planId, hash, decision }),
      () => decidePlans(db, limited, { plans: [{ planId, hash }], decision }),
      () => runPlan(db, limited, { planId }),
      () => cancelPlan(db, limited, { planId }),
    ]) {
      await expect(act()).rejects.toMatchObject({ code: "not_found" });
    }
    expect(await listPlans(db, limited, { list: "all", limit: 10 })).toEqual({ plans: [], next: null });
    expect(await countWaiting(db, limited)).toBe(0);
    const told = await db
      .select()
      .from(notifications)
      .where(and(eq(notifications.planId, planId), eq(notifications.userId, limited.actor.id)));
    expect(told).toEqual([]);
  });
});

describe("what was submitted", () => {
  it("can be changed by nobody any more", async () => {
    const world = await createPlanWorld(db);
    const { planId } = await submittedPlan(db, world, world.scopes.analyst);
    const [plan] = await db.select().from(remediationPlans).where(eq(remediationPlans.id, planId));
    const changes: Partial<typeof remediationPlans.$inferInsert>[] = [
      { document: plan?.document ? { ...plan.document, parameters: { wide: true } } : null },
      { hash: "0".repeat(64) },
      { expiresAt: new Date("2199-01-01") },
      { approvalsNeeded: 0 },
      { requestedBy: world.users.ciso.id },
      { reason: "Another one." },
      { autoApproval: "aap_made_up" },
    ];
    for (const change of changes) {
      const changed =
        "autoApproval" in change
          ? moveTo(planId, "approved", change)
          : db.update(remediationPlans).set(change).where(eq(remediationPlans.id, planId));
      await expect(changed).rejects.toMatchObject(refused);
    }
    await expect(moveTo(planId, "running")).rejects.toMatchObject(refused);
  });

  it("runs once: a plan that was used is not begun again", async () => {
    const world = await createPlanWorld(db);
    const { scopes } = world;
    const { planId, hash } = await submittedPlan(db, world, scopes.analyst, waits);
    await decidePlan(db, scopes.manager, { planId, hash, decision: "approve" });
    const run = () => runPlan(db, scopes.analyst, { planId });
    const both = await Promise.allSettled([run(), run()]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(both.find(({ status }) => status === "fulfilled")).toEqual({
      status: "fulfilled",
      value: { planId, state: "running", waitsFor: null },
    });
    expect(both.find(({ status }) => status === "rejected")).toMatchObject({
      reason: { code: "conflict", message: "Nothing was begun: it is being carried out." },
    });
    await expect(decidePlan(db, scopes.ciso, { planId, hash, decision: "approve" })).rejects.toMatchObject({
      code: "conflict",
    });
    await expect(moveTo(planId, "approved")).rejects.toMatchObject(refused);
  });

  it("waits while everything is frozen, and can't be begun by hand", async () => {
    const world = await createPlanWorld(db);
    const { scopes } = world;
    const { planId, hash } = await submittedPlan(db, world, scopes.analyst);
    await setFreeze(db, scopes.ciso, { frozen: true, reason: "The year ends." });
    await decidePlan(db, scopes.manager, { planId, hash, decision: "approve" });
    expect(await getPlan(db, scopes.analyst, planId)).toMatchObject({
      ...{ state: "approved", waitsFor: { what: "freeze", until: null } },
      can: { submit: false, decide: false, run: false, cancel: true, rollBack: false },
    });
    await expect(runPlan(db, scopes.analyst, { planId })).rejects.toMatchObject({
      code: "conflict",
      message: "Nothing was begun: all changes are frozen at present.",
    });
    await setFreeze(db, scopes.manager, { frozen: false, reason: "It has begun." });
    expect(await runPlan(db, scopes.analyst, { planId })).toMatchObject({ state: "running" });
  });
});

const refused = { cause: { code: "23000" } };
const byUser = (a: { userId: string }, b: { userId: string }) => (a.userId < b.userId ? -1 : 1);
const byPlan = (a: { planId: string }, b: { planId: string }) => (a.planId < b.planId ? -1 : 1);

/** Past every verb. */
const moveTo = (
  planId: string,
  state: "approved" | "running",
  given: Partial<typeof remediationPlans.$inferInsert> = {},
) =>
  db
    .update(remediationPlans)
    .set({ ...given, state, decidedAt: sql`now()` })
    .where(eq(remediationPlans.id, planId));

const approve = (plan: typeof remediationPlans.$inferSelect | undefined, userId: string) =>
  plan &&
  db.insert(remediationApprovals).values({
    ...{ organisationId: plan.organisationId, planId: plan.id, planHash: plan.hash ?? "", userId },
    ...{ requestedBy: plan.requestedBy, decision: "approve", reason: "" },
  });
