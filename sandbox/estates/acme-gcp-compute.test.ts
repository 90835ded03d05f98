import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { gcpChecks } from "#lib/checks/gcp/index.ts";
import { gcpClients } from "#lib/clouds/gcp/clients.ts";
import { gcpAccess } from "#lib/clouds/gcp/credentials.ts";
import { provideEmulatorCredentials } from "#lib/clouds/gcp/session.ts";
import { collectorsOf } from "#lib/inventory/registry.ts";
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

const services = ["compute", "dns", "cloudsql"];
const [analytics, learning] = acmeProjects;

function scan({ id, scanner }: AcmeProject, checks: string[] = []): Promise<AccountScan> {
  return scanAccount({
    account: {
      cloud: "gcp",
      externalId: id,
      connection: { type: "impersonate", serviceAccount: scanner, endpointUrl },
    },
    scope: { regions: [], services, checks },
    asOf: new Date(),
    signal: new AbortController().signal,
  });
}

const failing = ({ results }: AccountScan, check: string) =>
  results
    .filter(({ checkId, status }) => checkId === `gcp.${check}` && status === "fail")
    .map(({ resourceName }) => resourceName)
    .sort();

it("reads everything through the SDK, over pages", async () => {
  const scans = await Promise.all(acmeProjects.map((project) => scan(project)));
  expect(scans.flatMap(({ gaps }) => gaps)).toEqual([]);
  const kept = ["instances", "disks", "networks", "subnetworks", "firewalls", "backendServices"];
  for (const [index, { id }] of acmeProjects.entries()) {
    const { collections } = sandbox.gcp?.estate.projects.get(id) ?? {};
    const sizes = [
      ...kept.map((name) => `compute.${name}`),
      "dns.managedZones",
      "dns.policies",
      "sqladmin.instances",
    ].map((name) => collections?.get(name)?.size ?? 0);
    // And the project itself.
    expect(scans[index]?.resources).toBe(1 + sizes.reduce((sum, size) => sum + size, 0));
  }
});

it("gives every check something that passes and something that fails", async () => {
  const scans = await Promise.all(acmeProjects.map((project) => scan(project)));
  const results = scans.flatMap((one) => one.results);
  const checks = gcpChecks.map(({ id }) => id).filter((id) => services.includes(id.split(".")[1] ?? ""));
  const seen = checks.map((check) => {
    const statuses = new Set(results.filter(({ checkId }) => checkId === check).map(({ status }) => status));
    return [check, [...statuses].sort()];
  });
  expect(seen).toEqual(checks.map((check) => [check, ["fail", "pass"]]));
});

it("knows what looks open from what is", async () => {
  const [production, development] = await Promise.all([scan(analytics), scan(learning)]);
  const story = (names: string[]) => names.filter((name) => !name.endsWith("-debug"));
  expect(story(failing(production, "compute.firewall-ssh"))).toEqual([
    "analytics-consultant-ssh",
    "partners-sftp",
  ]);
  expect(story(failing(production, "compute.firewall-rdp"))).toEqual(["analytics-rdp-v6"]);
  expect(failing(production, "compute.network-policy-ssh")).toEqual(["partners"]);
  expect(story(failing(development, "compute.firewall-rdp"))).toEqual(["default-allow-rdp", "ml-notebooks"]);
  expect(story(failing(development, "compute.firewall-all-ports"))).toEqual(["ml-notebooks"]);
  expect(failing(development, "compute.network-policy-rdp")).toEqual(["ml", "scratch"]);
  expect(failing(development, "compute.network-policy-all-ports")).toEqual(["scratch"]);
});

const declared = new Set(
  services.flatMap((service) => collectorsOf("gcp", service)).flatMap(({ permissions }) => permissions),
);

it("asks for just what the collectors name", async () => {
  sandbox.calls.reset();
  await scan(learning);
  const asked = [...sandbox.calls.actions.keys()]
    .filter((permission) => /^(compute|dns|cloudsql)\./.test(permission))
    .sort();
  // The session itself asks which regions there are.
  expect(asked).toEqual([...declared, "compute.regions.list"].sort());
});

it.each([...declared])("makes a refusal of %s a gap, and nothing else", async (permission) => {
  sandbox.faults.deny = [permission];
  const { gaps, results } = await scan(learning);
  expect([...new Set(gaps.map(({ operation, code }) => `${operation} ${code}`))]).toEqual([
    `${permission} denied`,
  ]);
  // No verdict turns into its opposite.
  sandbox.faults.reset();
  const whole = new Map(
    (await scan(learning)).results.map(({ checkId, resourceUid, status }) => [
      `${checkId} ${resourceUid}`,
      status,
    ]),
  );
  for (const { checkId, resourceUid, status } of results) {
    if (status !== "unknown") expect(status, checkId).toBe(whole.get(`${checkId} ${resourceUid}`));
  }
});

it("does not call open what a denial that could not be read may close", async () => {
  sandbox.faults.deny = ["compute.networks.getEffectiveFirewalls"];
  const { results } = await scan(learning, ["gcp.compute.firewall-rdp", "gcp.compute.network-policy-rdp"]);
  expect(results.filter(({ status }) => status === "fail")).toEqual([]);
  const scratch = results.find(({ resourceName }) => resourceName === "scratch-rdp");
  expect(scratch).toMatchObject({ status: "unknown" });
});

it("shows a fix to the next scan", async () => {
  const check = "compute.firewall-ssh";
  expect(failing(await scan(analytics, [`gcp.${check}`]), check)).toContain("partners-sftp");
  const access = gcpAccess(
    { type: "impersonate", serviceAccount: analytics.remediator, endpointUrl },
    { emulatorCredentials: acmeGcpHub },
  );
  const compute = await gcpClients(access).compute();
  const { data } = await compute.firewalls.patch({
    project: analytics.id,
    firewall: "partners-sftp",
    requestBody: { sourceRanges: ["198.51.100.0/24"] },
  });
  const done = await compute.globalOperations.get({ project: analytics.id, operation: data.name ?? "" });
  access.close();
  expect(done.data).toMatchObject({ status: "DONE", operationType: "patch" });
  expect(failing(await scan(analytics, [`gcp.${check}`]), check)).not.toContain("partners-sftp");
});
