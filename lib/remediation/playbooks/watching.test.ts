import { sql } from "drizzle-orm";
import { describe, expect, it, vi } from "vitest";
import { createUser } from "#db/factories.ts";
import { notifications } from "#db/triage/schema.ts";
import { iamState } from "#sandbox/aws/handlers/iam/state.ts";
import { Scope } from "../../auth/scope.ts";
import { createTestCloud } from "../../scans/test-cloud.ts";
import { createRuns, documentOf, type PlanRow } from "../run/test-runs.ts";
import { collectSecret } from "../verbs/collect-secret.ts";
import { createPlan } from "../verbs/create-plan.ts";
import { decidePlan } from "../verbs/decide-plan.ts";
import { rollBackPlan } from "../verbs/roll-back-plan.ts";
import { submitPlan } from "../verbs/submit-plan.ts";

const held = vi.hoisted(() => ({ url: "" }));
vi.mock("#lib/env.ts", async (original) => ({
  ...(await original<typeof import("#lib/env.ts")>()),
  databaseUrl: () => held.url,
}));

const account = "Acme Production";
const cloud = await createTestCloud({ accounts: [account, "Acme Staging"] });
const { db } = cloud.database;
held.url = cloud.database.url;
const runs = await createRuns(cloud);
await cloud.scan({ services: ["cloudtrail", "config", "ec2", "guardduty", "iam"] });
const long = { timeout: 180_000 };
const iam = iamState(cloud.estateOf(account));

/** Open findings of a check, by the name of the resource. */
async function findingsOf(checkId: string): Promise<{ id: string; name: string; region: string }[]> {
  return [
    ...(await db.execute<{ id: string; name: string; region: string }>(sql`
      select f.id, r.name, r.region from findings f join resources r on r.id = f.resource_id
      where f.check_id = ${checkId} and f.status = 'open'
        and f.account_id = ${cloud.accounts.get(account) ?? ""} order by r.name, r.uid
    `)),
  ];
}
async function findingOf(checkId: string, name?: string): Promise<{ id: string; name: string }> {
  const all = await findingsOf(checkId);
  const found = name === undefined ? all[0] : all.find((each) => each.name === name);
  if (!found)
    throw new Error(`There is no such finding; there are: ${all.map((each) => each.name).join(", ")}`);
  return found;
}
const ended = (plan: PlanRow) => runs.reaches(plan.id, "succeeded", "failed", "changed_unverified");

describe("ENABLE-LOGGING", () => {
  it(
    "mends a trail, AWS Config, GuardDuty and a VPC in one plan, and takes all of it back",
    long,
    async () => {
      const ids = await Promise.all([
        findingOf("aws.cloudtrail.trail-multi-region", "us-team-own"),
        findingOf("aws.cloudtrail.trail-log-validation", "us-team-own"),
        findingOf("aws.config.recorder", "us-east-1"),
        findingOf("aws.guardduty.detector", "us-east-1"),
        findingOf("aws.ec2.vpc-flow-logs"),
      ]);
      const plan = await runs.approved(
        "ENABLE-LOGGING",
        ids.map(({ id }) => id),
        {
          parameters: { awsLogBucket: "acme-org-cloudtrail" },
        },
      );
      const done = await ended(plan);
      expect({ state: done.state, error: done.error, targets: await runs.targets(plan.id) }).toMatchObject({
        state: "succeeded",
        error: null,
        targets: [
          { state: "succeeded" },
          { state: "succeeded" },
          { state: "succeeded" },
          { state: "succeeded" },
        ],
      });
      const steps = await runs.steps(plan.id);
      expect(steps.filter(({ name }) => name === "us-team-own").map(({ calls }) => calls)).toEqual([
        ["aws.cloudtrail.UpdateTrail"],
        ["aws.cloudtrail.UpdateTrail"],
      ]);
      await rollBackPlan(db, runs.analyst, { planId: plan.id, reason: "It costs too much." });
      expect(await runs.reaches(plan.id, "rolled_back", "rollback_failed")).toMatchObject({
        state: "rolled_back",
        error: null,
      });
      const open = await Promise.all(ids.map(({ id }) => statusOf(id)));
      expect(open).toEqual(["open", "open", "open", "open", "open"]);
    },
  );
});

describe("ENABLE-LOGGING of an account", () => {
  it("makes a trail where there is none, which the account's checks then find", long, async () => {
    const checks = ["all-regions", "s3-read-events", "s3-write-events"].map(
      (name) => `aws.cloudtrail.${name}`,
    );
    const found = await db.execute<{ id: string }>(sql`
      select id from findings where status = 'open' and account_id = ${cloud.accounts.get("Acme Staging") ?? ""}
        and check_id in (${sql.join(
          checks.map((check) => sql`${check}`),
          sql`, `,
        )})
    `);
    expect(found.length).toBe(3);
    const ids = found.map(({ id }) => id);
    const plan = await runs.approved("ENABLE-LOGGING", ids, {
      parameters: { awsLogBucket: "acme-org-cloudtrail", awsTrailRegion: "eu-west-1" },
    });
    const done = await ended(plan);
    expect({ state: done.state, error: done.error, targets: await runs.targets(plan.id) }).toMatchObject({
      state: "succeeded",
      error: null,
      targets: [{ verdicts: Object.fromEntries(checks.map((check) => [check, "pass"])) }],
    });
    await rollBackPlan(db, runs.analyst, { planId: plan.id, reason: "It costs too much." });
    expect(await runs.reaches(plan.id, "rolled_back", "rollback_failed")).toMatchObject({
      state: "rolled_back",
    });
    expect(await Promise.all(ids.map((id) => statusOf(id)))).toEqual(["open", "open", "open"]);
  });
});

describe("ENABLE-MFA", () => {
  it("asks for it, tells people, and says honestly that the device is still missing", long, async () => {
    const checkId = "aws.iam.user-mfa";
    const { id, name } = await findingOf(checkId);
    const plan = await runs.approved("ENABLE-MFA", [id]);
    const done = await ended(plan);
    expect({ state: done.state, targets: await runs.targets(plan.id) }).toMatchObject({
      state: "changed_unverified",
      targets: [{ name, state: "changed_unverified", verdicts: { [checkId]: "fail" } }],
    });
    expect(iam.users.get(name)?.groups).toContain("ParapetRequireMfa");
    expect(await statusOf(id)).toBe("open");
    const told = await db
      .select({ kind: notifications.kind, excerpt: notifications.excerpt })
      .from(notifications)
      .where(sql`${notifications.planId} = ${plan.id} and ${notifications.userId} = ${runs.analyst.actor.id}
        and ${notifications.kind} = 'fix_notice'`);
    expect(told).toEqual([
      { kind: "fix_notice", excerpt: expect.stringContaining("Have a device registered") },
    ]);

    await rollBackPlan(db, runs.analyst, { planId: plan.id, reason: "The person is on leave." });
    expect(await runs.reaches(plan.id, "rolled_back", "rollback_failed")).toMatchObject({
      state: "rolled_back",
    });
    expect(iam.users.get(name)?.groups).not.toContain("ParapetRequireMfa");
  });
});

describe("ROTATE-CREDENTIALS", () => {
  it(
    "hands a new key over once, and the old one is deleted by a plan of its own, with two approvals",
    long,
    async () => {
      const checkId = "aws.iam.access-key-age";
      const rotatable = (await findingsOf(checkId)).find(
        ({ name }) => iam.users.get(name)?.accessKeys.length === 1,
      );
      if (!rotatable) throw new Error("Every user with an old key has two.");
      const { id, name } = rotatable;
      const old = iam.users.get(name)?.accessKeys[0]?.metadata.AccessKeyId;
      const plan = await runs.approved("ROTATE-CREDENTIALS", [id]);
      expect(await ended(plan)).toMatchObject({ state: "succeeded", error: null });
      const [secret] = await db.execute<{ id: string; name: string }>(
        sql`select id, name from remediation_secrets where plan_id = ${plan.id}`,
      );
      expect(secret?.name).toBe(`Access key of ${name}`);
      const made = iam.users.get(name)?.accessKeys[1];
      expect(await collectSecret(db, runs.analyst, { secretId: secret?.id ?? "" })).toEqual({
        name: secret?.name,
        value: `aws_access_key_id = ${made?.metadata.AccessKeyId}\naws_secret_access_key = ${made?.secretAccessKey}`,
      });

      const later = await createPlan(db, runs.analyst, {
        ...{ playbook: "DELETE-ROTATED-CREDENTIALS", findingIds: [id], follows: plan.id },
        reason: "Nothing uses the old key any more.",
      });
      await cloud.until(sql`select planned_at is not null from remediation_plans where id = ${later.planId}`);
      const draft = await runs.plan(later.planId);
      expect(draft).toMatchObject({ error: null, reversible: false, approvalsNeeded: 2 });
      expect(documentOf(draft).targets[0]?.actions[0]?.plan).toMatchObject({
        calls: [{ id: `delete-${old}`, api: "aws.iam.DeleteAccessKey" }],
      });
      const hash = draft.hash ?? "";
      await submitPlan(db, runs.analyst, { planId: draft.id, revision: draft.revision });
      await decidePlan(db, runs.manager, { planId: draft.id, hash, decision: "approve" });
      expect(await runs.plan(draft.id)).toMatchObject({ state: "awaiting_approval" });
      const { organisationId } = cloud.scope;
      const second = Scope.ofUser(await createUser(db, { organisationId, role: "ciso" }));
      await decidePlan(db, second, { planId: draft.id, hash, decision: "approve" });
      expect(await ended(draft)).toMatchObject({ state: "succeeded", error: null });
      expect(iam.users.get(name)?.accessKeys.map(({ metadata }) => metadata.AccessKeyId)).toEqual([
        made?.metadata.AccessKeyId,
      ]);
    },
  );
});

async function statusOf(findingId: string): Promise<string | undefined> {
  const [row] = await db.execute<{ status: string }>(
    sql`select status from findings where id = ${findingId}`,
  );
  return row?.status;
}
