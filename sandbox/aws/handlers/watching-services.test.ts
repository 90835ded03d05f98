import { beforeEach, expect, it } from "vitest";
import type { Call } from "../model.ts";
import { accessAnalyzerHandlers as accessAnalyzer } from "./accessanalyzer.ts";
import { efsHandlers as efs, efsState } from "./efs.ts";
import { securityHubHandlers as securityHub } from "./securityhub.ts";
import { findAccount } from "./state.ts";
import { createTestAccount } from "./test-call.ts";

const code = (expected: string) => expect.objectContaining({ code: expected });
let home: Call;
let away: Call;
beforeEach(() => {
  const { callIn } = createTestAccount();
  home = callIn("us-east-1");
  away = callIn("eu-west-1");
});

it("Access Analyzer has one analyzer of an account in a region, and others beside it", () => {
  const create = (analyzerName: string, type: "ACCOUNT" | "ACCOUNT_UNUSED_ACCESS") =>
    accessAnalyzer.CreateAnalyzer({ analyzerName, type, tags: { team: "security" } }, home);
  const { arn } = create("own", "ACCOUNT");
  expect(() => create("own", "ACCOUNT_UNUSED_ACCESS")).toThrow(code("ConflictException"));
  expect(() => create("second", "ACCOUNT")).toThrow(code("ServiceQuotaExceededException"));
  expect(() => create("1st", "ACCOUNT_UNUSED_ACCESS")).toThrow(code("ValidationException"));
  create("unused", "ACCOUNT_UNUSED_ACCESS");

  const analyzer = {
    arn,
    name: "own",
    type: "ACCOUNT",
    createdAt: home.now,
    tags: { team: "security" },
    status: "ACTIVE",
  };
  expect(accessAnalyzer.GetAnalyzer({ analyzerName: "own" }, home)).toEqual({ analyzer });
  expect(accessAnalyzer.ListAnalyzers({ type: "ACCOUNT" }, home)).toEqual({ analyzers: [analyzer] });
  const first = accessAnalyzer.ListAnalyzers({ maxResults: 1 }, home);
  const rest = accessAnalyzer.ListAnalyzers({ maxResults: 1, nextToken: first.nextToken }, home);
  expect([first, rest].map(({ analyzers }) => analyzers.map(({ name }) => name))).toEqual([
    ["own"],
    ["unused"],
  ]);
  expect(accessAnalyzer.ListAnalyzers({}, away)).toEqual({ analyzers: [] });

  accessAnalyzer.DeleteAnalyzer({ analyzerName: "own" }, home);
  for (const operation of [accessAnalyzer.GetAnalyzer, accessAnalyzer.DeleteAnalyzer])
    expect(() => operation({ analyzerName: "own" }, home)).toThrow(code("ResourceNotFoundException"));
});

it("EFS makes a file system once per token, encrypted or not for good", () => {
  const plain = efs.CreateFileSystem({ CreationToken: "plain" }, home);
  expect(plain).toMatchObject({ Encrypted: false, LifeCycleState: "available", NumberOfMountTargets: 0 });
  expect(plain).not.toHaveProperty("KmsKeyId");
  expect(() => efs.CreateFileSystem({ CreationToken: "plain", Encrypted: true }, home)).toThrow(
    expect.objectContaining({
      code: "FileSystemAlreadyExists",
      extras: { members: { ErrorCode: "FileSystemAlreadyExists", FileSystemId: plain.FileSystemId } },
    }),
  );
  expect(() => efs.CreateFileSystem({ CreationToken: "x", KmsKeyId: "k" }, home)).toThrow(code("BadRequest"));
  const Tags = [{ Key: "Name", Value: "files" }];
  const encrypted = efs.CreateFileSystem({ CreationToken: "e", Encrypted: true, KmsKeyId: "k", Tags }, home);
  expect(encrypted).toMatchObject({
    FileSystemArn: `arn:aws:elasticfilesystem:us-east-1:${home.account}:file-system/${encrypted.FileSystemId}`,
    Encrypted: true,
    KmsKeyId: `arn:aws:kms:us-east-1:${home.account}:key/k`,
    Name: "files",
    Tags,
  });
  const first = efs.DescribeFileSystems({ MaxItems: 1 }, home);
  const rest = efs.DescribeFileSystems({ MaxItems: 1, Marker: first.NextMarker }, home);
  expect([first.FileSystems, rest.FileSystems, rest.NextMarker]).toEqual([[plain], [encrypted], undefined]);
  expect(efs.DescribeFileSystems({ CreationToken: "e" }, home).FileSystems).toEqual([encrypted]);
  expect(efs.DescribeFileSystems({}, away).FileSystems).toEqual([]);
});

it("EFS keeps tags, and deletes what nobody mounts", () => {
  const { FileSystemId, FileSystemArn } = efs.CreateFileSystem({ CreationToken: "t" }, home);
  const team = { Key: "team", Value: "web" };
  efs.TagResource({ ResourceId: FileSystemArn, Tags: [{ Key: "Name", Value: "old" }, team] }, home);
  efs.TagResource({ ResourceId: FileSystemId, Tags: [{ Key: "Name", Value: "new" }] }, home);
  expect(efs.ListTagsForResource({ ResourceId: FileSystemId }, home).Tags).toEqual([
    team,
    { Key: "Name", Value: "new" },
  ]);
  expect(efs.DescribeFileSystems({ FileSystemId }, home).FileSystems).toMatchObject([{ Name: "new" }]);
  efs.UntagResource({ ResourceId: FileSystemId, TagKeys: ["Name"] }, home);
  expect(efs.DescribeFileSystems({ FileSystemId }, home).FileSystems[0]).toMatchObject({
    Name: undefined,
    Tags: [team],
  });

  const state = efsState(findAccount(home), "us-east-1").get(FileSystemId);
  if (state) state.NumberOfMountTargets = 1;
  expect(() => efs.DeleteFileSystem({ FileSystemId }, home)).toThrow(code("FileSystemInUse"));
  if (state) state.NumberOfMountTargets = 0;
  efs.DeleteFileSystem({ FileSystemId }, home);
  expect(() => efs.DescribeFileSystems({ FileSystemId }, home)).toThrow(code("FileSystemNotFound"));
});

it("Security Hub is on in a region or refuses whoever asks", () => {
  const off = expect.objectContaining({
    code: "InvalidAccessException",
    message: `Account ${home.account} is not subscribed to AWS Security Hub`,
    status: 401,
  });
  for (const operation of ["DescribeHub", "DisableSecurityHub", "GetEnabledStandards"] as const)
    expect(() => securityHub[operation]({}, home)).toThrow(off);

  securityHub.EnableSecurityHub({}, home);
  expect(() => securityHub.EnableSecurityHub({}, home)).toThrow(code("ResourceConflictException"));
  const HubArn = `arn:aws:securityhub:us-east-1:${home.account}:hub/default`;
  const hub = {
    HubArn,
    SubscribedAt: home.now.toISOString(),
    AutoEnableControls: true,
    ControlFindingGenerator: "SECURITY_CONTROL",
  };
  expect(securityHub.DescribeHub({ HubArn }, home)).toEqual(hub);
  expect(() => securityHub.DescribeHub({ HubArn: `${HubArn}2` }, home)).toThrow(
    code("ResourceNotFoundException"),
  );
  expect(() => securityHub.DescribeHub({}, away)).toThrow(off);
  expect(
    securityHub.GetEnabledStandards({}, home).StandardsSubscriptions.map((one) => one.StandardsArn),
  ).toEqual([
    "arn:aws:securityhub:us-east-1::standards/aws-foundational-security-best-practices/v/1.0.0",
    "arn:aws:securityhub:::ruleset/cis-aws-foundations-benchmark/v/1.2.0",
  ]);

  securityHub.DisableSecurityHub({}, home);
  expect(() => securityHub.DescribeHub({}, home)).toThrow(off);
  securityHub.EnableSecurityHub({ EnableDefaultStandards: false }, home);
  expect(securityHub.GetEnabledStandards({}, home)).toEqual({ StandardsSubscriptions: [] });
});
