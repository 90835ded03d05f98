import { DescribeVpcsCommand, EC2Client } from "@aws-sdk/client-ec2";
import { GuardDutyClient, ListDetectorsCommand } from "@aws-sdk/client-guardduty";
import { IAMClient, ListUsersCommand } from "@aws-sdk/client-iam";
import { KMSClient, ListKeysCommand } from "@aws-sdk/client-kms";
import { GetBucketPolicyCommand, ListBucketsCommand, S3Client } from "@aws-sdk/client-s3";
import { GetPublicAccessBlockCommand, S3ControlClient } from "@aws-sdk/client-s3-control";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { adminKey, buildTinyEstate, makeService, production } from "./aws/wire/tiny-estate.ts";
import { type FaultedCall, Faults } from "./faults.ts";
import { type Sandbox, startSandbox } from "./server.ts";

const buckets = Array.from({ length: 50 }, (_item, index) => ({ Name: `bucket-${index}` }));
const services = [
  makeService("s3", {
    ListBuckets: () => ({ Buckets: buckets }),
    GetBucketPolicy: () => ({ Policy: "{}" }),
  }),
  makeService("s3control", { GetPublicAccessBlock: () => ({}) }),
  makeService("ec2", { DescribeVpcs: () => ({ Vpcs: [] }) }),
  makeService("iam", { ListUsers: () => ({ Users: [] }) }),
  makeService("kms", { ListKeys: () => ({ Keys: [] }) }),
  makeService("guardduty", { ListDetectors: () => ({ DetectorIds: [] }) }),
];

let sandbox: Sandbox;
beforeAll(async () => {
  const estate = buildTinyEstate();
  estate.credentials.set("ASIASESSION", {
    secretAccessKey: "session-secret",
    sessionToken: "session-token",
    principal: { account: production, arn: "arn:session", accessKeyId: "ASIASESSION" },
  });
  sandbox = await startSandbox({
    estate,
    services,
  });
});
afterEach(() => {
  sandbox.faults.reset();
  sandbox.calls.reset();
});
afterAll(() => sandbox.close());

type Options = {
  region?: string;
  credentials?: typeof adminKey & { sessionToken?: string };
  maxAttempts?: number;
};

/** One harmless call for each protocol. */
function makeCalls(given: Options = {}) {
  const options = {
    endpoint: sandbox.url,
    region: "eu-west-1",
    credentials: adminKey,
    maxAttempts: 1,
    ...given,
  };
  const url = new URL(sandbox.url);
  return {
    s3: () => new S3Client(options).send(new ListBucketsCommand({})),
    ec2: () => new EC2Client(options).send(new DescribeVpcsCommand({})),
    iam: () => new IAMClient(options).send(new ListUsersCommand({})),
    kms: () => new KMSClient(options).send(new ListKeysCommand({})),
    guardduty: () => new GuardDutyClient(options).send(new ListDetectorsCommand({})),
    policy: () => new S3Client(options).send(new GetBucketPolicyCommand({ Bucket: "bucket-1" })),
    s3control: () =>
      new S3ControlClient({ ...options, endpointProvider: () => ({ url }) }).send(
        new GetPublicAccessBlockCommand({ AccountId: production }),
      ),
  };
}

type CallName = keyof ReturnType<typeof makeCalls>;
type Failure = { name: string; message: string; $metadata: { httpStatusCode?: number } };

/** What a call comes to: `ok`, or the error's name and status. */
async function outcome(call: () => Promise<unknown>): Promise<string> {
  try {
    await call();
    return "ok";
  } catch (error) {
    const { name, $metadata } = error as Failure;
    return `${name} ${$metadata?.httpStatusCode}`;
  }
}

async function outcomes(given: Options = {}): Promise<Record<string, string>> {
  const { s3, ec2, iam, kms, guardduty } = makeCalls(given);
  const entries = Object.entries({ s3, ec2, iam, kms, guardduty });
  return Object.fromEntries(
    await Promise.all(entries.map(async ([name, call]) => [name, await outcome(call)])),
  );
}

const allOk = { s3: "ok", ec2: "ok", iam: "ok", kms: "ok", guardduty: "ok" };

test("without faults all is well, and every call is counted by its IAM action", async () => {
  expect(await outcomes()).toEqual(allOk);
  await makeCalls().s3control();
  expect(Object.fromEntries(sandbox.calls.actions)).toEqual({
    "s3:ListAllMyBuckets": 1,
    "ec2:DescribeVpcs": 1,
    "iam:ListUsers": 1,
    "kms:ListKeys": 1,
    "guardduty:ListDetectors": 1,
    "s3:GetAccountPublicAccessBlock": 1,
  });
});

test("throttling answers as each service does", async () => {
  sandbox.faults.throttleRate = 1;
  expect(await outcomes()).toEqual({
    s3: "SlowDown 503",
    ec2: "RequestLimitExceeded 503",
    iam: "Throttling 400",
    kms: "ThrottlingException 400",
    guardduty: "TooManyRequestsException 429",
  });
});

test("internal errors answer as each service does", async () => {
  sandbox.faults.errorRate = 1;
  expect(await outcomes()).toEqual({
    s3: "InternalError 500",
    ec2: "InternalError 500",
    iam: "InternalFailure 500",
    kms: "InternalFailure 500",
    guardduty: "InternalServerErrorException 500",
  });
});

test("denied actions answer as each service does", async () => {
  sandbox.faults.deny = ["*:List*", { action: "ec2:Describe*", account: production, region: "eu-west-1" }];
  expect(await outcomes()).toEqual({
    s3: "AccessDenied 403",
    ec2: "UnauthorizedOperation 403",
    iam: "AccessDenied 403",
    kms: "AccessDeniedException 400",
    guardduty: "AccessDeniedException 403",
  });
  await expect(makeCalls().iam()).rejects.toMatchObject({
    message: `User: arn:aws:iam::${production}:user/admin is not authorized to perform: iam:ListUsers with an explicit deny`,
  });
});

test.each<[string, CallName, string, CallName]>([
  ["s3:GetBucketPolicy", "policy", "AccessDenied 403", "s3"],
  ["s3:GetAccountPublicAccessBlock", "s3control", "AccessDenied 403", "policy"],
  ["guardduty:*", "guardduty", "AccessDeniedException 403", "ec2"],
])("denying %s leaves the rest alone", async (action, denied, answer, allowed) => {
  sandbox.faults.deny = [action];
  expect(await outcome(makeCalls()[denied])).toBe(answer);
  expect(await outcome(makeCalls()[allowed])).toBe("ok");
});

test("a rule for another account or region denies nothing", async () => {
  sandbox.faults.deny = [
    { action: "*", account: "999999999999" },
    { action: "*", region: "us-east-1" },
  ];
  expect(await outcomes()).toEqual(allOk);
});

test("a region that the account has not enabled answers as each service does", async () => {
  expect(await outcomes({ region: "ap-east-1" })).toEqual({
    s3: "InvalidToken 400",
    ec2: "AuthFailure 401",
    iam: "InvalidClientTokenId 403",
    kms: "UnrecognizedClientException 400",
    guardduty: "UnrecognizedClientException 403",
  });
});

const session = {
  accessKeyId: "ASIASESSION",
  secretAccessKey: "session-secret",
  sessionToken: "session-token",
};

test("a session expires half-way, a long-lived key never", async () => {
  sandbox.faults.expire = { afterCalls: 2 };
  const { kms } = makeCalls({ credentials: session });
  expect([await outcome(kms), await outcome(kms), await outcome(kms)]).toEqual([
    "ok",
    "ok",
    "ExpiredTokenException 400",
  ]);
  expect(await outcomes({ credentials: session })).toEqual({
    s3: "ExpiredToken 400",
    ec2: "RequestExpired 400",
    iam: "ExpiredToken 403",
    kms: "ExpiredTokenException 400",
    guardduty: "ExpiredTokenException 403",
  });
  expect(await outcomes()).toEqual(allOk);
});

test("a body cut off, or ended too early, never passes for an answer", async () => {
  sandbox.faults.truncateRate = 1;
  for (const mode of ["cut", "short"] as const) {
    sandbox.faults.truncateMode = mode;
    for (const [name, answer] of Object.entries(await outcomes()))
      expect([mode, name, answer]).not.toContain("ok");
  }
});

test("the hook sees a call before its handler, and may wait or change the estate", async () => {
  const seen: [FaultedCall, object][] = [];
  sandbox.faults.beforeHandler = async (call, input) => {
    await Promise.resolve();
    seen.push([call, input]);
    buckets.length = 1;
  };
  const { s3, policy } = makeCalls();
  expect((await s3()).Buckets).toEqual([{ Name: "bucket-0" }]);
  await policy();
  const who = { account: production, region: "eu-west-1", accessKeyId: adminKey.accessKeyId };
  expect(seen).toEqual([
    [{ ...who, service: "s3", operation: "ListBuckets" }, {}],
    [{ ...who, service: "s3", operation: "GetBucketPolicy" }, { Bucket: "bucket-1" }],
  ]);
});

test("a client that retries gets through a third of throttled calls", async () => {
  sandbox.faults.reset({ throttleRate: 0.3, seed: 7 });
  const { kms } = makeCalls({ maxAttempts: 8 });
  const answers = await Promise.all(Array.from({ length: 4 }, () => outcome(kms)));
  expect(answers).toEqual(Array.from({ length: 4 }, () => "ok"));
  expect(sandbox.calls.total).toBeGreaterThan(4);
});

const call: FaultedCall = {
  account: "1",
  region: "r",
  accessKeyId: "k",
  service: "ec2",
  operation: "DescribeVpcs",
};

test("the limit of requests per second is kept per account and service", () => {
  const faults = new Faults({ throttleRps: 2 });
  const strike = (nowMs: number, given = call) => faults.strike(given, "ec2:DescribeVpcs", false, nowMs);
  expect([strike(0), strike(0), strike(0)]).toEqual([null, null, "throttled"]);
  expect([strike(0, { ...call, account: "2" }), strike(0, { ...call, service: "s3" })]).toEqual([null, null]);
  expect([strike(500), strike(500)]).toEqual([null, "throttled"]);
  expect([strike(60_000), strike(60_000), strike(60_000)]).toEqual([null, null, "throttled"]);
});

test("sessions may expire by time, and chance repeats by its seed", () => {
  const timed = new Faults({ expire: { afterSeconds: 10 } });
  expect([0, 10_000, 10_001].map((nowMs) => timed.strike(call, "a:B", true, nowMs))).toEqual([
    null,
    null,
    "expired",
  ]);
  const draw = (seed: number) => {
    const faults = new Faults({ errorRate: 0.5, seed });
    return Array.from({ length: 64 }, () => faults.strike(call, "a:B", false, 0));
  };
  expect(draw(1)).toEqual(draw(1));
  expect(draw(1)).not.toEqual(draw(2));
});
