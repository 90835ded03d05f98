import { afterAll, beforeAll, expect, it } from "vitest";
import { azureChecks } from "#lib/checks/azure/index.ts";
import { azureSession } from "#lib/clouds/azure/azure-session.ts";
import { azureClients } from "#lib/clouds/azure/clients.ts";
import { collectorsOf } from "#lib/inventory/registry.ts";
import { type AccountScan, scanAccount } from "#lib/scans/scan-account.ts";
import { type Sandbox, startSandbox } from "#sandbox/server.ts";
import { acmeRemediator, acmeSubscriptions, buildAcmeAzure } from "./acme-azure.ts";
import { acmeAzureAccount, acmeConnection } from "./acme-azure-connections.ts";

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

it("asks for nothing that its collectors don't declare", () => {
  const declared = new Set([
    ...collectorsOf("azure")
      .filter(({ service }) => services.includes(service))
      .flatMap(({ permissions }) => permissions),
    "Microsoft.Resources/subscriptions/read",
    "Microsoft.Resources/subscriptions/locations/read",
  ]);
  const asked = new Set(sandbox.calls.actions.keys());
  expect([...asked].sort()).toEqual([...declared].sort());
});

it("knows nothing of what it may not read", async () => {
  const { faults } = sandbox;
  faults.deny = [
    "Microsoft.Network/networkInterfaces/read",
    "Microsoft.Network/networkWatchers/flowLogs/read",
    "Microsoft.Sql/servers/databases/transparentDataEncryption/read",
    "Microsoft.Sql/servers/firewallRules/read",
    "Microsoft.Web/sites/config/read",
  ];
  try {
    const [{ id }] = acmeSubscriptions;
    const { results, gaps } = await scan(id);
    expect([...new Set(gaps.map(({ operation, code }) => `${operation} ${code}`))].sort()).toEqual(
      faults.deny.map((operation) => `${operation} denied`),
    );
    const statusesOf = (check: string) =>
      [
        ...new Set(results.filter(({ checkId }) => checkId === `azure.${check}`).map(({ status }) => status)),
      ].sort();
    expect(statusesOf("compute.virtual-machine-public-ip")).toEqual(["unknown"]);
    expect(statusesOf("network.virtual-network-flow-logs")).toEqual(["unknown"]);
    expect(statusesOf("sql.database-encryption")).toEqual(["unknown"]);
    expect(statusesOf("appservice.app-tls")).toEqual(["unknown"]);
    // A server without a public endpoint is closed whatever its rules say.
    expect(statusesOf("sql.server-firewall-internet")).toEqual(["pass", "unknown"]);
    expect(statusesOf("appservice.app-https-only")).toEqual(["fail", "pass"]);
  } finally {
    faults.reset();
  }
});

/** What a scan of production says now of the checks on the resources of that name. */
async function judge(name: string, ids: string[]): Promise<Record<string, string>> {
  const { results } = await scan(acmeSubscriptions[0].id);
  return Object.fromEntries(
    ids.map((id) => [
      id,
      results.find(({ checkId, resourceName }) => checkId === `azure.${id}` && resourceName === name)
        ?.status ?? "",
    ]),
  );
}

it("shows a fix to the next reader", async () => {
  const { azure } = sandbox;
  if (!azure) throw new Error("The sandbox has no Azure.");
  const secrets = { clientSecret: acmeRemediator.clientSecret };
  const session = azureSession(acmeConnection(azure, acmeRemediator), secrets);
  const { network, compute, sql, mysql, appservice } = azureClients(session, acmeSubscriptions[0].id);
  const ssh = ["network.security-group-ssh"];
  try {
    expect(await judge("nsg-jumphost-2018", ssh)).toEqual({ [String(ssh)]: "fail" });
    const rules = network.securityRules;
    await rules.beginDeleteAndWait("rg-network-prod", "nsg-jumphost-2018", "default-allow-ssh");
    // And one that is written anew, in front of what opened it.
    await rules.beginCreateOrUpdateAndWait("rg-network-prod", "nsg-partner-sftp", "seal", {
      access: "Deny",
      direction: "Inbound",
      priority: 100,
      protocol: "*",
      sourceAddressPrefix: "Internet",
      sourcePortRange: "*",
      destinationAddressPrefix: "*",
      destinationPortRange: "22",
    });
    expect(await judge("nsg-jumphost-2018", ssh)).toEqual({ [String(ssh)]: "pass" });
    expect(await judge("nsg-partner-sftp", ssh)).toEqual({ [String(ssh)]: "pass" });

    await network.virtualNetworks.updateTags("rg-network-prod", "vnet-shop-prod", { tags: { Owner: "me" } });
    expect(await judge("vnet-shop-prod", ["network.virtual-network-subnet-groups"])).toEqual({
      "network.virtual-network-subnet-groups": "pass",
    });

    const vm = ["compute.virtual-machine-encryption", "compute.virtual-machine-public-ip"];
    expect(await judge("vm-pilot-terminal", vm)).toEqual({ [`${vm[0]}`]: "fail", [`${vm[1]}`]: "fail" });
    await compute.virtualMachines.update("rg-pilot-us", "vm-pilot-terminal", {
      securityProfile: { encryptionAtHost: true },
    });
    const card = await network.networkInterfaces.get("rg-pilot-us", "nic-vm-pilot-terminal");
    for (const configuration of card.ipConfigurations ?? []) delete configuration.publicIPAddress;
    await network.networkInterfaces.beginCreateOrUpdateAndWait("rg-pilot-us", "nic-vm-pilot-terminal", card);
    expect(await judge("vm-pilot-terminal", vm)).toEqual({ [`${vm[0]}`]: "pass", [`${vm[1]}`]: "pass" });

    const server = ["sql.server-public-access", "sql.server-firewall-internet", "sql.server-auditing"];
    await sql.firewallRules.delete("rg-finance-prod", "sql-acme-reports", "temp-all");
    await sql.serverBlobAuditingPolicies.beginCreateOrUpdateAndWait("rg-finance-prod", "sql-acme-reports", {
      state: "Enabled",
      isAzureMonitorTargetEnabled: true,
    });
    await sql.transparentDataEncryptions.beginCreateOrUpdateAndWait(
      "rg-finance-prod",
      "sql-acme-reports",
      "reports",
      "current",
      {
        state: "Enabled",
      },
    );
    expect(await judge("sql-acme-reports", server)).toEqual({
      "sql.server-public-access": "fail",
      "sql.server-firewall-internet": "pass",
      "sql.server-auditing": "pass",
    });
    expect(await judge("reports", ["sql.database-encryption"])).toEqual({
      "sql.database-encryption": "pass",
    });

    const parameters = ["mysql.server-tls", "mysql.server-tls-version"];
    await mysql.configurations.beginUpdateAndWait(
      "rg-shop-prod",
      "mysql-acme-campaigns",
      "require_secure_transport",
      {
        value: "ON",
      },
    );
    expect(await judge("mysql-acme-campaigns", parameters)).toEqual({
      "mysql.server-tls": "pass",
      "mysql.server-tls-version": "fail",
    });

    const app = ["appservice.app-https-only", "appservice.app-tls", "appservice.app-ftps"];
    await appservice.webApps.update("rg-shop-prod", "app-acme-webhooks-old", { httpsOnly: true });
    await appservice.webApps.updateConfiguration("rg-shop-prod", "app-acme-webhooks-old", {
      minTlsVersion: "1.2",
    });
    expect(await judge("app-acme-webhooks-old", app)).toEqual({
      "appservice.app-https-only": "pass",
      "appservice.app-tls": "pass",
      "appservice.app-ftps": "fail",
    });
  } finally {
    session.close();
  }
}, 60_000);
