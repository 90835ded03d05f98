import { eq, sql } from "drizzle-orm";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { getPlan } from "#db/remediation/queries.ts";
import { remediationPlans, remediationSecrets, remediationSteps } from "#db/remediation/schema.ts";
import { createTestDatabase } from "#db/test-database.ts";
import { newKeyring, readTrail } from "../../accounts/test-accounts.ts";
import { Scope } from "../../auth/scope.ts";
import { openQueue, provideQueue } from "../../jobs/queue.ts";
import { provideKeyring } from "../../secrets/keys.ts";
import { keepStepSecret } from "../step-secrets.ts";
import { carryOut, createPlanWorld, type PlanWorld, submittedPlan } from "../test-plans.ts";
import { cancelPlan } from "./cancel-plan.ts";
import { collectSecret } from "./collect-secret.ts";
import { decidePlan } from "./decide-plan.ts";
import { rollBackPlan } from "./roll-back-plan.ts";
import { setFreeze } from "./set-freeze.ts";

const { db, url, close } = await createTestDatabase();
const queue = await openQueue(url, { works: false });
provideQueue(queue);
afterAll(async () => {
  await queue.close();
  await close();
});

async function approved(world: PlanWorld, scope = world.scopes.analyst): Promise<string> {
  const { planId, hash } = await submittedPlan(db, world, scope, { runWhenApproved: false });
  await decidePlan(db, world.scopes.ciso, { planId, hash, decision: "approve" });
  return planId;
}

async function carriedOut(world: PlanWorld): Promise<string> {
  const planId = await approved(world);
  await carryOut(db, planId);
  return planId;
}

describe("rolling back", () => {
  const reason = "The website is down.";

  it("is begun once, by who may run plans, and is in the trail", async () => {
    const world = await createPlanWorld(db);
    const { scopes, users } = world;
    const planId = await carriedOut(world);
    expect((await getPlan(db, scopes.manager, planId)).can.rollBack).toBe(true);
    const rollBack = (scope: Scope) => rollBackPlan(db, scope, { planId, reason });
    await expect(rollBack(scopes.ciso)).rejects.toMatchObject({ code: "forbidden" });
    const both = await Promise.allSettled([rollBack(scopes.manager), rollBack(scopes.manager)]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(both.find(({ status }) => status === "rejected")).toMatchObject({
      reason: { code: "conflict", message: "Nothing was changed: it is being rolled back." },
    });
    expect(await getPlan(db, scopes.analyst, planId)).toMatchObject({
      ...{ state: "rolling_back", progress: { rolling_back: 2 } },
      rollback: { by: { id: users.manager.id, name: "manager" }, reason },
      can: { submit: false, decide: false, run: false, cancel: false, rollBack: false },
    });
    expect(
      (await readTrail(db, world.organisationId)).filter(({ action }) => action.endsWith("roll_back")),
    ).toEqual([
      {
        ...{ action: "remediation_plan.roll_back", objectId: planId, before: { state: "succeeded" } },
        after: { state: "rolling_back", reason },
      },
    ]);
  });

  it("is refused for what has not begun, what can't be undone, and while everything is frozen", async () => {
    const world = await createPlanWorld(db);
    const { scopes } = world;
    const waiting = await approved(world);
    await expect(rollBackPlan(db, scopes.analyst, { planId: waiting, reason })).rejects.toMatchObject({
      code: "conflict",
      message: "Nothing was changed: it has been approved.",
    });
    const planId = await carriedOut(world);
    await setFreeze(db, scopes.ciso, { frozen: true, reason });
    expect((await getPlan(db, scopes.manager, planId)).can.rollBack).toBe(false);
    await expect(rollBackPlan(db, scopes.analyst, { planId, reason })).rejects.toMatchObject({
      code: "conflict",
      message: "Nothing was changed: all changes are frozen at present.",
    });
    await setFreeze(db, scopes.ciso, { frozen: false, reason });
    await db.update(remediationSteps).set({ state: "skipped" }).where(eq(remediationSteps.planId, planId));
    expect((await getPlan(db, scopes.manager, planId)).can.rollBack).toBe(false);
    await expect(rollBackPlan(db, scopes.analyst, { planId, reason })).rejects.toMatchObject({
      message: "Nothing was changed: there is nothing to roll back.",
    });
  });
});

describe("cancelling", () => {
  it("is for who asked, and for who may decide, until the plan begins", async () => {
    const world = await createPlanWorld(db);
    const { scopes } = world;
    const planId = await approved(world);
    await expect(cancelPlan(db, scopes.admin, { planId })).rejects.toMatchObject({ code: "forbidden" });
    expect(await cancelPlan(db, scopes.manager, { planId })).toEqual({ planId, state: "cancelled" });
    const own = await approved(world);
    expect(await cancelPlan(db, scopes.analyst, { planId: own })).toEqual({
      ...{ planId: own, state: "cancelled" },
    });
    const done = await carriedOut(world);
    await expect(cancelPlan(db, scopes.analyst, { planId: done })).rejects.toMatchObject({
      code: "conflict",
      message: "Nothing was changed: it has been carried out.",
    });
    await expect(
      db.update(remediationPlans).set({ state: "approved" }).where(eq(remediationPlans.id, planId)),
    ).rejects.toMatchObject({ cause: { code: "23000" } });
    expect(
      (await readTrail(db, world.organisationId)).filter(({ action }) => action.endsWith("cancel")),
    ).toEqual(
      [planId, own].map((objectId) => ({
        ...{ action: "remediation_plan.cancel", objectId, before: { state: "approved" } },
        after: { state: "cancelled", requestedBy: world.users.analyst.id },
      })),
    );
  });
});

describe("a secret that a fix was handed out", () => {
  afterEach(() => provideKeyring(null));
  const value = "wJalrXUtnFEMI/K7MDENG";
  const name = "Secret access key of AKIAEXAMPLE";

  async function kept(world: PlanWorld) {
    provideKeyring(newKeyring("2026"));
    const planId = await carriedOut(world);
    const [step] = await db.select().from(remediationSteps).where(eq(remediationSteps.planId, planId));
    const { organisationId } = world;
    await keepStepSecret(db, { organisationId, planId, stepId: step?.id ?? "", name }, value);
    const [secret] = await db.select().from(remediationSecrets).where(eq(remediationSecrets.planId, planId));
    return { planId, secretId: secret?.id ?? "" };
  }

  it("is collected once, by who asked for the fix alone", async () => {
    const world = await createPlanWorld(db, 1);
    const { scopes, organisationId } = world;
    const { planId, secretId } = await kept(world);
    for (const scope of [scopes.manager, scopes.admin, scopes.ciso]) {
      await expect(collectSecret(db, scope, { secretId })).rejects.toMatchObject({ code: "forbidden" });
    }
    const both = await Promise.allSettled([1, 2].map(() => collectSecret(db, scopes.analyst, { secretId })));
    expect(both.find(({ status }) => status === "fulfilled")).toEqual({
      ...{ status: "fulfilled", value: { name, value } },
    });
    expect(both.find(({ status }) => status === "rejected")).toMatchObject({
      reason: { code: "conflict", message: "It was collected before, and Parapet doesn't keep it." },
    });
    const [row] = await db.select().from(remediationSecrets).where(eq(remediationSecrets.id, secretId));
    expect(row).toMatchObject({ sealed: null, keyId: null, collectedBy: world.users.analyst.id });
    const trail = await readTrail(db, organisationId);
    expect(trail.at(-1)).toEqual({
      ...{ action: "remediation_secret.collect", objectId: planId, before: null },
      after: { secretId, name },
    });
    expect(JSON.stringify([trail, await getPlan(db, scopes.analyst, planId)])).not.toContain(value);
    expect((await getPlan(db, scopes.analyst, planId)).secrets).toEqual([
      { id: secretId, name, expiresAt: expect.any(String), collectedAt: expect.any(String) },
    ]);
  });

  it("is not there for others, and gone when its time is over", async () => {
    const world = await createPlanWorld(db, 1);
    const { secretId } = await kept(world);
    const stranger = await createPlanWorld(db, 1);
    const unseeing = Scope.ofUser({ ...world.users.analyst, accountIds: [] });
    for (const scope of [stranger.scopes.analyst, unseeing]) {
      await expect(collectSecret(db, scope, { secretId })).rejects.toMatchObject({
        ...{ code: "not_found", message: "There is no such secret." },
      });
    }
    await db.execute(
      sql`update remediation_secrets set expires_at = now() - interval '1 second' where id = ${secretId}`,
    );
    await expect(collectSecret(db, world.scopes.analyst, { secretId })).rejects.toMatchObject({
      ...{ code: "conflict", message: expect.stringContaining("The time to collect it is over") },
    });
  });
});
