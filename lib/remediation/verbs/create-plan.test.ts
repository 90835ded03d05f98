import { eq } from "drizzle-orm";
import { afterAll, expect, it } from "vitest";
import { createAccount } from "#db/factories.ts";
import { findings } from "#db/findings/schema.ts";
import { getPlan } from "#db/remediation/queries.ts";
import { remediationPlans } from "#db/remediation/schema.ts";
import { resources } from "#db/resources/schema.ts";
import { createTestDatabase } from "#db/test-database.ts";
import { readTrail } from "../../accounts/test-accounts.ts";
import { Scope } from "../../auth/scope.ts";
import { canonicalHash } from "../../canonical-json.ts";
import { openQueue, provideQueue } from "../../jobs/queue.ts";
import {
  addBucket,
  addPlaybook,
  carryOut,
  createPlanWorld,
  draftPlan,
  ownPlaybook,
  playbookId,
  submittedPlan,
} from "../test-plans.ts";
import { createPlan } from "./create-plan.ts";
import { decidePlan } from "./decide-plan.ts";
import { setRemediationLimits } from "./set-limits.ts";

const { db, url, close } = await createTestDatabase();
const queue = await openQueue(url, { works: false });
provideQueue(queue);
afterAll(async () => {
  await queue.close();
  await close();
});

const reason = "It is open to everyone.";

it("notes down what a fix is for, and has it planned", async () => {
  const world = await createPlanWorld(db, 2);
  const [findingId = ""] = world.findingIds;
  const { scopes, users, organisationId, accountId } = world;
  const { id: playbook } = await addPlaybook(db, { organisationId, createdBy: users.admin.id });
  const { planId } = await createPlan(db, scopes.analyst, {
    ...{ playbook, findingIds: [...world.findingIds, findingId], reason: "  It is open.  " },
  });
  const plan = await getPlan(db, scopes.analyst, planId);
  expect(plan).toEqual({
    ...{ id: planId, playbook, title: "Keep versions of a bucket's objects", reason: "It is open." },
    ...{ state: "draft", risk: "low", reversible: true, approvalsNeeded: 1, decisions: [] },
    ...{ autoApproval: null, requestedBy: { id: users.analyst.id, name: "analyst" } },
    ...{ requestedAt: expect.any(String), plannedAt: null, submittedAt: null, expiresAt: null },
    ...{ startedAt: null, finishedAt: null, hash: null, error: null, resources: 2, findings: 2 },
    ...{ progress: { waiting: 2 }, severity: "high", accountNames: ["production"], follows: null },
    ...{ revision: 1, cannotDecide: null, parameters: {}, document: null, runWhenApproved: true },
    can: { submit: false, decide: false, run: false, cancel: true, rollBack: false },
    blastRadius: {
      resources: 2,
      accounts: [{ id: accountId, name: "production", cloud: "aws", environment: null, resources: 2 }],
      ...{ dependents: 0, dependentSamples: [], tags: [{ tag: "owner=web", resources: 2 }] },
    },
    targets: [0, 1].map((ordinal) => ({
      ...{ id: expect.any(String), ordinal, accountId, accountName: "production" },
      ...{ resourceId: world.resourceIds[ordinal], uid: `arn:aws:s3:::bucket-${ordinal + 1}` },
      ...{ kind: "aws.s3.bucket", region: "eu-west-1", name: `bucket-${ordinal + 1}`, state: "waiting" },
      ...{ verdicts: null, scanId: null, error: null, startedAt: null, finishedAt: null, steps: [] },
      findings: [{ id: world.findingIds[ordinal], checkId: "aws.s3.bucket-public-access" }],
    })),
    ...{ waitsFor: null, rollback: null, secrets: [] },
  });
  const jobs = await queue.boss.fetch("remediation-plan");
  expect(jobs.map(({ data }) => data)).toEqual([{ planId }]);
  expect(await readTrail(db, organisationId)).toEqual([
    {
      ...{ action: "remediation_plan.create", objectId: planId, before: null },
      after: {
        ...{ playbook, playbookHash: canonicalHash(ownPlaybook), parameters: {}, reason: "It is open." },
        ...{ findingIds: [...world.findingIds, findingId], resources: 2, follows: null },
      },
    },
  ]);
});

it("refuses what the playbook can't fix, and says why", async () => {
  const world = await createPlanWorld(db, 1);
  const { organisationId, accountId } = world;
  const propose = (findingIds: string[], playbook = playbookId, scope = world.scopes.analyst) =>
    createPlan(db, scope, { playbook, findingIds, reason });
  const add = async (name: string, given: Partial<typeof findings.$inferInsert>) =>
    (await addBucket(db, organisationId, accountId, name, given)).findingId;
  const imported = await add("imported", { source: "prowler" });
  const other = await add("other", { checkId: "aws.s3.bucket-versioning" });
  const resolved = await add("resolved", { status: "resolved", resolvedAt: new Date() });
  const gone = await addBucket(db, organisationId, accountId, "gone");
  await db.update(resources).set({ deletedAt: new Date() }).where(eq(resources.id, gone.resourceId));
  const [mine = ""] = world.findingIds;
  const stranger = await createPlanWorld(db, 1);
  const said = async (asked: Promise<unknown>) => {
    const error = await asked.catch((caught: unknown) => caught);
    return error instanceof Error && "code" in error ? [error.code, error.message] : error;
  };
  expect(await said(propose([mine, imported]))).toEqual([
    "invalid_input",
    "Nothing was proposed: one of the findings is from another tool's report, so Parapet can neither plan nor verify a fix of it.",
  ]);
  expect(await said(propose([other]))).toEqual([
    "invalid_input",
    "Nothing was proposed: this finding is of a check that AWS-PUBLIC-S3 doesn't fix.",
  ]);
  expect(await said(propose([mine, resolved]))).toEqual([
    "conflict",
    "Nothing was proposed: one of the findings is resolved already.",
  ]);
  expect(await said(propose([gone.findingId]))).toEqual([
    "conflict",
    "Nothing was proposed: this finding is of a resource that is gone.",
  ]);
  expect(await said(propose([...stranger.findingIds]))).toEqual(["not_found", "There is no such finding."]);
  expect(await said(propose([mine], "AWS-NONE"))).toEqual(["not_found", "There is no such playbook."]);
  expect(await said(propose([mine], playbookId, world.scopes.ciso))).toMatchObject({ 0: "forbidden" });
  expect(await said(propose([mine], playbookId, world.scopes.auditor))).toMatchObject({ 0: "forbidden" });
  const limited = Scope.ofUser({ ...world.users.analyst, accountIds: [] });
  expect(await said(propose([mine], playbookId, limited))).toEqual([
    "not_found",
    "There is no such finding.",
  ]);
  expect(
    await said(
      createPlan(db, world.scopes.analyst, {
        ...{ playbook: playbookId, findingIds: [mine], parameters: { force: true }, reason },
      }),
    ),
  ).toMatchObject({ 0: "invalid_input" });
  expect(
    await db.select().from(remediationPlans).where(eq(remediationPlans.organisationId, organisationId)),
  ).toEqual([]);
});

it("holds a plan to as many resources as one may change", async () => {
  const world = await createPlanWorld(db, 3);
  const limits = { maxResources: 2, parallel: 5, stopAtFailedPercent: 20, expiryHours: 24 };
  await setRemediationLimits(db, world.scopes.admin, { ...limits, revision: 0 });
  await expect(draftPlan(db, world, world.scopes.analyst)).rejects.toMatchObject({
    code: "invalid_input",
    message:
      "Nothing was proposed: these findings are of 3 resources, and one plan may change 2. Choose fewer, and propose the rest as plans of their own.",
  });
  const two = { findingIds: world.findingIds.slice(1) };
  expect(await draftPlan(db, two, world.scopes.analyst)).toMatch(/^pln_/);
});

it("takes two approvals for what can't be undone, and one for what its own author asks for", async () => {
  const world = await createPlanWorld(db, 1);
  const { organisationId, users, scopes } = world;
  const of = { organisationId, createdBy: users.admin.id };
  const told = {
    id: "tell",
    title: "Tell the owner",
    kind: "notification",
    operation: "notify",
    timeoutSeconds: 60,
  };
  const free = await addPlaybook(db, of, { id: "ACME-FREE", approvals: 0, actions: [told] });
  const changing = await addPlaybook(db, of, { id: "ACME-CHANGING", approvals: 0 });
  const risky = await addPlaybook(db, of, { id: "ACME-RISKY", approvals: 0, risk: "high" });
  const final = await addPlaybook(db, of, { id: "ACME-FINAL", approvals: 1, irreversible: ["It deletes."] });
  const needed = async (playbook: string, scope: Scope) => {
    const { approvalsNeeded, reversible } = await getPlan(
      db,
      scope,
      await draftPlan(db, world, scope, playbook),
    );
    return { approvalsNeeded, reversible };
  };
  expect(await needed(free.id, scopes.analyst)).toEqual({ approvalsNeeded: 0, reversible: true });
  expect(await needed(changing.id, scopes.analyst)).toEqual({ approvalsNeeded: 1, reversible: true });
  expect(await needed(free.id, scopes.admin)).toEqual({ approvalsNeeded: 1, reversible: true });
  expect(await needed(risky.id, scopes.analyst)).toEqual({ approvalsNeeded: 1, reversible: true });
  expect(await needed(final.id, scopes.analyst)).toEqual({ approvalsNeeded: 2, reversible: false });
  await expect(
    db
      .update(remediationPlans)
      .set({ reversible: false, approvalsNeeded: 1 })
      .where(eq(remediationPlans.organisationId, organisationId)),
  ).rejects.toMatchObject({ cause: { constraint_name: "remediation_plans_irreversible" } });
});

it("finishes another plan, for findings of that one alone, resolved or not", async () => {
  const world = await createPlanWorld(db, 2);
  const { scopes, organisationId, users } = world;
  const [first = "", second = ""] = world.findingIds;
  await addPlaybook(db, { organisationId, createdBy: users.admin.id });
  const { planId, hash } = await submittedPlan(db, { findingIds: [first] }, scopes.analyst, {
    runWhenApproved: false,
  });
  const finish = (findingId: string) =>
    createPlan(db, scopes.analyst, {
      ...{ playbook: ownPlaybook.id, findingIds: [findingId], reason, follows: planId },
    });
  await expect(finish(first)).rejects.toMatchObject({ code: "conflict" });
  await decidePlan(db, scopes.manager, { planId, hash, decision: "approve" });
  await carryOut(db, planId);
  await db.update(findings).set({ status: "resolved", resolvedAt: new Date() }).where(eq(findings.id, first));
  await expect(finish(second)).rejects.toMatchObject({ code: "invalid_input" });
  const { planId: following } = await finish(first);
  expect(await getPlan(db, scopes.manager, following)).toMatchObject({ follows: planId, state: "draft" });
});

it("plans findings of several accounts together, and hides that plan from who sees only some of them", async () => {
  const world = await createPlanWorld(db, 1);
  const { organisationId, users, scopes } = world;
  const { id: otherId } = await createAccount(db, { organisationId, name: "staging" });
  const { findingId } = await addBucket(db, organisationId, otherId, "elsewhere");
  const both = { findingIds: [...world.findingIds, findingId] };
  const planId = await draftPlan(db, both, scopes.analyst);
  expect(await getPlan(db, scopes.manager, planId)).toMatchObject({
    accountNames: ["production", "staging"],
    resources: 2,
  });
  const limited = Scope.ofUser({ ...users.manager, accountIds: [world.accountId] });
  await expect(getPlan(db, limited, planId)).rejects.toMatchObject({ code: "not_found" });
  const owner = Scope.ofUser({ ...users.analyst, accountIds: [otherId] });
  await expect(draftPlan(db, both, owner)).rejects.toMatchObject({ code: "not_found" });
});
