import { describe, expect, it } from "vitest";
import type { Kind } from "#lib/inventory/model.ts";
import { cloudTrailState } from "#sandbox/aws/handlers/cloudtrail.ts";
import { configState } from "#sandbox/aws/handlers/config.ts";
import { ec2State } from "#sandbox/aws/handlers/ec2/state.ts";
import { guardDutyState } from "#sandbox/aws/handlers/guardduty.ts";
import type { Json, Target } from "../model.ts";
import { open, rehearse } from "../test-journal.ts";
import { startAcme } from "./test-acme.ts";

const acme = await startAcme();
const [production, staging, security] = ["Acme Production", "Acme Staging", "Acme Security Tooling"];
const bucket = "acme-org-cloudtrail";
const timeout = 120_000;

const idOf = (account: string) => acme.estateOf(account).id;
const targetOf = (account: string, kind: Kind, region: string, uid: string, name: string): Target => ({
  uid,
  ...{ kind, cloud: "aws", account: idOf(account), region, name },
});
const accountTarget = (account: string) =>
  targetOf(account, "aws.account", "global", `arn:aws:iam::${idOf(account)}:root`, idOf(account));
const regionTarget = (account: string, service: "config" | "guardduty", region: string) =>
  targetOf(
    account,
    `aws.${service}.region`,
    region,
    `arn:aws:${service}:${region}:${idOf(account)}:account-settings`,
    region,
  );
function trailTarget(account: string, name: string): Target {
  const found = [...cloudTrailState(acme.estateOf(account)).values()].find(
    ({ trail }) => trail.Name === name,
  );
  if (!found) throw new Error(`There is no trail ${name}.`);
  return targetOf(account, "aws.cloudtrail.trail", found.trail.HomeRegion, found.trail.TrailARN, name);
}

const run = (
  account: string,
  target: Target,
  operation: string,
  checks: string[],
  given: Record<string, Json> = {},
) => rehearse({ account: acme.accountNamed(account), target, operation, checks, with: given });

/** What is planned without carrying it out. */
async function planOnly(
  account: string,
  target: Target,
  operation: string,
  given: Record<string, Json> = {},
) {
  const { handler, context, close } = open({ account: acme.accountNamed(account), target });
  try {
    return await handler.plan({ kind: "aws", operation, with: given }, context());
  } finally {
    close();
  }
}

describe("a trail", () => {
  const target = () => trailTarget(production, "us-team-own");

  it("is made to cover every region", { timeout }, async () => {
    const { plan } = await run(production, target(), "aws.cloudtrail.cover-all-regions", [
      "aws.cloudtrail.trail-multi-region",
    ]);
    expect(plan).toMatchObject({
      before: { IsMultiRegionTrail: false, IncludeGlobalServiceEvents: false },
      after: { IsMultiRegionTrail: true, IncludeGlobalServiceEvents: true },
      commands: [
        `aws cloudtrail update-trail --name ${target().uid} --is-multi-region-trail --include-global-service-events --region us-east-1`,
      ],
      wayBackCommands: [
        `aws cloudtrail update-trail --name ${target().uid} --no-is-multi-region-trail --no-include-global-service-events --region us-east-1`,
      ],
    });
  });

  it("is made to sign its log files", { timeout }, async () => {
    await run(production, target(), "aws.cloudtrail.validate-log-files", [
      "aws.cloudtrail.trail-log-validation",
    ]);
  });

  it("is given a key, and has it taken away", { timeout }, async () => {
    const keyArn = `arn:aws:kms:us-east-1:${idOf(production)}:key/0d1e2f3a-4b5c-4d6e-8f70-8192a3b4c5d6`;
    const { plan } = await run(
      ...[production, target(), "aws.cloudtrail.encrypt-trail", ["aws.cloudtrail.trail-kms-encryption"]],
      { keyArn },
    );
    expect([plan.before, plan.after]).toEqual([{ KmsKeyId: "" }, { KmsKeyId: keyArn }]);
  });

  it("gets no key of another region, nor without one", async () => {
    const operation = "aws.cloudtrail.encrypt-trail";
    const elsewhere = "arn:aws:kms:eu-west-1:111122223333:key/0d1e2f3a-4b5c-4d6e-8f70-8192a3b4c5d6";
    expect(await planOnly(production, target(), operation, { keyArn: elsewhere })).toEqual({
      outcome: "refused",
      reason: "The key must be in the trail's region, us-east-1.",
    });
    expect(await planOnly(production, target(), operation, { keyArn: null })).toMatchObject({
      outcome: "refused",
    });
    expect(await planOnly(production, target(), "aws.cloudtrail.cover-all-regions")).toMatchObject({
      outcome: "change",
    });
  });
});

describe("an account", () => {
  const operation = "aws.cloudtrail.record-account";
  const all = [
    "aws.cloudtrail.all-regions",
    "aws.cloudtrail.s3-read-events",
    "aws.cloudtrail.s3-write-events",
  ];

  it("without a trail for all regions gets one", { timeout }, async () => {
    const target = accountTarget(staging);
    const { plan } = await run(staging, target, operation, all, { checks: all, bucket, region: "us-east-1" });
    expect(plan.calls.map(({ id, api }) => `${id} ${api}`)).toEqual([
      "create aws.cloudtrail.CreateTrail",
      "select-parapet-all-regions aws.cloudtrail.PutEventSelectors",
      "start-parapet-all-regions aws.cloudtrail.StartLogging",
    ]);
    expect(plan.before).toEqual({ trails: [] });
  });

  it("has what is missing added to the trail it has", { timeout }, async () => {
    const target = accountTarget(security);
    for (const checks of [all.slice(1), all.slice(1, 2), all.slice(2)]) {
      const { plan } = await run(security, target, operation, checks, { checks });
      expect(plan.calls.map(({ api }) => api)).toEqual(["aws.cloudtrail.PutEventSelectors"]);
    }
  });

  it("has a trail that stands still started again, and basic selectors kept", { timeout }, async () => {
    const found = cloudTrailState(acme.estateOf(production)).get(
      trailTarget(production, "acme-all-regions").uid,
    );
    if (!found) throw new Error("There is no trail.");
    const kept = { isLogging: found.isLogging, eventSelectors: found.eventSelectors };
    const readsOfOne = {
      ReadWriteType: "ReadOnly" as const,
      IncludeManagementEvents: true,
      DataResources: [{ Type: "AWS::S3::Object", Values: ["arn:aws:s3:::acme-ledger/"] }],
      ExcludeManagementEventSources: ["kms.amazonaws.com"],
    };
    Object.assign(found, { isLogging: false, eventSelectors: [readsOfOne] });
    const { plan } = await run(production, accountTarget(production), operation, all, { checks: all });
    expect(plan.calls).toEqual([
      expect.objectContaining({
        api: "aws.cloudtrail.PutEventSelectors",
        region: "eu-west-1",
        input: {
          TrailName: found.trail.TrailARN,
          EventSelectors: [
            readsOfOne,
            {
              ReadWriteType: "All",
              IncludeManagementEvents: true,
              DataResources: [],
              ExcludeManagementEventSources: [],
            },
            {
              ReadWriteType: "All",
              IncludeManagementEvents: false,
              DataResources: [{ Type: "AWS::S3::Object", Values: ["arn:aws:s3"] }],
              ExcludeManagementEventSources: [],
            },
          ],
        },
      }),
      expect.objectContaining({ api: "aws.cloudtrail.StartLogging" }),
    ]);
    Object.assign(found, { eventSelectors: Array.from({ length: 5 }, () => readsOfOne) });
    expect(await planOnly(production, accountTarget(production), operation, { checks: all })).toEqual({
      outcome: "refused",
      reason: expect.stringContaining("five event selectors"),
    });
    Object.assign(found, kept);
    expect(await planOnly(production, accountTarget(production), operation, { checks: all })).toMatchObject({
      outcome: "nothing",
    });
  });

  it("needs a bucket for a new trail", async () => {
    expect(await planOnly(staging, accountTarget(staging), operation, { checks: all })).toEqual({
      outcome: "refused",
      reason: expect.stringContaining("Name a bucket"),
    });
  });
});

describe("a VPC", () => {
  const region = "eu-west-1";
  const operation = "aws.ec2.enable-flow-logs";
  const checks = ["aws.ec2.vpc-flow-logs"];
  const vpcs = (account: string) => {
    const { vpcs: all, flowLogs } = ec2State(acme.estateOf(account), region);
    return [...all.keys()].map((id) => ({
      id,
      logs: [...flowLogs.values()].filter((log) => log.ResourceId === id),
    }));
  };

  it("without a flow log gets one", { timeout }, async () => {
    const found = [production, staging, security].flatMap((account) =>
      vpcs(account).flatMap(({ id, logs }) => (logs.length === 0 ? [{ account, id }] : [])),
    )[0];
    if (!found) throw new Error("Every VPC has a flow log.");
    const target = acme.ec2Target(found.account, "aws.ec2.vpc", region, `vpc/${found.id}`);
    const { plan, after } = await run(found.account, target, operation, checks, {
      bucket,
      trafficType: "REJECT",
    });
    expect(plan.before).toEqual({ flowLogs: [] });
    expect(after).toEqual({
      flowLogs: [
        {
          FlowLogId: expect.stringMatching(/^fl-/),
          TrafficType: "REJECT",
          LogDestinationType: "s3",
          LogDestination: `arn:aws:s3:::${bucket}`,
          byParapet: true,
        },
      ],
    });
    expect(await planOnly(found.account, target, operation)).toMatchObject({ outcome: "refused" });
  });

  it("with one that takes accepted traffic alone keeps it", { timeout }, async () => {
    const found = [production, staging, security].flatMap((account) =>
      vpcs(account).flatMap(({ id, logs }) => (logs.length === 1 ? [{ account, id, log: logs[0] }] : [])),
    )[0];
    if (!found?.log) throw new Error("No VPC has a flow log.");
    const kept = found.log.TrafficType;
    found.log.TrafficType = "ACCEPT";
    const target = acme.ec2Target(found.account, "aws.ec2.vpc", region, `vpc/${found.id}`);
    const { after } = await run(found.account, target, operation, checks, { bucket });
    expect(after).toMatchObject({ flowLogs: [{ FlowLogId: found.log.FlowLogId }, { byParapet: true }] });
    found.log.TrafficType = kept;
  });
});

describe("AWS Config", () => {
  const operation = "aws.config.record-everything";
  const checks = ["aws.config.recorder"];

  it("is set up where there is none", { timeout }, async () => {
    const { plan } = await run(
      production,
      regionTarget(production, "config", "us-east-1"),
      operation,
      checks,
      {
        bucket: "acme-org-config",
      },
    );
    expect(plan.before).toEqual({ recorder: null, channel: null, isRecording: false });
    expect(plan.calls.map(({ id }) => id)).toEqual([
      "PutConfigurationRecorder",
      "PutDeliveryChannel",
      "StartConfigurationRecorder",
    ]);
    expect("calls" in plan.wayBack && plan.wayBack.calls.map(({ id }) => id)).toEqual([
      "StopConfigurationRecorder",
      "DeleteDeliveryChannel",
      "DeleteConfigurationRecorder",
    ]);
  });

  it("is started where it was stopped", { timeout }, async () => {
    const { plan } = await run(staging, regionTarget(staging, "config", "eu-west-1"), operation, checks);
    expect(plan.calls.map(({ id }) => id)).toEqual(["StartConfigurationRecorder"]);
  });

  it("records everything where it left something out", { timeout }, async () => {
    const { recorder } = configState(acme.estateOf(production), "eu-west-1");
    if (!recorder) throw new Error("There is no recorder.");
    const kept = recorder.recordingGroup;
    recorder.recordingGroup = {
      allSupported: false,
      includeGlobalResourceTypes: false,
      resourceTypes: ["AWS::S3::Bucket", "AWS::EC2::Instance"],
      recordingStrategy: { useOnly: "INCLUSION_BY_RESOURCE_TYPES" },
    };
    const { plan } = await run(
      production,
      regionTarget(production, "config", "eu-west-1"),
      operation,
      checks,
    );
    expect(plan.calls.map(({ id }) => id)).toEqual(["PutConfigurationRecorder"]);
    recorder.recordingGroup = kept;
  });

  it("is left alone where it can't deliver, which is for people to mend", async () => {
    const planned = await planOnly(security, regionTarget(security, "config", "us-east-1"), operation);
    expect(planned).toMatchObject({
      outcome: "nothing",
      reason: expect.stringContaining("mend its bucket's policy"),
    });
  });
});

describe("GuardDuty", () => {
  const operation = "aws.guardduty.enable";
  const checks = ["aws.guardduty.detector"];

  it("is turned on where there is none", { timeout }, async () => {
    const { plan } = await run(staging, regionTarget(staging, "guardduty", "eu-west-1"), operation, checks);
    expect(plan.before).toEqual({ detector: null });
  });

  it("is resumed where it was suspended", { timeout }, async () => {
    const { plan } = await run(
      production,
      regionTarget(production, "guardduty", "us-east-1"),
      operation,
      checks,
    );
    expect(plan.calls.map(({ api }) => api)).toEqual(["aws.guardduty.UpdateDetector"]);
    expect(guardDutyState(acme.estateOf(production), "us-east-1").detector?.Status).toBe("DISABLED");
  });
});
