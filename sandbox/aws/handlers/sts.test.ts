import {
  AssumeRoleCommand,
  GetCallerIdentityCommand,
  GetSessionTokenCommand,
  STSClient,
} from "@aws-sdk/client-sts";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { adminKey, buildTinyEstate, production, staging } from "#sandbox/aws/wire/tiny-estate.ts";
import { type Sandbox, startSandbox } from "#sandbox/server.ts";
import { type RoleTrusts, stsService } from "./sts.ts";

const scanner = `arn:aws:iam::${staging}:role/security/parapet-read`;
const startedAt = Date.now();
let skewMs = 0;
let sandbox: Sandbox;
beforeAll(async () => {
  const estate = buildTinyEstate();
  const trusts: RoleTrusts = new Map([
    ["parapet-read", { trustedPrincipals: [`arn:aws:iam::${production}:root`], externalId: "ext-42" }],
    ["chained", { trustedPrincipals: [scanner], externalId: null }],
    ["closed", { trustedPrincipals: ["arn:aws:iam::999999999999:root"], externalId: null }],
  ]);
  estate.accounts.get(staging)?.state.set("sts", trusts);
  sandbox = await startSandbox({ estate, services: [stsService], now: () => new Date(Date.now() + skewMs) });
});
afterAll(() => sandbox.close());
afterEach(() => {
  skewMs = 0;
});

type Credentials = { accessKeyId: string; secretAccessKey: string; sessionToken?: string };
function connect(credentials: Credentials = adminKey): STSClient {
  return new STSClient({ endpoint: sandbox.url, region: "us-east-1", credentials, maxAttempts: 1 });
}

async function assume(client: STSClient, RoleArn: string, ExternalId?: string, DurationSeconds?: number) {
  const input = { RoleArn, RoleSessionName: "scan", ExternalId, DurationSeconds };
  const { Credentials, AssumedRoleUser } = await client.send(new AssumeRoleCommand(input));
  const { AccessKeyId = "", SecretAccessKey = "", SessionToken = "", Expiration } = Credentials ?? {};
  const credentials = {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
  };
  return { credentials, expiration: Expiration, arn: AssumedRoleUser?.Arn };
}

async function whoIs(client: STSClient) {
  const { Account, Arn, UserId } = await client.send(new GetCallerIdentityCommand({}));
  return { Account, Arn, UserId };
}

test("a user is told who it is", async () => {
  expect(await whoIs(connect())).toEqual({
    Account: production,
    Arn: `arn:aws:iam::${production}:user/admin`,
    UserId: expect.stringMatching(/^AIDA[A-Z2-7]{17}$/),
  });
});

test("a role with the right external id gives a session in its account", async () => {
  const session = await assume(connect(), scanner, "ext-42", 900);
  expect(session.arn).toBe(`arn:aws:sts::${staging}:assumed-role/parapet-read/scan`);
  const lifeMs = (session.expiration?.getTime() ?? 0) - startedAt;
  expect(lifeMs).toBeGreaterThan(899_000);
  expect(lifeMs).toBeLessThan(960_000);
  expect(await whoIs(connect(session.credentials))).toEqual({
    Account: staging,
    Arn: session.arn,
    UserId: expect.stringMatching(/^AROA[A-Z2-7]{17}:scan$/),
  });
});

test("a session may assume what its role is trusted with", async () => {
  const first = await assume(connect(), scanner, "ext-42");
  const second = await assume(connect(first.credentials), `arn:aws:iam::${staging}:role/chained`);
  expect(second.arn).toBe(`arn:aws:sts::${staging}:assumed-role/chained/scan`);
});

test.each([
  ["a wrong external id", scanner, "ext-43"],
  ["no external id", scanner, undefined],
  ["a role that trusts others", `arn:aws:iam::${staging}:role/closed`, undefined],
  ["a role that is not there", `arn:aws:iam::${staging}:role/none`, undefined],
  ["an account that is not there", "arn:aws:iam::000000000000:role/none", undefined],
])("AssumeRole is refused for %s", async (_what, role, externalId) => {
  await expect(assume(connect(), role, externalId)).rejects.toMatchObject({
    name: "AccessDenied",
    message: `User: arn:aws:iam::${production}:user/admin is not authorized to perform: sts:AssumeRole on resource: ${role}`,
    $metadata: { httpStatusCode: 403 },
  });
});

test("a duration out of bounds is a validation error", async () => {
  await expect(assume(connect(), scanner, "ext-42", 60)).rejects.toMatchObject({
    name: "ValidationError",
    message: expect.stringContaining("'durationSeconds'"),
  });
});

test("a session ends when its duration is over, and its token alone opens nothing", async () => {
  const { credentials } = await assume(connect(), scanner, "ext-42", 900);
  await expect(whoIs(connect({ ...credentials, sessionToken: "other" }))).rejects.toMatchObject({
    name: "InvalidClientTokenId",
  });
  skewMs = 901_000;
  const client = connect(credentials);
  client.config.systemClockOffset = skewMs;
  await expect(whoIs(client)).rejects.toMatchObject({ name: "ExpiredToken" });
});

test("GetSessionToken gives a user temporary credentials, and a session none", async () => {
  const { Credentials } = await connect().send(new GetSessionTokenCommand({ DurationSeconds: 900 }));
  const client = connect({
    accessKeyId: Credentials?.AccessKeyId ?? "",
    secretAccessKey: Credentials?.SecretAccessKey ?? "",
    sessionToken: Credentials?.SessionToken,
  });
  expect((await whoIs(client)).Arn).toBe(`arn:aws:iam::${production}:user/admin`);
  const { credentials } = await assume(connect(), scanner, "ext-42");
  await expect(connect(credentials).send(new GetSessionTokenCommand({}))).rejects.toMatchObject({
    name: "AccessDenied",
  });
});
