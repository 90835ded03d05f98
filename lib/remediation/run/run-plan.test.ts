import { eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { auditEntries } from "#db/audit/schema.ts";
import { findings } from "#db/findings/schema.ts";
import { createTestCloud } from "../../scans/test-cloud.ts";
import { rollBackPlan } from "../verbs/roll-back-plan.ts";
import { createRuns, documentOf } from "./test-runs.ts";

const cloud = await createTestCloud({ accounts: ["Acme Production"] });
const { db } = cloud.database;
const runs = await createRuns(cloud);
const checkId = "aws.s3.bucket-public-access";
await cloud.scan({ services: ["s3"] });
const long = 120_000;

const statusOf = async (findingId: string) => {
  const [row] = await db.select({ status: findings.status }).from(findings).where(eq(findings.id, findingId));
  return row?.status;
};
const auditOf = async (correlationId: string) => {
  const rows = await db
    .select({ action: auditEntries.action, actor: auditEntries.actorId })
    .from(auditEntries)
    .where(eq(auditEntries.correlationId, correlationId))
    .orderBy(auditEntries.id);
  return rows.map(({ action, actor }) => `${action} by ${actor}`);
};
const eventsOf = async (planId: string) => {
  const rows = await db.execute<{ kind: string }>(
    sql`select kind from remediation_events where plan_id = ${planId} order by id`,
  );
  return rows.map(({ kind }) => kind);
};

describe("a plan", () => {
  it("is carried out, verified by a scan, and rolled back to what was before", {
    timeout: long,
  }, async () => {
    const [findingId = ""] = await runs.findings(checkId, ["acme-prod-old-uploads"]);
    const bucket = "acme-prod-old-uploads";
    const begun = await runs.approved("AWS-PUBLIC-S3", [findingId]);
    const ended = await runs.reaches(begun.id, "succeeded", "failed", "changed_unverified");
    expect(cloud.errors).toEqual([]);
    expect(ended).toMatchObject({ state: "succeeded", error: null });
    expect(await runs.targets(begun.id)).toEqual([
      { name: bucket, state: "succeeded", verdicts: { [checkId]: "pass" }, error: null },
    ]);
    expect(await runs.steps(begun.id)).toMatchObject([
      { state: "applied", attempts: 1, calls: ["aws.s3.PutPublicAccessBlock"], rollbackCalls: [] },
    ]);
    expect(await statusOf(findingId)).toBe("resolved");
    const [action] = documentOf(ended).targets[0]?.actions ?? [];
    const images = await db.execute(
      sql`select before, after from remediation_steps where plan_id = ${begun.id}`,
    );
    expect(action?.plan).toMatchObject({ outcome: "change", ...images[0] });

    await rollBackPlan(db, runs.analyst, { planId: begun.id, reason: "The website needs it." });
    const back = await runs.reaches(begun.id, "rolled_back", "rollback_failed");
    expect(back).toMatchObject({ state: "rolled_back", error: null });
    expect(await runs.targets(begun.id)).toEqual([
      { name: bucket, state: "rolled_back", verdicts: { [checkId]: "fail" }, error: null },
    ]);
    expect(await statusOf(findingId)).toBe("open");
    expect(await auditOf(begun.correlationId)).toEqual(
      [
        "remediation_plan.create by analyst",
        "remediation_plan.plan by remediation",
        "remediation_plan.submit by analyst",
        "remediation_plan.begin by remediation",
        "remediation_step.begin by remediation",
        "remediation_step.apply by remediation",
        "scan.start by remediation",
        "remediation_target.verify by remediation",
        "remediation_plan.end by remediation",
        "remediation_plan.roll_back by analyst",
        "remediation_step.roll_back by remediation",
        "scan.start by remediation",
        "remediation_target.verify by remediation",
        "remediation_plan.end by remediation",
      ].map((line) => line.replace("by analyst", `by ${runs.analyst.actor.id}`)),
    );
    expect(await eventsOf(begun.id)).toEqual([
      ...[
        "planned",
        "begun",
        "target_begun",
        "before_image",
        "call",
        "after_image",
        "verifying",
        "verified",
        "ended",
      ],
      ...["rollback_begun", "call", "restored", "verifying", "verified", "ended"],
    ]);
    const [scan] = await db.execute(sql`
      select s.scope, s.trigger from scans s join remediation_targets t on t.scan_id = s.id where t.plan_id = ${begun.id}`);
    expect(scan).toEqual({
      trigger: "fix",
      scope: {
        accountIds: [cloud.accounts.get("Acme Production")],
        regions: ["us-east-1"],
        services: [],
        checks: [checkId],
      },
    });
  });
});
