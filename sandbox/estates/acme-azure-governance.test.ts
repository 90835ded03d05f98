import { afterAll, beforeAll, expect, it } from "vitest";
import { azureChecks } from "#lib/checks/azure/index.ts";
import { azureSession } from "#lib/clouds/azure/azure-session.ts";
import { azureClients } from "#lib/clouds/azure/clients.ts";
import { collectorsOf } from "#lib/inventory/registry.ts";
import { type AccountScan, scanAccount } from "#lib/scans/scan-account.ts";
import { type Sandbox, startSandbox } from "#sandbox/server.ts";
import {
  type AcmeSubscription,
  acmeRemediator,
  acmeSubscriptions,
  acmeTenant,
  buildAcmeAzure,
} from "./acme-azure.ts";
import { acmeAzureAccount, acmeConnection } from "./acme-azure-connections.ts";

const [apps, data] = acmeSubscriptions as [AcmeSubscription, AcmeSubscription];
const services = ["monitor", "defender", "authorization", "databricks", "keyvault", "network"];
const areas = ["monitor", "defender", "authorization", "databricks", "entra"];
const checks = azureChecks.filter(({ id }) => areas.some((area) => id.startsWith(`azure.${area}.`)));

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({
    estate: { credentials: new Map(), accounts: new Map() },
    services: [],
    azure: buildAcmeAzure({ pageSize: 5 }),
  });
});
afterAll(() => sandbox.close());

function address() {
  if (!sandbox.azure) throw new Error("The sandbox has no Azure.");
  return sandbox.azure;
}

const scan = (id: string, only: string[] = []): Promise<AccountScan> =>
  scanAccount({
    account: acmeAzureAccount(address(), id),
    scope: {
      regions: [],
      services: only.length > 0 ? [] : id === acmeTenant.id ? ["entra"] : services,
      checks: only,
    },
    asOf: new Date(),
    signal: new AbortController().signal,
  });

const statusesOf = (scans: AccountScan[], check: string) =>
  [
    ...new Set(
      scans.flatMap((one) => one.results).flatMap((one) => (one.checkId === check ? [one.status] : [])),
    ),
  ].sort();

it("gives every check something that passes and something that fails, but for what a tenant has once", async () => {
  sandbox.calls.reset();
  const scans = await Promise.all([apps.id, data.id, acmeTenant.id].map((id) => scan(id)));
  expect(scans.flatMap((one) => one.gaps)).toEqual([]);
  const once: Record<string, string[]> = {
    "azure.entra.guest-access": ["fail"],
    "azure.entra.guest-invitations": ["pass"],
    "azure.entra.mfa-required": ["pass"],
    "azure.entra.security-defaults": ["fail"],
  };
  const seen = checks.map(({ id }) => [id, statusesOf(scans, id)]);
  expect(seen).toEqual(checks.map(({ id }) => [id, once[id] ?? ["fail", "pass"]]));
});

it("is asked for exactly the permissions that the collectors declare", async () => {
  sandbox.calls.reset();
  const collectors = collectorsOf("azure").filter(({ service }) => areas.includes(service));
  const kinds = new Set(collectors.map(({ kind }) => kind));
  const own = checks.filter(({ resource }) => kinds.has(resource)).map(({ id }) => id);
  const isOfTenant = (id: string) => id.startsWith("azure.entra.");
  await scan(
    apps.id,
    own.filter((id) => !isOfTenant(id)),
  );
  await scan(acmeTenant.id, own.filter(isOfTenant));
  const declared = new Set([
    ...collectors.flatMap(({ permissions }) => permissions),
    // What finding the account and its locations takes, and the networks that a check compares workspaces with.
    "Microsoft.Resources/subscriptions/read",
    "Microsoft.Resources/subscriptions/locations/read",
    "Microsoft.Network/virtualNetworks/read",
  ]);
  const asked = [...sandbox.calls.actions.keys()];
  expect(asked.filter((permission) => !declared.has(permission))).toEqual([]);
  const unasked = [...declared].filter((permission) => !asked.includes(permission));
  // Vaults are judged with their service's own kinds.
  expect(unasked.filter((permission) => permission !== "Microsoft.KeyVault/vaults/read")).toEqual([]);
});

it("tells vaults that log from those that don't", async () => {
  const { results } = await scan(apps.id, ["azure.monitor.vault-logging"]);
  expect(results.map(({ resourceName, status }) => [resourceName, status]).sort()).toEqual([
    ["kv-acme-shop", "pass"],
    ["payouts-secrets", "fail"],
  ]);
});

it("shows a fix to the next reader", async () => {
  const only = [
    "azure.defender.key-vault-plan",
    "azure.monitor.activity-log-export",
    "azure.monitor.alert-public-ip-delete",
    "azure.authorization.custom-administrator-role",
  ];
  const judge = async () => {
    const found = await scan(data.id, only);
    expect(found.gaps).toEqual([]);
    return Object.fromEntries(only.map((id) => [id, statusesOf([found], id)]));
  };
  expect(await judge()).toEqual(Object.fromEntries(only.map((id) => [id, ["fail"]])));

  const session = azureSession(acmeConnection(address(), acmeRemediator), {
    clientSecret: acmeRemediator.clientSecret,
  });
  try {
    const { security, monitor, authorization } = azureClients(session, data.id);
    const scope = `/subscriptions/${data.id}`;
    await security.pricings.update("KeyVaults", { pricingTier: "Standard" });
    await monitor.diagnosticSettings.createOrUpdate(scope.slice(1), "activity-log", {
      storageAccountId: `${scope}/resourceGroups/rg-lake-staging/providers/Microsoft.Storage/storageAccounts/acmelakestaging`,
      logs: [{ category: "Administrative", enabled: true }],
    });
    await monitor.activityLogAlerts.createOrUpdate("rg-monitoring-staging", "public-ip-delete", {
      location: "Global",
      scopes: [scope],
      enabled: true,
      condition: {
        allOf: [
          { field: "category", equals: "Administrative" },
          { field: "operationName", equals: "Microsoft.Network/publicIPAddresses/delete" },
        ],
      },
      actions: {
        actionGroups: [
          {
            actionGroupId: `${scope}/resourceGroups/rg-monitoring-staging/providers/Microsoft.Insights/actionGroups/ag-analysts`,
          },
        ],
      },
    });
    for await (const role of authorization.roleDefinitions.list(scope.slice(1), {
      filter: "type eq 'CustomRole'",
    })) {
      await authorization.roleDefinitions.delete(scope.slice(1), role.name ?? "");
    }
  } finally {
    session.close();
  }
  expect(await judge()).toEqual({
    "azure.defender.key-vault-plan": ["pass"],
    "azure.monitor.activity-log-export": ["pass"],
    "azure.monitor.alert-public-ip-delete": ["pass"],
    "azure.authorization.custom-administrator-role": [],
  });
});

it("never takes a refusal for something switched off, or for nobody", async () => {
  sandbox.faults.deny = [
    "Microsoft.Insights/*",
    "Microsoft.Security/*",
    "Microsoft.Authorization/*",
    "Policy.Read.All",
    "AuditLog.Read.All",
    "Application.Read.All",
  ];
  try {
    const scans = await Promise.all([scan(data.id), scan(acmeTenant.id)]);
    const judged = checks.filter(
      ({ id }) => statusesOf(scans, id).length > 0 && !id.startsWith("azure.databricks."),
    );
    const seen = judged.map(({ id }) => [id, statusesOf(scans, id)]);
    expect(seen).toEqual(
      // Who can't sign in needs no second factor, whatever the report would say.
      judged.map(({ id }) => [id, id.endsWith("user-mfa") ? ["pass", "unknown"] : ["unknown"]]),
    );
    expect(statusesOf(scans, "azure.databricks.workspace-logging")).toEqual(["unknown"]);
    expect(scans.flatMap((one) => one.gaps).every(({ code }) => code === "denied")).toBe(true);
  } finally {
    sandbox.faults.deny = [];
  }
});

it("asks in a directory what its users may, and leaves the subscriptions' kinds alone", async () => {
  const { results, gaps } = await scan(acmeTenant.id);
  expect(gaps).toEqual([]);
  expect(results.filter(({ checkId }) => !checkId.startsWith("azure.entra."))).toEqual([]);
  const without = results.filter(
    ({ checkId, status }) => checkId === "azure.entra.privileged-user-mfa" && status === "fail",
  );
  expect(without.map(({ resourceName }) => resourceName)).toEqual(["sofia.alvarez@acme.example"]);
});
