import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { provideEmulatorKeys } from "#lib/clouds/aws/session.ts";
import { provideEmulatorCredentials } from "#lib/clouds/gcp/session.ts";
import { permissionsOf } from "#lib/inventory/registry.ts";
import { services } from "#sandbox/aws/services.ts";
import { acmeAccounts, acmeHub, buildAcme } from "#sandbox/estates/acme.ts";
import { acmeScanner, acmeSubscriptions, acmeTenant, buildAcmeAzure } from "#sandbox/estates/acme-azure.ts";
import { acmeGcpHub, acmeProjects, buildAcmeGcp } from "#sandbox/estates/acme-gcp.ts";
import { type Sandbox, startSandbox } from "#sandbox/server.ts";
import { type TestTarget, testConnection } from "./test-connection.ts";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({
    estate: buildAcme(),
    services,
    azure: buildAcmeAzure(),
    gcp: buildAcmeGcp(),
  });
  provideEmulatorKeys(sandbox.url, acmeHub);
  provideEmulatorCredentials(sandbox.gcp?.url ?? "", acmeGcpHub);
});
afterEach(() => sandbox.faults.reset());
afterAll(() => sandbox.close());

const [production] = acmeAccounts;
const aws = (): TestTarget => ({
  cloud: "aws",
  level: "account",
  externalId: production?.id ?? "",
  connection: {
    type: "assume_role",
    roleArn: production?.roleArn,
    externalId: production?.externalId,
    endpointUrl: sandbox.url,
  },
});
const [apps] = acmeSubscriptions;
const azure = (): TestTarget => ({
  cloud: "azure",
  level: "account",
  externalId: apps.id,
  connection: {
    type: "client_secret",
    tenantId: acmeTenant.id,
    clientId: acmeScanner.appId,
    emulator: {
      resourceManagerUrl: sandbox.azure?.url,
      authorityUrl: sandbox.azure?.authorityUrl,
      graphUrl: sandbox.azure?.graphUrl,
      ca: sandbox.azure?.ca,
    },
  },
  secrets: { clientSecret: acmeScanner.clientSecret },
});
const [analytics] = acmeProjects;
const gcp = (): TestTarget => ({
  cloud: "gcp",
  level: "account",
  externalId: analytics.id,
  connection: { type: "impersonate", serviceAccount: analytics.scanner, endpointUrl: sandbox.gcp?.url },
});
const at = expect.stringMatching(/^\d{4}-\d\d-\d\dT/);

describe("an AWS account", () => {
  const reached = {
    identity: "arn:aws:sts::111122223333:assumed-role/ParapetScanner/parapet",
    externalId: "111122223333",
    accountName: expect.any(String),
  };

  it("names the identity reached, and that nothing is missing", async () => {
    expect(await testConnection(aws())).toEqual({
      ...{ at, reached, error: null, method: "exact", missing: [], untold: [] },
    });
  });

  it("names what is missing by service, as AWS says it", async () => {
    sandbox.faults.deny = ["s3:GetBucketPolicy", "kms:*"];
    const kms = permissionsOf("aws").filter((permission) => permission.startsWith("kms:"));
    expect(await testConnection(aws())).toEqual({
      ...{ at, reached, error: null, method: "exact", untold: [] },
      missing: [
        { service: "kms", permissions: kms },
        { service: "s3", permissions: ["s3:GetBucketPolicy"] },
      ],
    });
  });

  it("tries every collector where the identity may not simulate", { timeout: 60_000 }, async () => {
    sandbox.faults.deny = ["iam:SimulatePrincipalPolicy", "s3:GetBucketPolicy", "ec2:DescribeVolumes"];
    const result = await testConnection(aws());
    expect(result).toMatchObject({ reached, error: null, method: "tried" });
    expect(result.missing).toEqual([
      { service: "ec2", permissions: ["ec2:DescribeVolumes"] },
      { service: "s3", permissions: ["s3:GetBucketPolicy"] },
    ]);
  });

  it("asks about the permissions that it is given, for an identity that writes", async () => {
    sandbox.faults.deny = ["s3:Put*"];
    const permissions = [{ service: "s3", permissions: ["s3:PutBucketPolicy", "s3:GetBucketPolicy"] }];
    expect(await testConnection(aws(), { permissions })).toMatchObject({
      missing: [{ service: "s3", permissions: ["s3:PutBucketPolicy"] }],
      untold: [],
    });
  });

  it("says so when the role can't be assumed", async () => {
    const target = aws();
    const connection = { ...Object(target.connection), externalId: "another-one" };
    expect(await testConnection({ ...target, connection })).toEqual({
      ...{ at, reached: null, method: null, missing: [], untold: [] },
      error: expect.stringContaining(
        "sts:AssumeRole: AccessDenied: User: arn:aws:iam::777788889999:user/parapet-hub",
      ),
    });
  });

  it("says so when another account answers", async () => {
    expect(await testConnection({ ...aws(), externalId: "999988887777" })).toMatchObject({
      reached: null,
      error: "The credentials reach account 111122223333, not 999988887777.",
    });
  });

  it("ends after its time, and tells what it found by then", async () => {
    const { promise: never } = Promise.withResolvers<void>();
    sandbox.faults.beforeHandler = ({ operation }) =>
      operation === "SimulatePrincipalPolicy" ? never : undefined;
    const result = await testConnection(aws(), { boundMs: 1_500 });
    expect(result).toMatchObject({ reached, error: "The test was ended after 1.5 seconds.", missing: [] });
    expect(result.untold).not.toEqual([]);
  });
});

describe("an Azure subscription", () => {
  const reached = {
    identity: `${acmeScanner.displayName} (${acmeScanner.appId})`,
    externalId: apps.id,
    accountName: apps.name,
  };

  it("names the identity reached, and that nothing is missing", async () => {
    const result = await testConnection(azure());
    expect(result).toEqual({ ...{ at, reached, error: null, method: "exact", missing: [], untold: [] } });
  });

  it("weighs wildcards and exceptions of the grants", async () => {
    const principal = sandbox.azure?.estate.tenants.get(acmeTenant.id)?.principals.get(acmeScanner.appId);
    const access = principal?.access.get(apps.id);
    principal?.access.set(apps.id, { actions: ["*/read"], notActions: ["Microsoft.Storage/*"] });
    const result = await testConnection(azure());
    if (access) principal?.access.set(apps.id, access);
    expect(result.missing.map(({ service }) => service)).toEqual(["storage"]);
    expect(result.missing[0]?.permissions).toContain("Microsoft.Storage/storageAccounts/read");
  });

  it("tries every collector where Azure doesn't tell of the grants", async () => {
    sandbox.faults.deny = [
      "Microsoft.Authorization/permissions/read",
      "Microsoft.Storage/storageAccounts/blobServices/read",
    ];
    const result = await testConnection(azure());
    expect(result).toMatchObject({ reached, error: null, method: "tried" });
    expect(result.missing).toEqual([
      { service: "storage", permissions: ["Microsoft.Storage/storageAccounts/blobServices/read"] },
    ]);
  });

  it("says what the login said of a wrong secret, and not the secret", async () => {
    const secrets = { clientSecret: "not-the-right-one-31337" };
    const result = await testConnection({ ...azure(), secrets });
    expect(result).toMatchObject({ reached: null, method: null, missing: [] });
    expect(result.error).toContain("AADSTS7000215");
    expect(JSON.stringify(result)).not.toContain(secrets.clientSecret);
  });
});

it("an Azure directory is asked by the permissions in the token", async () => {
  const result = await testConnection(
    { ...azure(), level: "directory", externalId: acmeTenant.id },
    { permissions: [{ service: "entra", permissions: ["Policy.Read.All", "No.Such.Permission"] }] },
  );
  const principal = sandbox.azure?.estate.tenants.get(acmeTenant.id)?.principals.get(acmeScanner.appId);
  const held = principal?.graphPermissions ?? [];
  const missing = ["No.Such.Permission", "Policy.Read.All"].filter(
    (permission) => !held.includes(permission),
  );
  expect(result).toEqual({
    at,
    reached: {
      identity: `${acmeScanner.displayName} (${acmeScanner.appId})`,
      externalId: acmeTenant.id,
      accountName: null,
    },
    error: null,
    method: "exact",
    missing: [{ service: "entra", permissions: missing }],
    untold: [],
  });
});

describe("a Google Cloud project", () => {
  it("names the identity reached, and that nothing is missing", async () => {
    expect(await testConnection(gcp())).toEqual({
      at,
      reached: { identity: analytics.scanner, externalId: analytics.id, accountName: analytics.name },
      ...{ error: null, method: "exact", missing: [], untold: [] },
    });
  });

  it("names what is missing", async () => {
    const permissions = [
      { service: "storage", permissions: ["storage.buckets.list", "storage.buckets.delete"] },
    ];
    expect(await testConnection(gcp(), { permissions })).toMatchObject({
      missing: [{ service: "storage", permissions: ["storage.buckets.delete"] }],
    });
  });
});
