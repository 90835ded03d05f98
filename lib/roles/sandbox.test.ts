import { afterAll, beforeAll, expect, it } from "vitest";
import { provideEmulatorKeys } from "#lib/clouds/aws/session.ts";
import { provideEmulatorCredentials } from "#lib/clouds/gcp/session.ts";
import type { ReachableAccount } from "#lib/clouds/session.ts";
import { type Cloud, clouds } from "#lib/inventory/model.ts";
import { scanAccount } from "#lib/scans/scan-account.ts";
import { services } from "#sandbox/aws/services.ts";
import { acmeAccounts, acmeHub, buildAcme } from "#sandbox/estates/acme.ts";
import { acmeScanner, acmeSubscriptions, acmeTenant, buildAcmeAzure } from "#sandbox/estates/acme-azure.ts";
import { acmeGcpHub, acmeProjects, buildAcmeGcp } from "#sandbox/estates/acme-gcp.ts";
import { type Sandbox, startSandbox } from "#sandbox/server.ts";
import { planningPermissions, readRolePermissions, testPermissions } from "./permissions.ts";

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
afterAll(() => sandbox.close());

const awsAccounts = (): ReachableAccount[] =>
  acmeAccounts.map(({ id, roleArn, externalId }) => ({
    cloud: "aws",
    externalId: id,
    connection: { type: "assume_role", roleArn, externalId, endpointUrl: sandbox.url },
  }));

function azureAccounts(): ReachableAccount[] {
  const { url: resourceManagerUrl, authorityUrl, graphUrl, ca } = sandbox.azure ?? {};
  const emulator = { resourceManagerUrl, authorityUrl, graphUrl, ca };
  const { appId: clientId, clientSecret } = acmeScanner;
  const connection = { type: "client_secret", tenantId: acmeTenant.id, clientId, emulator };
  const common = { cloud: "azure" as const, connection, secrets: { clientSecret } };
  return [
    { ...common, level: "directory", externalId: acmeTenant.id },
    ...acmeSubscriptions.map(({ id }) => ({ ...common, externalId: id })),
  ];
}

const gcpAccounts = (): ReachableAccount[] =>
  acmeProjects.map(({ id, scanner }) => ({
    cloud: "gcp",
    externalId: id,
    connection: { type: "impersonate", serviceAccount: scanner, endpointUrl: sandbox.gcp?.url },
  }));

const accountsOf = { aws: awsAccounts, azure: azureAccounts, gcp: gcpAccounts };

/** What a call takes that no role of the account grants: logging in, and who is calling. */
const takenByAnyone = new Set([
  "sts:AssumeRole",
  "sts:GetCallerIdentity",
  "iam.serviceAccounts.getAccessToken",
]);

/** Declared, and not called for in the sandbox: why each is in the role all the same. */
const notCalled: Record<Cloud, Record<string, string>> = {
  aws: {
    "s3:GetBucketLocation":
      "asked for only where S3 lists a bucket without its region, as older endpoints do",
  },
  azure: {},
  gcp: {},
};

it.each(clouds)(
  "a scan of %s calls for what its role holds, and the role holds no more",
  { timeout: 120_000 },
  async (cloud) => {
    sandbox.calls.reset();
    for (const account of accountsOf[cloud]()) {
      const { gaps } = await scanAccount({
        account,
        scope: { regions: [], services: [], checks: [] },
        asOf: new Date(),
        signal: new AbortController().signal,
      });
      expect(gaps).toEqual([]);
    }
    const role = [
      ...readRolePermissions(cloud),
      ...(cloud === "azure" ? readRolePermissions(cloud, "directory") : []),
    ];
    const called = [...sandbox.calls.actions.keys()].filter((action) => !takenByAnyone.has(action));
    expect(called.filter((action) => !role.includes(action))).toEqual([]);
    const others = [...testPermissions[cloud], ...planningPermissions[cloud]];
    const unused = role.filter((action) => !called.includes(action) && !others.includes(action));
    expect(unused.sort()).toEqual(Object.keys(notCalled[cloud]).sort());
  },
);
