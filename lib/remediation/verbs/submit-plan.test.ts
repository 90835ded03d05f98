import { eq, sql } from "drizzle-orm";
import { afterAll, describe, expect, it, vi } from "vitest";
import { userAccounts } from "#db/accounts/schema.ts";
import { createAccount, createUser } from "#db/factories.ts";
import { getPlan } from "#db/remediation/queries.ts";
import { autoApprovals, customPlaybooks, mails, remediationPlans } from "#db/remediation/schema.ts";
import { createTestDatabase } from "#db/test-database.ts";
import { readTrail } from "../../accounts/test-accounts.ts";
import type { Scope } from "../../auth/scope.ts";
import type { Severity } from "../../checks/model.ts";
import { openQueue, provideQueue } from "../../jobs/queue.ts";
import type { ActionPlan, PlanDocument } from "../model.ts";
import {
  addBucket,
  addPlaybook,
  createPlanWorld,
  draftPlan,
  finishPlanning,
  type PlanWorld,
} from "../test-plans.ts";
import { allowAutoApproval, withdrawAutoApproval } from "./auto-approvals.ts";
import { cancelPlan } from "./cancel-plan.ts";
import { decidePlan } from "./decide-plan.ts";
import { submitPlan } from "./submit-plan.ts";

vi.mock("../../mail/settings.ts", () => ({
  mailSettings: () => ({ url: "smtp://mail.example.test", from: "Parapet <parapet@example.test>" }),
}));

const { db, url, close } = await createTestDatabase();
const queue = await openQueue(url, { works: false });
provideQueue(queue);
afterAll(async () => {
  await queue.close();
  await close();
});

async function planned(
  world: Pick<PlanWorld, "findingIds">,
  scope: Scope,
  { playbook, alter }: { playbook?: string; alter?: (document: PlanDocument) => PlanDocument } = {},
): Promise<string> {
  const planId = await draftPlan(db, world, scope, playbook);
  await finishPlanning(db, planId, alter);
  return planId;
}

const withOutcome =
  (plan: ActionPlan) =>
  (document: PlanDocument): PlanDocument => ({
    ...document,
    targets: document.targets.map((target, index) => ({
      ...target,
      actions: target.actions.map((action) => (index === 0 ? { ...action, plan } : action)),
    })),
  });

describe("a submission", () => {
  it("asks everybody who may decide, once, in the browser and by e-mail", async () => {
    const world = await createPlanWorld(db);
    const { scopes, users, organisationId, accountId } = world;
    const manager = { organisationId, role: "manager" } as const;
    const elsewhere = await createUser(db, { ...manager, seesAllAccounts: false });
    const here = await createUser(db, { ...manager, seesAllAccounts: false });
    await db.insert(userAccounts).values({ organisationId, userId: here.id, accountId });
    await createUser(db, { ...manager, disabledAt: new Date() });
    await createUser(db, { role: "manager" });
    const planId = await planned(world, scopes.manager);
    expect(await submitPlan(db, scopes.manager, { planId, revision: 2 })).toEqual({
      ...{ planId, state: "awaiting_approval", revision: 3 },
    });
    const asked = [users.secondManager, users.ciso, here].map(({ id }) => id).sort();
    expect(asked).not.toContain(elsewhere.id);
    const queued = await db.select().from(mails).where(eq(mails.planId, planId));
    expect(queued.map(({ userId, kind, status }) => ({ userId, kind, status })).sort(byUser)).toEqual(
      asked.map((userId) => ({ userId, kind: "approval_asked", status: "waiting" })),
    );
    const jobs = await db.execute<{ data: { mailId: string } }>(
      sql`select data from pgboss.job where name = 'mail-send'`,
    );
    expect(jobs.map(({ data }) => data.mailId).sort()).toEqual(queued.map(({ id }) => id).sort());
    const told = await db.execute<{ userId: string; excerpt: string }>(sql`
      select user_id as "userId", excerpt from notifications where plan_id = ${planId} and kind = 'fix_asked'
    `);
    expect([...told].sort(byUser)).toEqual(
      asked.map((userId) => ({ userId, excerpt: "Close a public S3 bucket: It is open to everyone." })),
    );
    const plan = await getPlan(db, scopes.manager, planId);
    expect(Date.parse(plan.expiresAt ?? "") - Date.parse(plan.submittedAt ?? "")).toBe(24 * 3_600_000);
    expect((await readTrail(db, organisationId)).at(-1)).toEqual({
      ...{ action: "remediation_plan.submit", objectId: planId, before: { state: "draft" } },
      after: {
        ...{ state: "awaiting_approval", hash: plan.hash, expiresAt: plan.expiresAt },
        ...{ approvalsNeeded: 1, autoApprovals: [], runWhenApproved: true },
      },
    });
  });

  it("is refused as long as the plan isn't ready, once it was edited, and to others", async () => {
    const world = await createPlanWorld(db);
    const { scopes } = world;
    const submit = (planId: string, revision = 2, scope = scopes.analyst) =>
      submitPlan(db, scope, { planId, revision });
    const unplanned = await draftPlan(db, world, scopes.analyst);
    await expect(submit(unplanned, 1)).rejects.toMatchObject({
      code: "conflict",
      message: "Nothing was submitted: it is still being planned. Try again in a moment.",
    });
    await db
      .update(remediationPlans)
      .set({ plannedAt: new Date(), error: "The account can't be reached." })
      .where(eq(remediationPlans.id, unplanned));
    await expect(submit(unplanned, 1)).rejects.toMatchObject({
      message: "Nothing was submitted: it could not be planned. Propose it again.",
    });
    const planId = await planned(world, scopes.analyst);
    await expect(submit(planId, 1)).rejects.toMatchObject({
      message:
        "Nothing was submitted: it has changed since you saw it. Look at it again, and submit it then.",
    });
    await expect(submit(planId, 2, scopes.admin)).rejects.toMatchObject({
      code: "forbidden",
      message: "Somebody else proposed this, so they alone can submit it.",
    });
    await expect(submit(planId, 2, scopes.ciso)).rejects.toMatchObject({ code: "forbidden" });
    const stranger = await createPlanWorld(db, 1);
    await expect(submit(planId, 2, stranger.scopes.analyst)).rejects.toMatchObject({ code: "not_found" });
    // Somebody has been at the database.
    await db
      .update(remediationPlans)
      .set({ document: sql`jsonb_set(document, '{parameters}', '{"wide":true}')` })
      .where(eq(remediationPlans.id, planId));
    await expect(submit(planId)).rejects.toMatchObject({
      message: "Nothing was submitted: its content is not what was planned. Propose it again.",
    });
    await cancelPlan(db, scopes.analyst, { planId });
    await expect(submit(planId, 3)).rejects.toMatchObject({
      message: "Nothing was submitted: it has been cancelled already.",
    });
  });

  it("is refused for what can't be changed safely, and for what changes nothing", async () => {
    const world = await createPlanWorld(db, 1);
    const { scopes } = world;
    const refused = await planned(world, scopes.analyst, {
      alter: withOutcome({ outcome: "refused", reason: "A website is served from it." }),
    });
    await expect(submitPlan(db, scopes.analyst, { planId: refused, revision: 2 })).rejects.toMatchObject({
      code: "conflict",
      message:
        "Nothing was submitted: bucket-1 can't be changed safely. A website is served from it. Propose it again without this resource.",
    });
    const nothing = await planned(world, scopes.analyst, {
      alter: withOutcome({ outcome: "nothing", before: null, reason: "It is so already." }),
    });
    await expect(submitPlan(db, scopes.analyst, { planId: nothing, revision: 2 })).rejects.toMatchObject({
      message: "Nothing was submitted: there is nothing that it would change.",
    });
    for (const planId of [refused, nothing]) {
      expect((await getPlan(db, scopes.analyst, planId)).can.submit).toBe(false);
    }
  });

  it("comes once of two at the same time", async () => {
    const world = await createPlanWorld(db);
    const planId = await planned(world, world.scopes.analyst);
    expect((await getPlan(db, world.scopes.analyst, planId)).can.submit).toBe(true);
    const both = await Promise.allSettled(
      [1, 2].map(() => submitPlan(db, world.scopes.analyst, { planId, revision: 2 })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(both.find(({ status }) => status === "rejected")).toMatchObject({
      reason: { code: "conflict", message: "Nothing was submitted: it waits for a decision already." },
    });
  });
});

it("has the answer sent by e-mail to who asked", async () => {
  const world = await createPlanWorld(db);
  const { scopes, users } = world;
  const planId = await planned(world, scopes.analyst);
  await submitPlan(db, scopes.analyst, { planId, revision: 2 });
  const { hash } = await getPlan(db, scopes.ciso, planId);
  const rejection = { decision: "reject" as const, reason: "Not this week." };
  await decidePlan(db, scopes.ciso, { planId, hash: hash ?? "", ...rejection });
  const sent = await db.select().from(mails).where(eq(mails.planId, planId));
  expect(sent.filter(({ kind }) => kind === "plan_decided").map(({ userId }) => userId)).toEqual([
    users.analyst.id,
  ]);
});

describe("an automatic approval", () => {
  async function withRules(severities: Severity[], given: Parameters<typeof addPlaybook>[2] = {}) {
    const world = await createPlanWorld(db, 1);
    const { organisationId, users, scopes, accountId } = world;
    const { id: playbook } = await addPlaybook(db, { organisationId, createdBy: users.admin.id }, given);
    const rules: string[] = [];
    for (const severity of severities) {
      rules.push((await allowAutoApproval(db, scopes.admin, { playbook, accountId, severity })).ruleId);
    }
    const submit = async (scope: Scope, findingIds = world.findingIds) => {
      const planId = await planned({ findingIds }, scope, { playbook });
      const { state } = await submitPlan(db, scope, { planId, revision: 2, runWhenApproved: false });
      return { state, autoApproval: (await getPlan(db, scope, planId)).autoApproval };
    };
    return { ...world, playbook, rules, submit };
  }
  const asked = { state: "awaiting_approval", autoApproval: null };

  it("is given where there is a rule for the playbook, the account and the severity", async () => {
    const { submit, scopes, rules, organisationId, accountId } = await withRules(["high", "low"]);
    expect(await submit(scopes.analyst)).toEqual({ state: "approved", autoApproval: rules[0] });
    const { findingId } = await addBucket(db, organisationId, accountId, "graver", { severity: "critical" });
    expect(await submit(scopes.analyst, [findingId])).toEqual(asked);
    const { id: other } = await createAccount(db, { organisationId, name: "other" });
    const elsewhere = await addBucket(db, organisationId, other, "elsewhere");
    expect(await submit(scopes.analyst, [elsewhere.findingId])).toEqual(asked);
  });

  it("is not given for a part of what a plan does", async () => {
    const { submit, scopes, organisationId, accountId, findingIds } = await withRules(["high"]);
    const { findingId } = await addBucket(db, organisationId, accountId, "graver", { severity: "critical" });
    expect(await submit(scopes.analyst, [...findingIds, findingId])).toEqual(asked);
  });

  it("is not given to who made the rule, nor once it was withdrawn", async () => {
    const { submit, scopes, rules } = await withRules(["high"]);
    expect(await submit(scopes.admin)).toEqual(asked);
    expect(await submit(scopes.manager)).toEqual({ state: "approved", autoApproval: rules[0] });
    await withdrawAutoApproval(db, scopes.admin, { ruleId: rules[0] ?? "" });
    expect(await submit(scopes.analyst)).toEqual(asked);
  });

  it("is not given to a playbook that was changed since the rule was made", async () => {
    const { submit, scopes, playbook, rules, accountId, organisationId } = await withRules(["high"]);
    const [saved] = await db
      .select()
      .from(customPlaybooks)
      .where(eq(customPlaybooks.organisationId, organisationId));
    if (!saved) throw new Error("There is no playbook.");
    await db.update(customPlaybooks).set({ retiredAt: new Date() }).where(eq(customPlaybooks.id, saved.id));
    const { id: _id, createdAt: _at, ...known } = saved;
    await db.insert(customPlaybooks).values({ ...known, retiredAt: null, version: saved.version + 1 });
    expect(await submit(scopes.analyst)).toEqual(asked);
    await withdrawAutoApproval(db, scopes.admin, { ruleId: rules[0] ?? "" });
    const again = await allowAutoApproval(db, scopes.admin, { playbook, accountId, severity: "high" });
    expect(await submit(scopes.analyst)).toEqual({ state: "approved", autoApproval: again.ruleId });
  });

  it("can be allowed by an administrator, for what is of low risk and reversible", async () => {
    const { scopes, accountId, playbook, organisationId, users } = await withRules(["high"]);
    const rule = { playbook, accountId, severity: "low" as const };
    for (const role of ["analyst", "manager", "ciso", "auditor"] as const) {
      await expect(allowAutoApproval(db, scopes[role], rule)).rejects.toMatchObject({ code: "forbidden" });
    }
    const of = { organisationId, createdBy: users.admin.id };
    const risky = await addPlaybook(db, of, { id: "ACME-RISKY", risk: "medium" });
    await expect(allowAutoApproval(db, scopes.admin, { ...rule, playbook: risky.id })).rejects.toMatchObject({
      code: "conflict",
      message: "Nothing was changed: ACME-RISKY is of medium risk, so a person has to decide each time.",
    });
    const final = await addPlaybook(db, of, {
      ...{ id: "ACME-FINAL", irreversible: ["It deletes."], approvals: 2 },
    });
    await expect(allowAutoApproval(db, scopes.admin, { ...rule, playbook: final.id })).rejects.toMatchObject({
      code: "conflict",
    });
    const two = await addPlaybook(db, of, { id: "ACME-TWO", approvals: 2 });
    await expect(allowAutoApproval(db, scopes.admin, { ...rule, playbook: two.id })).rejects.toMatchObject({
      code: "conflict",
      message: "Nothing was changed: ACME-TWO takes two people's approval, and a rule is one person's.",
    });
    await allowAutoApproval(db, scopes.admin, rule);
    await expect(allowAutoApproval(db, scopes.admin, rule)).rejects.toMatchObject({
      code: "conflict",
      message: "Nothing was changed: there is this rule already.",
    });
  });

  it("is refused by the database where the plan is none for a rule", async () => {
    const { scopes, rules, findingIds, playbook, organisationId, users, accountId } = await withRules([
      "high",
    ]);
    const expiry = { submittedAt: new Date(), expiresAt: new Date(Date.now() + 60_000) };
    const approve = (planId: string, autoApproval: string) =>
      db
        .update(remediationPlans)
        .set({ state: "approved", autoApproval, ...expiry })
        .where(eq(remediationPlans.id, planId));
    const refused = { cause: { code: "23000", message: expect.stringContaining("No rule approves plan") } };
    const planId = await planned({ findingIds }, scopes.analyst, { playbook });
    await expect(approve(planId, "aap_made_up")).rejects.toMatchObject(refused);
    const medium = await planned({ findingIds }, scopes.analyst);
    await expect(approve(medium, rules[0] ?? "")).rejects.toMatchObject(refused);
    // A rule of a riskier playbook, past the verb.
    const [rule] = await db
      .insert(autoApprovals)
      .values({
        ...{ organisationId, playbook: "AWS-PUBLIC-S3", accountId, severity: "high" },
        createdBy: users.admin.id,
      })
      .returning();
    await expect(approve(medium, rule?.id ?? "")).rejects.toMatchObject(refused);
    expect(await submitPlan(db, scopes.analyst, { planId: medium, revision: 2 })).toMatchObject({
      state: "awaiting_approval",
    });
  });

  it("isn't needed for a playbook that takes no approval", async () => {
    const told = {
      id: "tell",
      title: "Tell the owner",
      kind: "notification",
      operation: "notify",
      timeoutSeconds: 60,
    };
    const { submit, scopes } = await withRules([], { approvals: 0, actions: [told] });
    expect(await submit(scopes.analyst)).toEqual({ state: "approved", autoApproval: null });
    expect(await submit(scopes.admin)).toEqual(asked);
  });
});

const byUser = (a: { userId: string }, b: { userId: string }) => (a.userId < b.userId ? -1 : 1);
