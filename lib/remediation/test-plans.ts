import { createHash } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { createAccount, createOrganisation, createUser, type UserRow } from "#db/factories.ts";
import { findings } from "#db/findings/schema.ts";
import type { Role } from "#db/identity/schema.ts";
import {
  customPlaybooks,
  remediationPlans,
  remediationSteps,
  remediationTargets,
} from "#db/remediation/schema.ts";
import { resources } from "#db/resources/schema.ts";
import { Scope } from "../auth/scope.ts";
import { canonicalHash } from "../canonical-json.ts";
import type { PlanDocument, PlannedTarget } from "./model.ts";
import type { Playbook } from "./playbook.ts";
import { createPlan } from "./verbs/create-plan.ts";
import { submitPlan } from "./verbs/submit-plan.ts";

/*
 * For tests alone: an organisation with findings to fix, people who ask and decide, and plans as a worker leaves them.
 */

export const checkId = "aws.s3.bucket-public-access";
export const playbookId = "AWS-PUBLIC-S3";

export type PlanWorld = {
  organisationId: string;
  accountId: string;
  findingIds: string[];
  resourceIds: string[];
  users: Record<"analyst" | "manager" | "secondManager" | "ciso" | "admin" | "auditor", UserRow>;
  scopes: Record<"analyst" | "manager" | "secondManager" | "ciso" | "admin" | "auditor", Scope>;
};

const people = {
  ...{ analyst: "analyst", manager: "manager", secondManager: "manager" },
  ...{ ciso: "ciso", admin: "admin", auditor: "auditor" },
} as const satisfies Record<string, Role>;

/** An organisation with public buckets in one account. */
export async function createPlanWorld(db: Database, buckets = 2): Promise<PlanWorld> {
  const { id: organisationId } = await createOrganisation(db);
  const account = await createAccount(db, { organisationId, name: "production" });
  const found = [];
  for (let number = 1; number <= buckets; number += 1) {
    found.push(await addBucket(db, organisationId, account.id, `bucket-${number}`));
  }
  const users = {} as PlanWorld["users"];
  const scopes = {} as PlanWorld["scopes"];
  for (const [name, role] of Object.entries(people) as [keyof typeof people, Role][]) {
    users[name] = await createUser(db, { organisationId, role, name });
    scopes[name] = Scope.ofUser(users[name]);
  }
  return {
    ...{ organisationId, accountId: account.id, users, scopes },
    findingIds: found.map(({ findingId }) => findingId),
    resourceIds: found.map(({ resourceId }) => resourceId),
  };
}

/** A bucket with an open finding. */
export async function addBucket(
  db: Database,
  organisationId: string,
  accountId: string,
  name: string,
  given: Partial<typeof findings.$inferInsert> = {},
): Promise<{ findingId: string; resourceId: string }> {
  const place = { organisationId, accountId, service: "s3", region: "eu-west-1" };
  const [resource] = await db
    .insert(resources)
    .values({
      ...place,
      ...{ unitRegion: "global", kind: "aws.s3.bucket", uid: `arn:aws:s3:::${name}`, name },
      ...{ tags: { owner: "web" }, config: {}, unread: [], evaluatedWith: "test" },
      ...{ hash: createHash("sha256").update(name).digest(), verdicts: { [checkId]: "fail" } },
    })
    .returning();
  const now = new Date();
  const [finding] = await db
    .insert(findings)
    .values({
      ...{ ...place, resourceId: resource?.id ?? "", checkId, severity: "high", firstSeenAt: now },
      ...{ openedAt: now, reason: "Everyone can read it.", evidence: [], ...given },
    })
    .returning();
  return { findingId: finding?.id ?? "", resourceId: resource?.id ?? "" };
}

/** A plan that nobody has planned yet. */
export async function draftPlan(
  db: Database,
  world: Pick<PlanWorld, "findingIds">,
  scope: Scope,
  playbook = playbookId,
): Promise<string> {
  const { planId } = await createPlan(db, scope, {
    playbook,
    findingIds: world.findingIds,
    reason: "It is open to everyone.",
  });
  return planId;
}

const switches = (on: boolean) => ({
  ...{ blockPublicAcls: on, blockPublicPolicy: on, ignorePublicAcls: on, restrictPublicBuckets: on },
});

/** Leaves a draft as the worker does that has planned it: `alter` makes the document another. */
export async function finishPlanning(
  db: Database,
  planId: string,
  alter: (document: PlanDocument) => PlanDocument = (document) => document,
): Promise<PlanDocument> {
  const [plan] = await db.select().from(remediationPlans).where(eq(remediationPlans.id, planId));
  if (!plan) throw new Error("There is no such plan.");
  const targets = await db
    .select()
    .from(remediationTargets)
    .where(eq(remediationTargets.planId, planId))
    .orderBy(remediationTargets.ordinal);
  const document = alter({
    format: 1,
    playbook: { id: plan.playbook, hash: plan.playbookHash, title: plan.title },
    parameters: plan.parameters,
    targets: targets.map(plannedTarget),
  });
  await db.insert(remediationSteps).values(
    targets.map(({ id: targetId, organisationId }) => ({
      ...{ organisationId, planId, targetId, ordinal: 0, action: "block-public-access" },
    })),
  );
  await db
    .update(remediationPlans)
    .set({ document, hash: canonicalHash(document), plannedAt: sql`now()`, revision: plan.revision + 1 })
    .where(eq(remediationPlans.id, planId));
  return document;
}

const plannedTarget = ({
  accountId,
  resourceId,
  uid,
  kind,
  region,
  name,
}: typeof remediationTargets.$inferSelect): PlannedTarget => ({
  ...{ uid, kind: kind as PlannedTarget["kind"], cloud: "aws", account: "123456789012", region, name },
  ...{ resourceId, accountId, findings: [] },
  actions: [
    {
      ...{ action: "block-public-access", title: "Block public access", kind: "aws" },
      ...{ operation: "aws.s3.block-public-access", with: {}, timeoutSeconds: 60 },
      plan: {
        outcome: "change",
        before: switches(false),
        after: switches(true),
        calls: [{ id: "put", api: "aws.s3.PutPublicAccessBlock", input: { Bucket: name } }],
        commands: ["aws s3api put-public-access-block"],
        wayBack: { calls: [{ id: "put", api: "aws.s3.PutPublicAccessBlock", input: { Bucket: name } }] },
        wayBackCommands: ["aws s3api put-public-access-block"],
        notes: [],
      },
    },
  ],
});

/** A plan of one's own that waits for a decision. */
export async function submittedPlan(
  db: Database,
  world: Pick<PlanWorld, "findingIds">,
  scope: Scope,
  { playbook, ...options }: { runWhenApproved?: boolean; playbook?: string } = {},
): Promise<{ planId: string; hash: string; revision: number }> {
  const planId = await draftPlan(db, world, scope, playbook);
  const document = await finishPlanning(db, planId);
  const { revision } = await submitPlan(db, scope, { planId, revision: 2, ...options });
  return { planId, hash: canonicalHash(document), revision };
}

/** A playbook of one's own, of low risk, that takes one approval. */
export const ownPlaybook: Playbook = {
  id: "ACME-BUCKET-VERSIONS",
  title: "Keep versions of a bucket's objects",
  description: "Blocks public access of a bucket, for tests of what surrounds that.",
  category: "other",
  clouds: ["aws"],
  severity: "low",
  fixes: ["aws.s3.bucket-versioning", checkId],
  parameters: {},
  prerequisites: ["write_identity", "resource_present", "check_failing"],
  risk: "low",
  approvals: 1,
  irreversible: [],
  leftToPeople: [],
  actions: [
    {
      ...{ id: "block-public-access", title: "Block public access", kind: "aws" },
      ...{ operation: "aws.s3.block-public-access", timeoutSeconds: 60 },
    },
  ],
};

/** Stores a playbook of an organisation's own, as a verb does that has judged it. */
export async function addPlaybook(
  db: Database,
  { organisationId, createdBy }: { organisationId: string; createdBy: string },
  given: Partial<Playbook> = {},
): Promise<Playbook> {
  const playbook = { ...ownPlaybook, ...given };
  const document = playbook as unknown as Record<string, unknown>;
  await db
    .insert(customPlaybooks)
    .values({ organisationId, key: playbook.id, version: 1, document, createdBy });
  return playbook;
}

/** Leaves an approved plan as the worker does that has carried it out. */
export async function carryOut(
  db: Database,
  planId: string,
  state: "succeeded" | "changed_unverified" | "failed" = "succeeded",
): Promise<void> {
  const at = new Date();
  await db
    .update(remediationPlans)
    .set({ state: "running", startedAt: at })
    .where(eq(remediationPlans.id, planId));
  await db
    .update(remediationSteps)
    .set({ state: "applied", before: switches(false), after: switches(true), startedAt: at, finishedAt: at })
    .where(eq(remediationSteps.planId, planId));
  await db
    .update(remediationTargets)
    .set({ state, startedAt: at, finishedAt: at })
    .where(eq(remediationTargets.planId, planId));
  await db.update(remediationPlans).set({ state, finishedAt: at }).where(eq(remediationPlans.id, planId));
}
