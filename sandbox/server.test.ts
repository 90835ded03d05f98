import { DescribeSecurityGroupsCommand, EC2Client } from "@aws-sdk/client-ec2";
import { CreateDetectorCommand, GetDetectorCommand, GuardDutyClient } from "@aws-sdk/client-guardduty";
import { GetUserCommand, IAMClient } from "@aws-sdk/client-iam";
import { DescribeKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import {
  GetBucketLocationCommand,
  GetBucketPolicyStatusCommand,
  ListBucketsCommand,
  PutBucketVersioningCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { afterAll, beforeAll, expect, test } from "vitest";
import { adminKey, buildTinyEstate, makeService } from "./aws/wire/tiny-estate.ts";
import { type Sandbox, startSandbox } from "./server.ts";

const createdAt = new Date("2024-03-05T06:07:08.000Z");
const seen: Record<string, unknown>[] = [];
function record<T extends object>(output: T): (input: Record<string, unknown>) => T {
  return (input) => {
    seen.push(input);
    return output;
  };
}
const group = {
  GroupId: "sg-1",
  GroupName: "web <&>",
  Description: "",
  IpPermissions: [
    { IpProtocol: "tcp", FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: "0.0.0.0/0" }], Ipv6Ranges: [] },
  ],
};
const services = [
  makeService("s3", {
    ListBuckets: record({ Buckets: [{ Name: "logs", CreationDate: createdAt }], Owner: { ID: "o" } }),
    GetBucketLocation: record({ LocationConstraint: "eu-west-1" }),
    GetBucketPolicyStatus: record({ PolicyStatus: { IsPublic: true } }),
    PutBucketVersioning: record({}),
  }),
  makeService("ec2", { DescribeSecurityGroups: record({ SecurityGroups: [group], NextToken: "n" }) }),
  makeService("iam", {
    GetUser: record({
      User: { Path: "/", UserName: "ann", UserId: "AIDA", Arn: "arn", CreateDate: createdAt, Tags: [] },
    }),
  }),
  makeService("kms", {
    DescribeKey: record({ KeyMetadata: { KeyId: "k", CreationDate: createdAt, Enabled: true } }),
  }),
  makeService("guardduty", {
    GetDetector: record({ Status: "ENABLED", ServiceRole: "r", Tags: { team: "security" } }),
    CreateDetector: record({ DetectorId: "d" }),
  }),
];

let sandbox: Sandbox;
let options: { endpoint: string; region: string; credentials: typeof adminKey; maxAttempts: number };
beforeAll(async () => {
  sandbox = await startSandbox({ estate: buildTinyEstate(), services });
  options = { endpoint: sandbox.url, region: "eu-west-1", credentials: adminKey, maxAttempts: 1 };
});
afterAll(() => sandbox.close());

/** A client's output without what the transport added. */
function withoutMetadata<T extends { $metadata: unknown }>({ $metadata, ...rest }: T): Omit<T, "$metadata"> {
  return rest;
}

test("S3 (REST-XML) lists buckets and reads a bucket's settings", async () => {
  const client = new S3Client(options);
  expect(withoutMetadata(await client.send(new ListBucketsCommand({})))).toEqual({
    Buckets: [{ Name: "logs", CreationDate: createdAt }],
    Owner: { ID: "o" },
  });
  expect(withoutMetadata(await client.send(new GetBucketLocationCommand({ Bucket: "logs" })))).toEqual({
    LocationConstraint: "eu-west-1",
  });
  seen.length = 0;
  expect(withoutMetadata(await client.send(new GetBucketPolicyStatusCommand({ Bucket: "logs" })))).toEqual({
    PolicyStatus: { IsPublic: true },
  });
  await client.send(
    new PutBucketVersioningCommand({ Bucket: "logs", VersioningConfiguration: { Status: "Enabled" } }),
  );
  expect(seen).toEqual([
    { Bucket: "logs" },
    expect.objectContaining({ Bucket: "logs", VersioningConfiguration: { Status: "Enabled" } }),
  ]);
});

test("EC2 (EC2 query) reads filters and writes groups", async () => {
  seen.length = 0;
  const input = { Filters: [{ Name: "vpc-id", Values: ["a", "b c&d"] }], MaxResults: 5 };
  const output = await new EC2Client(options).send(new DescribeSecurityGroupsCommand(input));
  expect(withoutMetadata(output)).toEqual({ SecurityGroups: [group], NextToken: "n" });
  expect(seen).toEqual([input]);
});

test("IAM (query) writes users", async () => {
  const output = await new IAMClient(options).send(new GetUserCommand({ UserName: "ann" }));
  expect(withoutMetadata(output)).toEqual({
    User: { Path: "/", UserName: "ann", UserId: "AIDA", Arn: "arn", CreateDate: createdAt, Tags: [] },
  });
});

test("KMS (JSON 1.1) writes keys", async () => {
  const output = await new KMSClient(options).send(new DescribeKeyCommand({ KeyId: "k" }));
  expect(withoutMetadata(output)).toEqual({
    KeyMetadata: { KeyId: "k", CreationDate: createdAt, Enabled: true },
  });
});

test("GuardDuty (REST-JSON) reads labels and bodies", async () => {
  const client = new GuardDutyClient(options);
  seen.length = 0;
  const output = await client.send(new GetDetectorCommand({ DetectorId: "a b" }));
  expect(withoutMetadata(output)).toEqual({
    Status: "ENABLED",
    ServiceRole: "r",
    Tags: { team: "security" },
  });
  await client.send(new CreateDetectorCommand({ Enable: true, Tags: { a: "b" }, ClientToken: "t" }));
  expect(seen).toEqual([{ DetectorId: "a b" }, { Enable: true, Tags: { a: "b" }, ClientToken: "t" }]);
});

test("health is answered without a signature", async () => {
  const response = await fetch(`${sandbox.url}/_sandbox/health`);
  expect(await response.json()).toEqual({ ok: true });
});
