import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { provideEmulatorCredentials } from "#lib/clouds/gcp/session.ts";
import { type AccountScan, scanAccount } from "#lib/scans/scan-account.ts";
import { type Sandbox, startSandbox } from "#sandbox/server.ts";
import { type AcmeProject, acmeGcpHub, acmeProjects, buildAcmeGcp } from "./acme-gcp.ts";

let sandbox: Sandbox;
let endpointUrl: string;
beforeAll(async () => {
  const aws = { credentials: new Map(), accounts: new Map() };
  sandbox = await startSandbox({ estate: aws, services: [], gcp: buildAcmeGcp() });
  endpointUrl = sandbox.gcp?.url ?? "";
  provideEmulatorCredentials(endpointUrl, acmeGcpHub);
});
afterEach(() => sandbox.faults.reset());
afterAll(() => sandbox.close());

const [analytics] = acmeProjects;

function scan({ id, scanner }: AcmeProject): Promise<AccountScan> {
  return scanAccount({
    account: {
      cloud: "gcp",
      externalId: id,
      connection: { type: "impersonate", serviceAccount: scanner, endpointUrl },
    },
    scope: { regions: [], services: [], checks: [] },
    asOf: new Date(),
    signal: new AbortController().signal,
  });
}

it("scans a project through the SDK, over pages", async () => {
  const { account, gaps, resources } = await scan(analytics);
  expect({ account, gaps }).toEqual({ account: "acme-analytics-prod", gaps: [] });
  expect(resources).toBeGreaterThanOrEqual(19);
});

it("makes what may not be read a gap", async () => {
  sandbox.faults.deny = ["storage.buckets.list"];
  const { resources, gaps } = await scan(analytics);
  expect(resources).toBe(0);
  expect(gaps).toMatchObject([
    { kind: "gcp.storage.bucket", operation: "storage.buckets.list", code: "denied", resourceUid: null },
  ]);
});
