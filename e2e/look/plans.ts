import { and, eq, inArray, sql } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { newId } from "#db/columns.ts";
import { findings } from "#db/findings/schema.ts";
import { users } from "#db/identity/schema.ts";
import {
  remediationApprovals,
  remediationEvents,
  remediationFindings,
  remediationPlans,
  remediationSecrets,
  remediationSteps,
  remediationTargets,
} from "#db/remediation/schema.ts";
import { resources } from "#db/resources/schema.ts";
import { canonicalHash } from "#lib/canonical-json.ts";
import type { Json, PlanDocument, PlannedAction, PlannedTarget, PlanState } from "#lib/remediation/model.ts";
import { absurdNames } from "./estate.ts";

type Found = { findingId: string; checkId: string; resource: typeof resources.$inferSelect };

const title = "Close a public S3 bucket";
const reason =
  "Marketing moved the site to CloudFront last week,\nso nobody reads these buckets directly any more.";
const block = (on: boolean) => ({
  PublicAccessBlockConfiguration: {
    ...{ BlockPublicAcls: on, IgnorePublicAcls: on, BlockPublicPolicy: true, RestrictPublicBuckets: on },
  },
});

function actionOf(name: string, irreversible: boolean): PlannedAction {
  const input = { Bucket: name, PublicAccessBlockConfiguration: block(true).PublicAccessBlockConfiguration };
  const put = { id: "put", api: "aws.s3.PutPublicAccessBlock", input };
  return {
    ...{ action: "block-public-access", title: "Block public access to the bucket", kind: "aws" },
    ...{ operation: "aws.s3.block-public-access", with: {}, timeoutSeconds: 60 },
    plan: {
      outcome: "change",
      before: block(false),
      after: block(true),
      calls: [put],
      commands: [
        `aws s3api put-public-access-block --bucket '${name}' --public-access-block-configuration '{"BlockPublicAcls":true,"IgnorePublicAcls":true,"BlockPublicPolicy":true,"RestrictPublicBuckets":true}'`,
      ],
      wayBack: irreversible
        ? {
            irreversible:
              "The old key is deleted for good; whoever still uses it has to be given the new one.",
          }
        : {
            calls: [
              {
                ...put,
                input: {
                  Bucket: name,
                  PublicAccessBlockConfiguration: block(false).PublicAccessBlockConfiguration,
                },
              },
            ],
          },
      wayBackCommands: irreversible ? [] : [`aws s3api put-public-access-block --bucket '${name}' …`],
      notes: [
        "Whoever reads this bucket without signing in, such as visitors of a website in it, is turned away from then on.",
      ],
    },
  };
}

const plannedTarget = ({ resource, findingId, checkId }: Found, irreversible: boolean): PlannedTarget => ({
  ...{ uid: resource.uid, kind: "aws.s3.bucket", cloud: "aws", account: "111122223333" },
  ...{ region: resource.region, name: resource.name, resourceId: resource.id, accountId: resource.accountId },
  findings: [{ id: findingId, checkId }],
  actions: [actionOf(resource.name, irreversible)],
});

type Wanted = {
  state: PlanState;
  found: Found[];
  /** Of the resources, from the first on; the plan's own for the others. */
  targetStates?: (typeof remediationTargets.$inferInsert)["state"][];
  irreversible?: boolean;
  approvals?: number;
  error?: string;
  notPlanned?: boolean;
  secret?: boolean;
  asManager?: boolean;
  /** With words that were chosen to break a page. */
  hostile?: boolean;
};

const renamed = (found: Found, at: number): Found => ({
  ...found,
  resource: { ...found.resource, name: absurdNames[at % absurdNames.length] ?? found.resource.name },
});

/** Plans in every state that there is, made of the bucket findings that were seeded. */
export async function seedPlans(db: Database, organisationId: string): Promise<void> {
  const people = await db.select().from(users).where(eq(users.organisationId, organisationId));
  const idOf = (role: string) => people.find((each) => each.role === role)?.id ?? "";
  const rows = await db
    .select({ findingId: findings.id, checkId: findings.checkId, resource: resources })
    .from(findings)
    .innerJoin(resources, eq(resources.id, findings.resourceId))
    .where(and(eq(findings.organisationId, organisationId), inArray(resources.kind, ["aws.s3.bucket"])))
    .orderBy(sql`length(${resources.name}) desc`)
    .limit(400);
  const unique = [...new Map(rows.map((row) => [row.resource.id, row])).values()];
  let at = 0;
  const take = (count: number): Found[] => {
    at += count;
    return unique.slice(at - count, at);
  };
  const wanted: Wanted[] = [
    { state: "draft", found: take(1), notPlanned: true },
    {
      state: "draft",
      found: take(2),
      error: "The read identity was refused: s3:GetBucketPublicAccessBlock.",
    },
    { state: "draft", found: take(3) },
    { state: "awaiting_approval", found: take(1) },
    { state: "awaiting_approval", found: take(2) },
    { state: "awaiting_approval", found: take(1) },
    { state: "awaiting_approval", found: take(25) },
    { state: "awaiting_approval", found: take(3).map(renamed), hostile: true },
    { state: "failed", found: take(3).map(renamed), hostile: true },
    { state: "awaiting_approval", found: take(1), irreversible: true, approvals: 1 },
    { state: "awaiting_approval", found: take(1), asManager: true },
    { state: "approved", found: take(2) },
    {
      state: "running",
      found: take(100),
      targetStates: [
        ...Array.from({ length: 38 }, () => "succeeded" as const),
        ...["failed", "failed", "verifying", "verifying", "running", "running"].map(
          (each) => each as "failed",
        ),
        ...Array.from({ length: 56 }, () => "waiting" as const),
      ],
    },
    { state: "verifying", found: take(1) },
    { state: "succeeded", found: take(1), secret: true },
    { state: "succeeded", found: take(6) },
    { state: "changed_unverified", found: take(2), targetStates: ["succeeded", "changed_unverified"] },
    {
      state: "failed",
      found: take(8),
      targetStates: ["succeeded", "failed", "failed", "skipped", "skipped", "skipped", "skipped", "skipped"],
      error: "It was stopped: 2 of 3 resources failed, and 20 % was the most.",
    },
    { state: "rejected", found: take(1) },
    { state: "rolling_back", found: take(3), targetStates: ["rolled_back", "rolling_back", "succeeded"] },
    { state: "rolled_back", found: take(1) },
    {
      state: "rollback_failed",
      found: take(2),
      targetStates: ["rolled_back", "rollback_failed"],
      error: "One resource was changed after the fix.",
    },
  ];
  for (const each of wanted) {
    const by = idOf(each.asManager ? "manager" : "analyst");
    await seedPlan(db, organisationId, by, idOf("ciso"), each);
  }
}

const refusal = "AccessDenied: not authorized to perform s3:PutBucketPublicAccessBlock.";
const ended: readonly PlanState[] = [
  "succeeded",
  "changed_unverified",
  "failed",
  "rolled_back",
  "rollback_failed",
];

async function seedPlan(
  db: Database,
  organisationId: string,
  requestedBy: string,
  decider: string,
  wanted: Wanted,
): Promise<void> {
  const { state, found, irreversible = false, approvals = 0, error, notPlanned = false } = wanted;
  const planId = newId("pln");
  const document: PlanDocument = {
    format: 1,
    playbook: { id: "AWS-PUBLIC-S3", hash: "0".repeat(64), title },
    parameters: {},
    targets: found.map((each) => plannedTarget(each, irreversible)),
  };
  const hash = canonicalHash(document);
  const planned = !notPlanned && !(state === "draft" && error);
  await db.insert(remediationPlans).values({
    ...{ id: planId, organisationId, playbook: "AWS-PUBLIC-S3", playbookHash: document.playbook.hash },
    title: wanted.hostile ? `${title} ${absurdNames[1]}` : title,
    ...{
      parameters: {},
      reason: wanted.hostile ? `${absurdNames.join("\n")}\n${reason}` : reason,
      risk: "medium",
      reversible: !irreversible,
    },
    approvalsNeeded: irreversible ? 2 : 1,
    accountIds: [...new Set(found.map(({ resource }) => resource.accountId))],
    ...{ requestedBy, correlationId: planId, plannedAt: planned ? new Date() : null },
    ...(planned ? { document, hash } : {}),
    ...(state === "draft" && error ? { error } : {}),
  });
  for (const [ordinal, each] of found.entries()) {
    await seedTarget(db, organisationId, planId, ordinal, each, wanted);
  }
  if (state === "draft") return;
  const move = (to: PlanState, more: Partial<typeof remediationPlans.$inferInsert> = {}) =>
    db
      .update(remediationPlans)
      .set({ state: to, ...more })
      .where(eq(remediationPlans.id, planId));
  const expiresAt = new Date(Date.now() + 21 * 3_600_000);
  await move("awaiting_approval", { submittedAt: new Date(), expiresAt });
  const decide = (userId: string, decision: "approve" | "reject", why: string) =>
    db
      .insert(remediationApprovals)
      .values({ organisationId, planId, planHash: hash, requestedBy, userId, decision, reason: why });
  if (state === "rejected") {
    await decide(decider, "reject", "The shop still reads its pictures from there. Move those first.");
    return void (await move("rejected", { decidedAt: new Date() }));
  }
  if (approvals > 0) await decide(decider, "approve", "");
  if (state === "awaiting_approval") return;
  await decide(decider, "approve", "Agreed with the web team.");
  await move("approved", { decidedAt: new Date() });
  if (state === "approved") return;
  await move("running", { startedAt: new Date(Date.now() - 48_000) });
  if (state === "running") return;
  const isBack = ["rolling_back", "rolled_back", "rollback_failed"].includes(state);
  if (!isBack && state !== "verifying") await move("verifying");
  if (isBack) {
    await move("rolling_back", {
      ...{ rollbackBy: requestedBy, rollbackReason: "The shop lost its pictures.", rollbackAt: new Date() },
    });
  }
  await move(state, {
    ...(error ? { error } : {}),
    ...(ended.includes(state) ? { finishedAt: new Date() } : {}),
  });
}

async function seedTarget(
  db: Database,
  organisationId: string,
  planId: string,
  ordinal: number,
  { resource, findingId }: Found,
  wanted: Wanted,
): Promise<void> {
  const own = { running: "running", verifying: "verifying", rolling_back: "rolling_back" } as const;
  const isEnded = ended.includes(wanted.state);
  const state =
    wanted.targetStates?.[ordinal] ??
    (isEnded ? (wanted.state as "succeeded") : (own[wanted.state as "running"] ?? "waiting"));
  const targetId = newId("tgt");
  const begun = state !== "waiting" && state !== "skipped";
  const verified = state === "succeeded" || state === "changed_unverified";
  await db.insert(remediationTargets).values({
    ...{
      id: targetId,
      organisationId,
      planId,
      ordinal,
      accountId: resource.accountId,
      resourceId: resource.id,
    },
    ...{ uid: resource.uid, kind: resource.kind, region: resource.region, name: resource.name, state },
    verdicts: verified ? { "aws.s3.bucket-public-access": state === "succeeded" ? "pass" : "unknown" } : null,
    error: state === "failed" ? refusal : null,
  });
  await db.insert(remediationFindings).values({ planId, targetId, findingId }).onConflictDoNothing();
  if (!begun) return;
  const stepId = newId("stp");
  const done = ["succeeded", "changed_unverified", "verifying"].includes(state);
  const calls = [{ id: "put", api: "aws.s3.PutPublicAccessBlock", startedAt: new Date().toISOString() }].map(
    (call) => (state === "running" ? call : { ...call, endedAt: new Date().toISOString() }),
  );
  await db.insert(remediationSteps).values({
    ...{ id: stepId, organisationId, planId, targetId, ordinal: 0, action: "block-public-access", calls },
    state: done ? "applied" : (state as "failed"),
    before: block(false),
    after: state === "running" || state === "failed" ? null : block(true),
    error: state === "failed" ? "AccessDenied" : null,
  });
  const event = (kind: string, ms: number, detail: Record<string, Json> = {}) => ({
    ...{ planId, targetId, stepId, kind, ms, detail },
  });
  await db
    .insert(remediationEvents)
    .values([
      { ...event("target_begun", 0), stepId: null, ms: null },
      event("before_image", 84),
      ...(state === "running"
        ? []
        : [event("call", 212, { call: "put", api: "aws.s3.PutPublicAccessBlock" })]),
      ...(state === "failed" ? [event("failed", 12, { reason: "denied", message: refusal })] : []),
      ...(state === "running" || state === "failed" ? [] : [event("after_image", 305)]),
      ...(verified ? [{ ...event("verified", 0, { state, verdicts: {} }), stepId: null, ms: null }] : []),
      ...(state === "rolled_back" ? [event("restored", 412)] : []),
    ]);
  if (!wanted.secret) return;
  await db.insert(remediationSecrets).values({
    ...{ organisationId, planId, stepId, name: "SecretAccessKey of AKIAIOSFODNN7EXAMPLE" },
    ...{ sealed: Buffer.from("not for opening"), expiresAt: new Date(Date.now() + 6 * 3_600_000) },
  });
}
