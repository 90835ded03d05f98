import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { catalogue } from "#lib/checks/index.ts";
import { permissionsOf } from "#lib/inventory/registry.ts";
import { type AccountScan, scanAccount } from "#lib/scans/scan-account.ts";
import { type Sandbox, startSandbox } from "#sandbox/server.ts";
import { acmeSubscriptions, acmeTenant, buildAcmeAzure } from "./acme-azure.ts";
import { acmeAzureAccount } from "./acme-azure-connections.ts";

let sandbox: Sandbox;
let scans: AccountScan[];
const accounts = [...acmeSubscriptions.map(({ id }) => id), acmeTenant.id];
beforeAll(async () => {
  sandbox = await startSandbox({
    estate: { credentials: new Map(), accounts: new Map() },
    services: [],
    // Small pages, so that every list is paged.
    azure: buildAcmeAzure({ pageSize: 5 }),
  });
  const { azure } = sandbox;
  if (!azure) throw new Error("The sandbox has no Azure.");
  scans = await Promise.all(
    accounts.map((id) =>
      scanAccount({
        account: acmeAzureAccount(azure, id),
        scope: { regions: [], services: [], checks: [] },
        asOf: new Date(),
        signal: new AbortController().signal,
      }),
    ),
  );
}, 60_000);
afterAll(() => sandbox.close());

describe("a scan of Acme's tenant and its subscriptions", () => {
  it("reads all of it", () => {
    expect(scans.flatMap((one) => one.gaps)).toEqual([]);
    expect(scans.map((one) => one.account)).toEqual(accounts);
    const stored = [...(sandbox.azure?.estate.subscriptions.values() ?? [])].map(
      ({ tree }) => tree.ofType("Microsoft.Storage/storageAccounts").length,
    );
    const judged = scans.slice(0, 2).map((one) => {
      const uids = one.results.filter(({ checkId }) => checkId === "azure.storage.account-https-only");
      return new Set(uids.map(({ resourceUid }) => resourceUid)).size;
    });
    expect(judged).toEqual(stored);
  });

  it("finds something that passes and something that fails for every check", () => {
    // There is one tenant, which can't do both.
    const isSingle = (kind: string) => kind === "azure.entra.tenant";
    const azureChecks = catalogue.filter(({ id }) => id.startsWith("azure."));
    const results = scans.flatMap((one) => one.results);
    const seen = azureChecks.map(({ id, resource }) => {
      const statuses = new Set(results.filter((one) => one.checkId === id).map((one) => one.status));
      const wanted = isSingle(resource) ? statuses.size === 1 : statuses.has("pass") && statuses.has("fail");
      return { id, statuses: [...statuses], isShown: wanted && !statuses.has("unknown") };
    });
    expect(seen.filter(({ isShown }) => !isShown)).toEqual([]);
    expect(seen.length).toBe(azureChecks.length);
  });

  it("asks for nothing that no collector declares", () => {
    const needed = new Set([
      ...permissionsOf("azure"),
      "Microsoft.Resources/subscriptions/read",
      "Microsoft.Resources/subscriptions/locations/read",
    ]);
    expect([...sandbox.calls.actions.keys()].filter((action) => !needed.has(action))).toEqual([]);
  });
});
