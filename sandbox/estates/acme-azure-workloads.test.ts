import { afterAll, beforeAll, expect, it } from "vitest";
import { azureChecks } from "#lib/checks/azure/index.ts";
import { type AccountScan, scanAccount } from "#lib/scans/scan-account.ts";
import { type Sandbox, startSandbox } from "#sandbox/server.ts";
import { acmeSubscriptions, buildAcmeAzure } from "./acme-azure.ts";
import { acmeAzureAccount } from "./acme-azure-connections.ts";

const services = ["network", "compute", "sql", "postgresql", "mysql", "appservice"];
const checks = azureChecks.filter(({ id }) => services.some((service) => id.startsWith(`azure.${service}.`)));

let sandbox: Sandbox;
let scans: AccountScan[];

async function scan(id: string): Promise<AccountScan> {
  if (!sandbox.azure) throw new Error("The sandbox has no Azure.");
  return scanAccount({
    account: acmeAzureAccount(sandbox.azure, id),
    scope: { regions: [], services, checks: [] },
    asOf: new Date(),
    signal: new AbortController().signal,
  });
}

beforeAll(async () => {
  sandbox = await startSandbox({
    estate: { credentials: new Map(), accounts: new Map() },
    services: [],
    azure: buildAcmeAzure({ pageSize: 7 }),
  });
  scans = await Promise.all(acmeSubscriptions.map(({ id }) => scan(id)));
});
afterAll(() => sandbox.close());

const verdictsOf = (check: string) =>
  Object.fromEntries(
    scans
      .flatMap((one) => one.results)
      .filter(({ checkId }) => checkId === check)
      .map(({ resourceName, status }) => [resourceName, status]),
  );

it("reads networks, machines, databases and apps whole", () => {
  expect(scans.flatMap((one) => one.gaps)).toEqual([]);
});

it("gives every check something that passes and something that fails", () => {
  const results = scans.flatMap((one) => one.results);
  const seen = checks.map(({ id }) => {
    const statuses = new Set(results.filter(({ checkId }) => checkId === id).map(({ status }) => status));
    return { id, statuses: [...statuses].sort() };
  });
  expect(seen).toEqual(checks.map(({ id }) => ({ id, statuses: ["fail", "pass"] })));
});

it("judges security groups as Azure does", () => {
  expect(verdictsOf("azure.network.security-group-ssh")).toMatchObject({
    "nsg-jumphost-2018": "fail",
    "nsg-partner-sftp": "fail",
    "nsg-edge-v6": "fail",
    "nsg-vendor-appliance": "fail",
    "nsg-shop-batch": "pass",
    "nsg-shop-web": "pass",
    "nsg-analysts": "pass",
  });
});
