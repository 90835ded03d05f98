import { eq, sql } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findings } from "#db/findings/schema.ts";
import { type BucketState, s3State } from "#sandbox/aws/handlers/s3/state.ts";
import { AwsError } from "#sandbox/aws/model.ts";
import { createTestCloud } from "../../scans/test-cloud.ts";
import { forgetScans } from "../../scans/test-state.ts";
import { rollBackPlan } from "../verbs/roll-back-plan.ts";
import { runPlan } from "../verbs/run-plan.ts";
import { createRuns } from "./test-runs.ts";

const cloud = await createTestCloud({ accounts: ["Acme Production"] });
const { db } = cloud.database;
const { faults } = cloud.sandbox;
const runs = await createRuns(cloud);
const checkId = "aws.s3.bucket-public-access";
const names = ["acme-prod-old-uploads", "acme-prod-any-vpc", "acme-prod-half-the-internet"] as const;
const [first] = names;
const long = { timeout: 120_000 };
const put = "aws.s3.PutPublicAccessBlock";

const bucket = (name: string): BucketState => {
  const found = s3State(cloud.estateOf()).get(name);
  if (!found) throw new Error(`There is no bucket ${name}.`);
  return found;
};
const blocks = () => names.map((name) => bucket(name).publicAccessBlock);
const blocked = {
  ...{ BlockPublicAcls: true, IgnorePublicAcls: true },
  ...{ BlockPublicPolicy: true, RestrictPublicBuckets: true },
};
const original = new Map(names.map((name) => [name, structuredClone(bucket(name))]));

beforeEach(async () => {
  faults.reset();
  for (const [name, state] of original) s3State(cloud.estateOf()).set(name, structuredClone(state));
  await db.execute(sql`truncate remediation_findings`);
  await forgetScans(db);
  await cloud.scan({ services: ["s3"] });
});
afterEach(() => faults.reset());

const statusOf = async (findingId: string) => {
  const [row] = await db.select({ status: findings.status }).from(findings).where(eq(findings.id, findingId));
  return row?.status;
};
const ended = (planId: string) => runs.reaches(planId, "succeeded", "failed", "changed_unverified");

describe("between approval and run", () => {
  it("a resource that has changed stops the run before anything is called", long, async () => {
    const ids = await runs.findings(checkId, names);
    const plan = await runs.approved("AWS-PUBLIC-S3", ids, { wait: true });
    const before = blocks();
    for (const name of names) bucket(name).publicAccessBlock = { ...blocked, BlockPublicPolicy: false };
    await runPlan(db, runs.analyst, { planId: plan.id });
    expect(await ended(plan.id)).toMatchObject({ state: "failed", error: "Of the resources, 3 failed." });
    expect((await runs.targets(plan.id)).map(({ state, error }) => ({ state, error }))).toEqual(
      names.map(() => ({
        state: "failed",
        error:
          "The resource has changed since the plan was made, so the plan isn't carried out. Make a new one.",
      })),
    );
    expect((await runs.steps(plan.id)).flatMap(({ calls }) => calls)).toEqual([]);
    expect(blocks()).toEqual(names.map(() => ({ ...blocked, BlockPublicPolicy: false })));
    expect(before).not.toEqual(blocks());
  });

  it("one that is gone is left alone", long, async () => {
    const plan = await runs.approved("AWS-PUBLIC-S3", await runs.findings(checkId, [first]), { wait: true });
    s3State(cloud.estateOf()).delete(first);
    await runPlan(db, runs.analyst, { planId: plan.id });
    expect(await ended(plan.id)).toMatchObject({ state: "failed" });
    expect(await runs.targets(plan.id)).toEqual([
      { name: first, state: "failed", verdicts: null, error: "The resource is gone." },
    ]);
  });
});

describe("a denial", () => {
  it("half-way has what was done before it undone", long, async () => {
    const all = await runs.findings("aws.s3.bucket-public-access", [first]);
    bucket(first).grants = [
      {
        Grantee: { Type: "Group", URI: "http://acs.amazonaws.com/groups/global/AllUsers" },
        Permission: "READ",
      },
    ];
    bucket(first).ownership = "ObjectWriter";
    const grants = structuredClone(bucket(first).grants);
    const plan = await runs.approved("AWS-PUBLIC-S3", all, {
      wait: true,
      parameters: { removeAclGrants: true },
    });
    faults.deny = ["s3:PutBucketPublicAccessBlock"];
    await runPlan(db, runs.analyst, { planId: plan.id });
    expect(await ended(plan.id)).toMatchObject({ state: "failed", error: "Of the resources, 1 failed." });
    expect(await runs.steps(plan.id)).toMatchObject([
      { state: "rolled_back", calls: ["aws.s3.PutBucketAcl"], rollbackCalls: ["aws.s3.PutBucketAcl"] },
      { state: "failed", calls: [], rollbackCalls: [] },
    ]);
    const [target] = await runs.targets(plan.id);
    expect(target).toMatchObject({ state: "failed", verdicts: null });
    expect(target?.error).toMatch(/AccessDenied.* What had been done was undone\.$/);
    expect(bucket(first).grants).toEqual(grants);
    expect(await statusOf(all[0] ?? "")).toBe("open");
  });

  it("of the way back leaves it to be tried again", long, async () => {
    const plan = await runs.approved("AWS-PUBLIC-S3", await runs.findings(checkId, [first]));
    expect(await ended(plan.id)).toMatchObject({ state: "succeeded" });
    faults.deny = ["s3:PutBucketPublicAccessBlock"];
    await rollBackPlan(db, runs.analyst, { planId: plan.id, reason: "It was needed." });
    const failed = await runs.reaches(plan.id, "rolled_back", "rollback_failed");
    expect(failed).toMatchObject({ state: "rollback_failed", error: "Of the resources, 1 not restored." });
    expect(await runs.targets(plan.id)).toMatchObject([
      {
        state: "rollback_failed",
        verdicts: { [checkId]: "pass" },
        error: expect.stringContaining("AccessDenied"),
      },
    ]);
    faults.reset();
    await rollBackPlan(db, runs.analyst, { planId: plan.id, reason: "Again." });
    expect(await runs.reaches(plan.id, "rolled_back", "rollback_failed")).toMatchObject({
      state: "rolled_back",
    });
    expect(bucket(first).publicAccessBlock).toEqual(original.get(first)?.publicAccessBlock);
  });
});

describe("throttling half-way", () => {
  it("slows a run down and loses nothing", long, async () => {
    const plan = await runs.approved("AWS-PUBLIC-S3", await runs.findings(checkId, names), { wait: true });
    faults.reset({ throttleRate: 0.4, errorRate: 0.1, seed: 7 });
    await runPlan(db, runs.analyst, { planId: plan.id });
    expect(await ended(plan.id)).toMatchObject({ state: "succeeded" });
    expect(await runs.steps(plan.id)).toMatchObject(names.map(() => ({ state: "applied", calls: [put] })));
  });
});

describe("verification", () => {
  it("says that a change isn't verified when the resource can't be read", long, async () => {
    const [id = ""] = await runs.findings(checkId, [first]);
    const plan = await runs.approved("AWS-PUBLIC-S3", [id], { wait: true });
    faults.beforeHandler = ({ operation }) => {
      if (operation === "PutPublicAccessBlock")
        faults.deny = ["s3:GetBucketPolicyStatus", "s3:GetBucketPolicy", "s3:GetBucketAcl"];
    };
    await runPlan(db, runs.analyst, { planId: plan.id });
    expect(await ended(plan.id)).toMatchObject({
      ...{ state: "changed_unverified", error: "Of the resources, 1 changed, but not verified." },
    });
    expect(await runs.targets(plan.id)).toEqual([
      {
        ...{ name: first, state: "changed_unverified", verdicts: { [checkId]: "unknown" } },
        error: `Could not be read afresh, so nobody knows: ${checkId}.`,
      },
    ]);
    expect(await statusOf(id)).toBe("open");
  });

  it("isn't kept from what it saw by what it could not read elsewhere", long, async () => {
    const [id = "", other = ""] = await runs.findings(checkId, names);
    const plan = await runs.approved("AWS-PUBLIC-S3", [id], { wait: true });
    faults.beforeHandler = ({ operation }, input) => {
      const name = "Bucket" in input ? input.Bucket : "";
      if (operation === "GetBucketTagging" && name === names[1])
        throw new AwsError("AccessDenied", "Not this one.");
    };
    await runPlan(db, runs.analyst, { planId: plan.id });
    expect(await ended(plan.id)).toMatchObject({ state: "succeeded" });
    const [unit] = await db.execute(sql`
      select distinct u.status from scan_units u join remediation_targets t on t.scan_id = u.scan_id where t.plan_id = ${plan.id} and u.gaps > 0`);
    expect(unit).toEqual({ status: "gap" });
    expect([await statusOf(id), await statusOf(other)]).toEqual(["resolved", "open"]);
  });

  it("says so when somebody opens the resource again at once", long, async () => {
    const [id = ""] = await runs.findings(checkId, [first]);
    const plan = await runs.approved("AWS-PUBLIC-S3", [id], { wait: true });
    faults.beforeHandler = ({ operation }) => {
      // The scan lists buckets, the fix doesn't.
      if (operation === "ListBuckets") bucket(first).publicAccessBlock = null;
    };
    await runPlan(db, runs.analyst, { planId: plan.id });
    expect(await ended(plan.id)).toMatchObject({ state: "changed_unverified" });
    expect(await runs.targets(plan.id)).toMatchObject([
      { state: "changed_unverified", verdicts: { [checkId]: "fail" }, error: `Still fails: ${checkId}.` },
    ]);
  });
});

describe("a way back", () => {
  it("leaves a resource alone that somebody has changed since", long, async () => {
    const ids = await runs.findings(checkId, names);
    const plan = await runs.approved("AWS-PUBLIC-S3", ids);
    expect(await ended(plan.id)).toMatchObject({ state: "succeeded" });
    const theirs = { ...blocked, RestrictPublicBuckets: false };
    bucket(first).publicAccessBlock = theirs;
    await rollBackPlan(db, runs.analyst, { planId: plan.id, reason: "It was needed." });
    expect(await runs.reaches(plan.id, "rolled_back", "rollback_failed")).toMatchObject({
      ...{ state: "rollback_failed", error: "Of the resources, 1 not restored, 2 restored." },
    });
    expect(blocks()).toEqual([
      theirs,
      ...names.slice(1).map((name) => original.get(name)?.publicAccessBlock),
    ]);
    expect((await runs.targets(plan.id)).find(({ name }) => name === first)).toMatchObject({
      state: "rollback_failed",
      error: expect.stringContaining("changed after the fix"),
    });
  });
});
