import { afterAll, expect, it } from "vitest";
import { acmeConnections } from "#lib/scans/test-accounts.ts";
import { services } from "#sandbox/aws/services.ts";
import { buildAcme } from "#sandbox/estates/acme.ts";
import { buildAcmeAzure } from "#sandbox/estates/acme-azure.ts";
import { buildAcmeGcp } from "#sandbox/estates/acme-gcp.ts";
import { startSandbox } from "#sandbox/server.ts";
import { ambientAccounts, scanWithoutStore } from "./scan-without-store.ts";

const sandbox = await startSandbox({
  ...{ estate: buildAcme(), services, azure: buildAcmeAzure(), gcp: buildAcmeGcp() },
});
afterAll(() => sandbox.close());
const { signal } = new AbortController();
const narrow = { regions: [], services: ["storage"], checks: [] };
const accounts = acmeConnections(sandbox, ["azure", "gcp"])
  .filter(({ name }) => ["Acme Apps", "Acme Analytics"].includes(name))
  .map(({ cloud, externalId, connection, secrets }) => ({
    ...{ cloud, externalId, connection: { ...connection } },
    ...(secrets ? { secrets } : {}),
  }));

it("scans accounts of several clouds into one report", { timeout: 60_000 }, async () => {
  const { summary, results } = await scanWithoutStore({ ...narrow, accounts }, signal, undefined);
  expect(summary.accounts).toEqual(accounts.map(({ externalId }) => externalId).sort());
  expect(summary.gaps).toBe(0);
  const clouds = new Set(results.map(({ checkId }) => checkId.split(".").slice(0, 2).join(".")));
  expect([...clouds].sort()).toEqual(["azure.storage", "gcp.storage"]);
});

it("says of each cloud what to look at when it can't be reached", async () => {
  const [azure, gcp] = accounts;
  const wrong = [
    {
      ...azure,
      cloud: "azure" as const,
      connection: { ...azure?.connection },
      secrets: { clientSecret: "no" },
      externalId: null,
    },
    { cloud: "gcp" as const, externalId: "acme-nowhere", connection: { ...gcp?.connection } },
  ];
  const said = await Promise.all(
    wrong.map((account) =>
      scanWithoutStore({ ...narrow, accounts: [account] }, signal, undefined).catch((error: unknown) =>
        String(error),
      ),
    ),
  );
  expect(said).toEqual([
    expect.stringMatching(
      /^DomainError: The Azure account can't be reached\. AADSTS7000215.*--subscription says which/s,
    ),
    expect.stringMatching(/^DomainError: The Google Cloud project can't be reached\..*--project says which/s),
  ]);
});

it("takes what the machine's credentials lead to, or what is named", () => {
  const nothing = { profiles: [], subscriptions: [], tenants: [], projects: [] };
  expect(ambientAccounts({ ...nothing, clouds: ["aws", "azure", "gcp"] })).toEqual([
    { cloud: "aws", externalId: null, connection: { type: "ambient" } },
    { cloud: "azure", externalId: null, connection: { type: "default" } },
    { cloud: "gcp", externalId: null, connection: { type: "application_default" } },
  ]);
  const named = { profiles: ["audit"], subscriptions: ["s1", "s2"], tenants: ["t1"], projects: ["p1"] };
  expect(ambientAccounts({ ...named, clouds: ["azure", "gcp"] })).toEqual([
    { cloud: "azure", level: "directory", externalId: "t1", connection: { type: "default", tenantId: "t1" } },
    { cloud: "azure", externalId: "s1", connection: { type: "default" } },
    { cloud: "azure", externalId: "s2", connection: { type: "default" } },
    { cloud: "gcp", externalId: "p1", connection: { type: "application_default" } },
  ]);
  expect(ambientAccounts({ ...nothing, tenants: ["t1"], clouds: ["azure"] })).toHaveLength(1);
});
