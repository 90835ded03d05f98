import { describe, expect, it } from "vitest";
import { readText } from "../test-reports.ts";

const usual = {
  SchemaVersion: "2018-10-08",
  Id: "arn:aws:securityhub:eu-west-1:111122223333:security-control/S3.8/finding/1",
  ProductArn: "arn:aws:securityhub:eu-west-1::product/aws/securityhub",
  ProductName: "Security Hub",
  GeneratorId: "security-control/S3.8",
  AwsAccountId: "111122223333",
  Types: ["Software and Configuration Checks/Industry and Regulatory Standards"],
  CreatedAt: "2026-01-01T00:00:00.000Z",
  UpdatedAt: "2026-01-02T03:04:05.678Z",
  Severity: { Label: "HIGH", Normalized: 70 },
  Title: "S3 general purpose buckets should block public access",
  Description: "This control checks whether an Amazon S3 bucket blocks public access.",
  Remediation: {
    Recommendation: {
      Text: "See the documentation.",
      Url: "https://docs.aws.amazon.com/console/securityhub/S3.8",
    },
  },
  Resources: [
    {
      Type: "AwsS3Bucket",
      Id: "arn:aws:s3:::a",
      Partition: "aws",
      Region: "eu-west-1",
      Tags: { owner: "web" },
    },
  ],
  Compliance: { Status: "FAILED", SecurityControlId: "S3.8" },
  Workflow: { Status: "NEW" },
  RecordState: "ACTIVE",
  Region: "eu-west-1",
};
const finding = {
  account: { externalId: "111122223333", cloud: "aws" },
  check: {
    id: "security_hub.S3.8",
    name: "S3.8",
    source: "security_hub",
    title: usual.Title,
    severity: "high",
    risk: usual.Description,
    remediation: "See the documentation.",
    url: "https://docs.aws.amazon.com/console/securityhub/S3.8",
  },
  status: "fail",
  resource: {
    uid: "arn:aws:s3:::a",
    name: "a",
    kind: "imported.aws-s3-bucket",
    service: "s3",
    region: "eu-west-1",
    tags: { owner: "web" },
  },
  reason: usual.Title,
  observedAt: new Date(usual.UpdatedAt),
};

describe("readAsff", () => {
  it.each([
    ["an array", JSON.stringify([usual])],
    ["what the AWS command line prints", JSON.stringify({ Findings: [usual], NextToken: "x" }, null, 4)],
  ])("reads %s", async (_what, text) => {
    expect(await readText("asff", text)).toEqual({
      rows: [{ row: 1, subject: "S3.8 · arn:aws:s3:::a", finding }],
      tool: "Security Hub",
    });
  });

  it.each([
    [{ Compliance: { Status: "PASSED", SecurityControlId: "S3.8" } }, { status: "pass" }],
    [{ Compliance: { Status: "WARNING" } }, { status: "manual" }],
    [{ Compliance: { Status: "NOT_AVAILABLE" } }, { status: "manual" }],
    [{ Compliance: undefined }, { status: "fail" }],
    [{ RecordState: "ARCHIVED" }, { status: "withdrawn" }],
    [{ Workflow: { Status: "SUPPRESSED" } }, { status: "muted" }],
    [{ Severity: { Normalized: 95 } }, { check: { ...finding.check, severity: "critical" } }],
    [{ Severity: { Label: "INFORMATIONAL" } }, { check: { ...finding.check, severity: "info" } }],
    [
      {
        Compliance: { Status: "FAILED" },
        GeneratorId: "aws-foundational-security-best-practices/v/1.0.0/EC2.19",
      },
      { check: { id: "security_hub.EC2.19", name: "EC2.19" } },
    ],
    [
      { Compliance: { Status: "FAILED" }, GeneratorId: "prowler-iam_root_mfa_enabled" },
      { check: { id: "prowler.iam_root_mfa_enabled", name: "iam_root_mfa_enabled", source: "prowler" } },
    ],
    [
      { Resources: [{ Type: "AwsAccount", Id: "AWS::::Account:111122223333", Region: "eu-west-1" }] },
      {
        resource: {
          uid: "arn:aws:iam::111122223333:root",
          kind: "imported.aws-account",
          service: "iam",
          region: "global",
        },
      },
    ],
  ])("takes %j for what it says", async (change, expected) => {
    expect(
      (await readText("asff", JSON.stringify([{ ...usual, ...change }]))).rows[0]?.finding,
    ).toMatchObject(expected);
  });

  it.each([
    [{ AwsAccountId: "123" }, "AwsAccountId is not an account id of 12 digits."],
    [{ Resources: [] }, "Resources is empty."],
    [{ Resources: undefined }, "Resources is missing."],
    [{ Title: "" }, "Title is empty."],
    [{ Severity: {} }, "Severity.Label is none that Parapet knows: ."],
    [{ Compliance: { Status: "PERHAPS" } }, "Compliance.Status is none of ASFF's: PERHAPS."],
  ])("rejects %j", async (change, reason) => {
    expect((await readText("asff", JSON.stringify([{ ...usual, ...change }]))).rows).toEqual([
      { row: 1, subject: expect.any(String), reason },
    ]);
  });
});
