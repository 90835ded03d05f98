/** What the round trips do not show: errors, odd requests, and clients that speak another protocol than the SDK's own. */

import { Readable } from "node:stream";
import { DescribeSecurityGroupsCommand, EC2Client, RunInstancesCommand } from "@aws-sdk/client-ec2";
import { DeleteDetectorCommand, GuardDutyClient, UpdateDetectorCommand } from "@aws-sdk/client-guardduty";
import { GetUserCommand, IAMClient, NoSuchEntityException, TagUserCommand } from "@aws-sdk/client-iam";
import { DescribeKeyCommand, KMSClient, ListKeysCommand, NotFoundException } from "@aws-sdk/client-kms";
import {
  GetBucketLocationCommand,
  GetBucketPolicyCommand,
  HeadBucketCommand,
  PutBucketLoggingCommand,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { AwsJson1_0Protocol, AwsQueryProtocol, AwsSmithyRpcV2CborProtocol } from "@aws-sdk/core/protocols";
import { afterAll, beforeAll, expect, test } from "vitest";
import { AwsError } from "#sandbox/aws/model.ts";
import { type Sandbox, startSandbox } from "#sandbox/server.ts";
import { adminKey, buildTinyEstate, makeService } from "./tiny-estate.ts";

const at = new Date("2024-03-05T06:07:08.000Z");
const key = { KeyMetadata: { KeyId: "k", CreationDate: at, Enabled: true, MultiRegion: false } };
let seen: unknown;
const see = (input: unknown) => {
  seen = input;
  return {};
};
const fail = (error: Error) => () => {
  throw error;
};
const services = [
  makeService("s3", {
    GetBucketLocation: () => ({}),
    GetBucketPolicy: fail(
      new AwsError("NoSuchBucketPolicy", "The bucket policy does not exist", 404, {
        members: { BucketName: "a<b" },
        headers: { "x-amz-bucket-region": "eu-west-1" },
      }),
    ),
    HeadBucket: fail(new AwsError("NoSuchBucket", "The specified bucket does not exist")),
    PutBucketLogging: see,
    PutObject: see,
  }),
  makeService("ec2", {
    RunInstances: see,
    DescribeSecurityGroups: fail(
      new AwsError("InvalidGroup.NotFound", "The security group 'x' does not exist"),
    ),
  }),
  makeService("iam", {
    GetUser: fail(new AwsError("NoSuchEntity", "The user with name x cannot be found.")),
    TagUser: see,
  }),
  makeService("kms", {
    DescribeKey: (input) => {
      seen = input;
      if (input.KeyId === "missing") throw new AwsError("NotFoundException", "Key 'missing' does not exist");
      return key;
    },
  }),
  makeService("guardduty", {
    DeleteDetector: fail(new AwsError("BadRequestException", "The request is rejected")),
    UpdateDetector: fail(new RangeError("boom")),
  }),
];

let sandbox: Sandbox;
let options: { endpoint: string; region: string; credentials: typeof adminKey; maxAttempts: number };
beforeAll(async () => {
  sandbox = await startSandbox({ estate: buildTinyEstate(), services });
  options = { endpoint: sandbox.url, region: "eu-west-1", credentials: adminKey, maxAttempts: 1 };
});
afterAll(() => sandbox.close());

test("S3 errors carry members and headers, and HEAD none", async () => {
  const client = new S3Client(options);
  await expect(client.send(new GetBucketPolicyCommand({ Bucket: "b" }))).rejects.toMatchObject({
    name: "NoSuchBucketPolicy",
    message: "The bucket policy does not exist",
    BucketName: "a<b",
    $metadata: { httpStatusCode: 404, requestId: expect.any(String) },
    $response: { headers: { "x-amz-bucket-region": "eu-west-1" } },
  });
  await expect(client.send(new HeadBucketCommand({ Bucket: "b" }))).rejects.toMatchObject({
    name: "NotFound",
    $metadata: { httpStatusCode: 404 },
  });
});

test("query errors carry the query code and the model's own status", async () => {
  const error = await new IAMClient(options).send(new GetUserCommand({})).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(NoSuchEntityException);
  expect(error).toMatchObject({
    message: "The user with name x cannot be found.",
    $metadata: { httpStatusCode: 404, requestId: expect.any(String) },
  });
});

test("EC2 errors carry their code", async () => {
  await expect(new EC2Client(options).send(new DescribeSecurityGroupsCommand({}))).rejects.toMatchObject({
    name: "InvalidGroup.NotFound",
    message: "The security group 'x' does not exist",
    $metadata: { httpStatusCode: 400 },
  });
});

test("JSON and REST-JSON errors carry their type", async () => {
  const error = await new KMSClient(options)
    .send(new DescribeKeyCommand({ KeyId: "missing" }))
    .catch((e: unknown) => e);
  expect(error).toBeInstanceOf(NotFoundException);
  await expect(
    new GuardDutyClient(options).send(new DeleteDetectorCommand({ DetectorId: "d" })),
  ).rejects.toMatchObject({
    name: "BadRequestException",
    message: "The request is rejected",
    $metadata: { httpStatusCode: 400 },
  });
});

test("a handler's own mistake is an internal error that names it", async () => {
  await expect(
    new GuardDutyClient(options).send(new UpdateDetectorCommand({ DetectorId: "d" })),
  ).rejects.toMatchObject({
    name: "InternalServerErrorException",
    message: expect.stringContaining("RangeError: boom"),
  });
});

test("an operation without a handler is told by name", async () => {
  await expect(new KMSClient(options).send(new ListKeysCommand({}))).rejects.toMatchObject({
    name: "UnknownOperationException",
    message: "The sandbox does not implement kms:ListKeys.",
    $metadata: { httpStatusCode: 501 },
  });
});

test("missing members are each protocol's validation error", async () => {
  await expect(
    new KMSClient(options).send(new DescribeKeyCommand({ KeyId: undefined })),
  ).rejects.toMatchObject({
    name: "ValidationException",
    message:
      "1 validation error detected: Value null at 'keyId' failed to satisfy constraint: Member must not be null",
  });
  const tags = [
    { Key: "a", Value: "b" },
    { Key: "c", Value: undefined },
  ];
  await expect(
    new IAMClient(options).send(new TagUserCommand({ UserName: "u", Tags: tags })),
  ).rejects.toMatchObject({
    name: "ValidationError",
    message: expect.stringContaining("'tags.2.member.value'"),
  });
  const launch = new RunInstancesCommand({ MinCount: undefined, MaxCount: 1 });
  await expect(new EC2Client(options).send(launch)).rejects.toMatchObject({
    name: "MissingParameter",
    message: "The request must contain the parameter minCount",
  });
});

test("what cannot be read is told as such, in each protocol", async () => {
  const malform = (middleware: { add: (step: never, options: never) => void }, body: string) =>
    middleware.add(
      ((next: (args: unknown) => unknown) => (args: { request: { body: string } }) => {
        args.request.body = body;
        return next(args);
      }) as never,
      { step: "serialize", priority: "low" } as never,
    );
  const kms = new KMSClient(options);
  malform(kms.middlewareStack, "{");
  await expect(kms.send(new DescribeKeyCommand({ KeyId: "k" }))).rejects.toMatchObject({
    name: "SerializationException",
    $metadata: { httpStatusCode: 400 },
  });
  const s3 = new S3Client(options);
  malform(s3.middlewareStack, "<BucketLoggingStatus");
  const command = new PutBucketLoggingCommand({ Bucket: "b", BucketLoggingStatus: {} });
  await expect(s3.send(command)).rejects.toMatchObject({
    name: "MalformedXML",
    $metadata: { httpStatusCode: 400 },
  });
  const ec2 = new EC2Client(options);
  malform(ec2.middlewareStack, "Action=RunInstances&MinCount=many&MaxCount=1");
  await expect(ec2.send(new RunInstancesCommand({ MinCount: 1, MaxCount: 1 }))).rejects.toMatchObject({
    name: "InvalidParameterValue",
    message: "Not a number: many",
  });
});

test("an empty structure is a value: S3 turns logging off by it", async () => {
  await new S3Client(options).send(new PutBucketLoggingCommand({ Bucket: "b", BucketLoggingStatus: {} }));
  expect(seen).toMatchObject({ Bucket: "b", BucketLoggingStatus: {} });
});

test("an empty list is a value in the query protocol", async () => {
  await new IAMClient(options).send(new TagUserCommand({ UserName: "u", Tags: [] }));
  expect(seen).toEqual({ UserName: "u", Tags: [] });
});

test("S3's first region has no location constraint", async () => {
  const { LocationConstraint } = await new S3Client(options).send(
    new GetBucketLocationCommand({ Bucket: "b" }),
  );
  expect(LocationConstraint).toBeFalsy();
});

test("a streamed body loses AWS's chunk framing", async () => {
  const text = "0123456789".repeat(20_000);
  const Body = Readable.from([text.slice(0, 70_000), text.slice(70_000)]);
  const command = new PutObjectCommand({ Bucket: "b", Key: "k", Body, ContentLength: text.length });
  await new S3Client({ ...options, forcePathStyle: true }).send(command);
  expect(Buffer.from((seen as { Body: Uint8Array }).Body).toString()).toBe(text);
});

const spoken = [
  ["CBOR", AwsSmithyRpcV2CborProtocol],
  ["JSON 1.0", AwsJson1_0Protocol],
  ["query", AwsQueryProtocol],
] as const;

test.each(spoken)("a client may speak %s to a JSON 1.1 service", async (_name, protocol) => {
  const client = new KMSClient({ ...options, protocol: protocol as never });
  const { $metadata, ...output } = await client.send(
    new DescribeKeyCommand({ KeyId: "k", GrantTokens: ["a", "b"] }),
  );
  expect(seen).toEqual({ KeyId: "k", GrantTokens: ["a", "b"] });
  expect(output).toEqual(key);
  await expect(client.send(new DescribeKeyCommand({ KeyId: "missing" }))).rejects.toMatchObject({
    name: "NotFoundException",
    message: "Key 'missing' does not exist",
  });
});

test("unsigned and foreign requests are answered in the shape they speak", async () => {
  const ask = async (init: RequestInit) => {
    const response = await fetch(sandbox.url, { method: "POST", ...init });
    return [response.status, (await response.text()).replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "ID")];
  };
  expect(await ask({ headers: { "x-amz-target": "TrentService.ListKeys" }, body: "{}" })).toEqual([
    400,
    '{"__type":"MissingAuthenticationTokenException","message":"Request is missing Authentication Token"}',
  ]);
  const form = { "content-type": "application/x-www-form-urlencoded" };
  expect(await ask({ headers: form, body: "Action=GetUser" })).toEqual([
    403,
    '<?xml version="1.0" encoding="UTF-8"?>\n<ErrorResponse><Error><Type>Sender</Type><Code>MissingAuthenticationToken</Code><Message>Request is missing Authentication Token</Message></Error><RequestId>ID</RequestId></ErrorResponse>',
  ]);
  expect(await ask({ method: "GET" })).toEqual([
    403,
    '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessDenied</Code><Message>Access Denied</Message><Resource>/</Resource><RequestId>ID</RequestId><HostId>ID</HostId></Error>',
  ]);
});
