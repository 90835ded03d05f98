import {
  AccessAnalyzerClient,
  CreateAnalyzerCommand,
  DeleteAnalyzerCommand,
} from "@aws-sdk/client-accessanalyzer";
import {
  DescribeSecurityGroupsCommand,
  EC2Client,
  paginateDescribeVolumes,
  RevokeSecurityGroupIngressCommand,
} from "@aws-sdk/client-ec2";
import { CreateFileSystemCommand, DeleteFileSystemCommand, EFSClient } from "@aws-sdk/client-efs";
import { DeleteAccessKeyCommand, IAMClient, ListAccessKeysCommand } from "@aws-sdk/client-iam";
import {
  DeleteBucketPolicyCommand,
  GetBucketPolicyStatusCommand,
  GetBucketVersioningCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { EnableSecurityHubCommand, SecurityHubClient } from "@aws-sdk/client-securityhub";
import { afterAll, beforeAll, expect, it } from "vitest";
import { awsChecks } from "#lib/checks/aws/index.ts";
import { provideEmulatorKeys } from "#lib/clouds/aws/session.ts";
import { type AccountScan, scanAccount } from "#lib/scans/scan-account.ts";
import { ec2State } from "#sandbox/aws/handlers/ec2/state.ts";
import { services } from "#sandbox/aws/services.ts";
import { type Sandbox, startSandbox } from "#sandbox/server.ts";
import { type AcmeAccount, acmeAccounts, acmeHub, buildAcme, countResources } from "./acme.ts";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ estate: buildAcme(), services });
  provideEmulatorKeys(sandbox.url, acmeHub);
});
afterAll(() => sandbox.close());

const [production, staging] = acmeAccounts as [AcmeAccount, AcmeAccount];
const client = () => ({
  endpoint: sandbox.url,
  region: "eu-west-1",
  credentials: production.accessKey,
  maxAttempts: 1,
});

function scan(
  { id, roleArn, externalId }: AcmeAccount,
  scope: { regions?: string[]; checks?: string[] } = {},
): Promise<AccountScan> {
  const connection = { type: "assume_role", roleArn, externalId, endpointUrl: sandbox.url };
  return scanAccount({
    account: { cloud: "aws", externalId: id, connection },
    scope: { regions: [], services: [], checks: [], ...scope },
    asOf: new Date(),
    signal: new AbortController().signal,
  });
}

it("gives every check of AWS something that passes and something that fails", async () => {
  const scans = await Promise.all(acmeAccounts.map((account) => scan(account)));
  expect(scans.flatMap((one) => one.gaps)).toEqual([]);
  const found = scans.reduce((sum, one) => sum + one.resources, 0);
  expect(found).toBe(Object.values(countResources(sandbox.estate)).reduce((sum, count) => sum + count, 0));
  const results = scans.flatMap((one) => one.results);
  const seen = awsChecks.map((check) => {
    const statuses = new Set(results.filter((one) => one.checkId === check.id).map((one) => one.status));
    return { check: check.id, statuses: [...statuses].sort() };
  });
  expect(seen).toEqual(awsChecks.map((check) => ({ check: check.id, statuses: ["fail", "pass"] })));
});

it("lists every volume of a region over the SDK's own paging", async () => {
  const seen: (string | undefined)[] = [];
  const pages = paginateDescribeVolumes({ client: new EC2Client(client()), pageSize: 7 }, {});
  for await (const page of pages) seen.push(...(page.Volumes ?? []).map((volume) => volume.VolumeId));
  const account = sandbox.estate.accounts.get(production.id);
  expect(seen).toEqual(account ? [...ec2State(account, "eu-west-1").volumes.keys()] : []);
});

it("shows a fix to the next reader", async () => {
  const ec2 = new EC2Client(client());
  const read = async () => {
    const Filters = [{ Name: "group-name", Values: ["jumphost-2019"] }];
    return (await ec2.send(new DescribeSecurityGroupsCommand({ Filters }))).SecurityGroups?.[0];
  };
  const before = await read();
  expect(before?.IpPermissions?.[0]?.IpRanges?.[0]?.CidrIp).toBe("0.0.0.0/0");
  const { GroupId, IpPermissions } = before ?? {};
  await ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId, IpPermissions }));
  expect((await read())?.IpPermissions ?? []).toEqual([]);

  const s3 = new S3Client({ ...client(), forcePathStyle: true, followRegionRedirects: true });
  const Bucket = "acme-prod-customer-exports";
  const status = await s3.send(new GetBucketPolicyStatusCommand({ Bucket }));
  expect(status.PolicyStatus).toEqual({ IsPublic: true });
  await s3.send(new DeleteBucketPolicyCommand({ Bucket }));
  await expect(s3.send(new GetBucketPolicyStatusCommand({ Bucket }))).rejects.toMatchObject({
    name: "NoSuchBucketPolicy",
  });
  // In eu-central-1: the client is sent there.
  const versioning = await s3.send(new GetBucketVersioningCommand({ Bucket: "acme-prod-ledger-archive" }));
  expect(versioning).toMatchObject({ Status: "Enabled", MFADelete: "Enabled" });
});

/** What a scan of one region of staging says of three checks that hang on what a region has. */
async function judgeRegion(region: string): Promise<Record<string, string[]>> {
  const checks = [
    "aws.accessanalyzer.external-access",
    "aws.efs.file-system-encrypted",
    "aws.securityhub.hub",
  ];
  const { results, gaps } = await scan(staging, { regions: [region], checks });
  const verdicts = checks.map((check) => [
    check.split(".")[1],
    results.filter((one) => one.checkId === check).map((one) => one.status),
  ]);
  return { ...Object.fromEntries(verdicts), gaps: gaps.map((gap) => `${gap.operation} ${gap.code}`).sort() };
}

it("believes what is switched on, and never takes a refusal for something switched off", async () => {
  const options = { ...client(), credentials: staging.accessKey };
  expect(await judgeRegion("eu-west-1")).toMatchObject({ accessanalyzer: ["fail"], securityhub: ["fail"] });
  const analyzers = new AccessAnalyzerClient(options);
  await analyzers.send(new DeleteAnalyzerCommand({ analyzerName: "console-analyzer" }));
  await analyzers.send(new CreateAnalyzerCommand({ analyzerName: "external", type: "ACCOUNT" }));
  await new SecurityHubClient(options).send(new EnableSecurityHubCommand({}));
  expect(await judgeRegion("eu-west-1")).toMatchObject({ accessanalyzer: ["pass"], securityhub: ["pass"] });

  const region = "us-east-1";
  const efs = new EFSClient({ ...options, region });
  const before = (await judgeRegion(region)).efs ?? [];
  const { FileSystemId } = await efs.send(new CreateFileSystemCommand({ CreationToken: "a" }));
  await efs.send(new CreateFileSystemCommand({ CreationToken: "b", Encrypted: true }));
  expect((await judgeRegion(region)).efs?.toSorted()).toEqual([...before, "fail", "pass"].sort());
  await efs.send(new DeleteFileSystemCommand({ FileSystemId }));
  expect((await judgeRegion(region)).efs?.toSorted()).toEqual([...before, "pass"].sort());

  sandbox.faults.deny = ["access-analyzer:*", "elasticfilesystem:*", "securityhub:*"];
  try {
    expect(await judgeRegion(region)).toEqual({
      accessanalyzer: ["unknown"],
      efs: [],
      securityhub: ["unknown"],
      gaps: [
        "access-analyzer:ListAnalyzers denied",
        "elasticfilesystem:DescribeFileSystems denied",
        "securityhub:DescribeHub denied",
      ],
    });
  } finally {
    sandbox.faults.reset();
  }
});

it("locks out a key that was deleted", async () => {
  const iam = new IAMClient(client());
  const { accessKeyId } = production.accessKey;
  const listed = await iam.send(new ListAccessKeysCommand({ UserName: "parapet-direct" }));
  expect(listed.AccessKeyMetadata?.map((key) => key.AccessKeyId)).toEqual([accessKeyId]);
  await iam.send(new DeleteAccessKeyCommand({ UserName: "parapet-direct", AccessKeyId: accessKeyId }));
  await expect(iam.send(new ListAccessKeysCommand({}))).rejects.toMatchObject({
    name: "InvalidClientTokenId",
  });
});
