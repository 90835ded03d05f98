import { afterAll, beforeAll, expect, it } from "vitest";
import { scanAccount } from "#lib/scans/scan-account.ts";
import { type Sandbox, startSandbox } from "#sandbox/server.ts";
import { acmeSubscriptions, buildAcmeAzure } from "./acme-azure.ts";
import { acmeAzureAccount } from "./acme-azure-connections.ts";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({
    estate: { credentials: new Map(), accounts: new Map() },
    services: [],
    azure: buildAcmeAzure({ pageSize: 5 }),
  });
});
afterAll(() => sandbox.close());

it("reads storage accounts page by page", async () => {
  const { azure } = sandbox;
  if (!azure) throw new Error("The sandbox has no Azure.");
  const found = await Promise.all(
    acmeSubscriptions.map(({ id }) =>
      scanAccount({
        account: acmeAzureAccount(azure, id),
        scope: { regions: [], services: ["storage"], checks: [] },
        asOf: new Date(),
        signal: new AbortController().signal,
      }),
    ),
  );
  expect(found.flatMap((one) => one.gaps)).toEqual([]);
  expect(found.map((one) => one.account)).toEqual(acmeSubscriptions.map(({ id }) => id));
  const stored = [...azure.estate.subscriptions.values()].map(
    ({ tree }) => tree.ofType("Microsoft.Storage/storageAccounts").length,
  );
  expect(found.map((one) => one.resources)).toEqual(stored);
});
