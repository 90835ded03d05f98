import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { gcpChecks } from "#lib/checks/gcp/index.ts";
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

const [analytics, learning] = acmeProjects;

function scan({ id, scanner }: AcmeProject, services: string[] = []): Promise<AccountScan> {
  return scanAccount({
    account: {
      cloud: "gcp",
      externalId: id,
      connection: { type: "impersonate", serviceAccount: scanner, endpointUrl },
    },
    scope: { regions: [], services, checks: [] },
    asOf: new Date(),
    signal: new AbortController().signal,
  });
}

const dataServices = ["bigquery", "dataproc", "kms", "storage"];

it.each([analytics, learning])("reads everything of $id through the SDK, over pages", async (project) => {
  const { account, gaps, resources } = await scan(project, dataServices);
  expect({ account, gaps }).toEqual({ account: project.id, gaps: [] });
  const { collections } = sandbox.gcp?.estate.projects.get(project.id) ?? {};
  const kept = [
    "storage.buckets",
    "kms.cryptoKeys",
    "bigquery.datasets",
    "bigquery.tables",
    "dataproc.clusters",
  ];
  expect(resources).toBe(kept.reduce((sum, name) => sum + (collections?.get(name)?.size ?? 0), 0));
});

it("gives every check of Google Cloud something that passes and something that fails", async () => {
  const scans = await Promise.all([scan(analytics), scan(learning)]);
  expect(scans.flatMap(({ gaps }) => gaps)).toEqual([]);
  const results = scans.flatMap((one) => one.results);
  const seen = gcpChecks.map(({ id }) => {
    const statuses = new Set(results.filter(({ checkId }) => checkId === id).map(({ status }) => status));
    return { check: id, statuses: [...statuses].sort() };
  });
  expect(seen).toEqual(gcpChecks.map(({ id }) => ({ check: id, statuses: ["fail", "pass"] })));
});

it("makes what may not be read a gap", async () => {
  sandbox.faults.deny = ["storage.buckets.list", "bigquery.datasets.get"];
  const { resources, gaps } = await scan(analytics, ["storage", "bigquery"]);
  expect(resources).toBe(0);
  const whole = { code: "denied", resourceUid: null };
  expect(gaps.toSorted((a, b) => (String(a.kind) < String(b.kind) ? -1 : 1))).toMatchObject([
    { ...whole, kind: "gcp.bigquery.dataset", operation: "bigquery.datasets.get" },
    { ...whole, kind: "gcp.bigquery.table", operation: "bigquery.datasets.get" },
    { ...whole, kind: "gcp.storage.bucket", operation: "storage.buckets.list" },
  ]);
});
