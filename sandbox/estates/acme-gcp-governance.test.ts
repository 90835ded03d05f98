import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
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

const governance = [
  "apikeys",
  "essentialcontacts",
  "hierarchy",
  "iam",
  "logging",
  "monitoring",
  "resourcemanager",
  "serviceusage",
];
const [analytics, learning] = acmeProjects;

function scan(
  { id, scanner }: AcmeProject,
  { services = [...governance, "storage"], checks = [] }: { services?: string[]; checks?: string[] } = {},
): Promise<AccountScan> {
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

/** The statuses of a check's verdicts, by the resource's name. */
const verdicts = ({ results }: AccountScan, check: string) =>
  Object.fromEntries(
    results
      .filter(({ checkId }) => checkId === check)
      .map(({ resourceName, status }) => [resourceName, status]),
  );

const checks = gcpChecks.map(({ id }) => id).filter((id) => governance.includes(id.split(".")[1] ?? ""));

it("gives every check something that passes and something that fails, and nothing unread", async () => {
  const scans = await Promise.all(acmeProjects.map((project) => scan(project)));
  expect(scans.flatMap(({ gaps }) => gaps)).toEqual([]);
  const results = scans.flatMap((one) => one.results);
  const seen = checks.map((check) => {
    const statuses = new Set(results.filter(({ checkId }) => checkId === check).map(({ status }) => status));
    return [check, [...statuses].sort()];
  });
  expect(seen).toEqual(checks.map((check) => [check, ["fail", "pass"]]));
});

it("asks for just what the collectors name", async () => {
  sandbox.calls.reset();
  await scan(analytics);
  const read = [...governance, "storage"].flatMap((service) => collectorsOf("gcp", service));
  // The session itself asks for a token and which regions there are.
  const own = ["compute.regions.list", "iam.serviceAccounts.getAccessToken"];
  expect([...sandbox.calls.actions.keys()].filter((action) => !own.includes(action)).sort()).toEqual(
    [...new Set(read.flatMap(({ permissions }) => permissions))].sort(),
  );
});

const refusable = [
  ...new Set(governance.flatMap((service) => collectorsOf("gcp", service)).flatMap((one) => one.permissions)),
].filter((permission) => permission !== "resourcemanager.projects.get");

it.each(refusable)("makes a refusal of %s a gap, and no verdict its opposite", async (permission) => {
  const whole = await scan(learning);
  sandbox.faults.deny = [permission];
  const { gaps, results } = await scan(learning);
  expect([...new Set(gaps.map(({ operation, code }) => `${operation} ${code}`))]).toEqual([
    `${permission} denied`,
  ]);
  for (const { checkId, resourceUid, status } of results) {
    const before = whole.results.find((one) => one.checkId === checkId && one.resourceUid === resourceUid);
    if (status !== "unknown") expect(status, checkId).toBe(before?.status);
  }
});

describe("what lies above a project", () => {
  const project = analytics.id;

  it("counts towards what the project logs", async () => {
    const seen = await scan(analytics);
    expect(verdicts(seen, "gcp.resourcemanager.project-audit-logs")).toEqual({ [project]: "pass" });
    sandbox.faults.deny = ["resourcemanager.organizations.*"];
    const unseen = await scan(analytics);
    expect(verdicts(unseen, "gcp.resourcemanager.project-audit-logs")).toEqual({ [project]: "unknown" });
    // Its own sink exports everything, whatever others there are.
    expect(verdicts(unseen, "gcp.logging.all-entries-sink")).toEqual({ [project]: "pass" });
  });

  it("leaves the project's own findings alone when it can't be read", async () => {
    sandbox.faults.deny = ["resourcemanager.organizations.*", "resourcemanager.folders.*"];
    const { gaps } = await scan(analytics);
    expect([...new Set(gaps.map(({ service }) => service))]).toEqual(["hierarchy"]);
  });
});

describe("what is changed", () => {
  /** The API as the one who fixes things calls it. */
  function remediate({ remediator }: AcmeProject) {
    const access = gcpAccess(
      { type: "impersonate", serviceAccount: remediator, endpointUrl },
      { emulatorCredentials: acmeGcpHub },
    );
    return { ...gcpClients(access), [Symbol.dispose]: () => access.close() };
  }

  it("shows in the next scan: keys and accounts", async () => {
    const check = "gcp.iam.service-account-user-keys";
    const trainer = `model-trainer@${learning.id}.iam.gserviceaccount.com`;
    expect(verdicts(await scan(learning), check)[trainer]).toBe("fail");
    using api = remediate(learning);
    const { keys } = (await api.iam()).projects.serviceAccounts;
    const name = `projects/${learning.id}/serviceAccounts/${trainer}`;
    const { data } = await keys.list({ name, keyTypes: ["USER_MANAGED"] });
    expect(data.keys).toHaveLength(2);
    await keys.disable({ name: data.keys?.[0]?.name ?? "" });
    expect(verdicts(await scan(learning), "gcp.iam.service-account-key-age")[trainer]).toBe("pass");
    for (const key of data.keys ?? []) await keys.delete({ name: key.name ?? "" });
    expect(verdicts(await scan(learning), check)[trainer]).toBe("pass");
  });

  it("shows in the next scan: the project's policy", async () => {
    using api = remediate(learning);
    const { projects } = await api.cloudresourcemanager();
    const { data: policy } = await projects.getIamPolicy({ resource: learning.id });
    const bindings = policy.bindings?.filter(({ role }) => role !== "roles/notebooks.viewer") ?? [];
    await projects.setIamPolicy({ resource: learning.id, requestBody: { policy: { ...policy, bindings } } });
    const changed = await scan(learning);
    expect(verdicts(changed, "gcp.resourcemanager.project-consumer-accounts")).toEqual({
      [learning.id]: "pass",
    });
    // What is logged stays as it was, unless the mask names it.
    expect(verdicts(changed, "gcp.resourcemanager.project-audit-logs")).toEqual({ [learning.id]: "fail" });
    await expect(
      projects.setIamPolicy({
        resource: learning.id,
        requestBody: { policy: { etag: policy.etag, bindings: [] } },
      }),
    ).rejects.toThrow(/concurrent policy changes/);
    const types = ["ADMIN_READ", "DATA_READ", "DATA_WRITE"];
    const auditConfigs = [{ service: "allServices", auditLogConfigs: types.map((logType) => ({ logType })) }];
    const { etag } = (await projects.getIamPolicy({ resource: learning.id })).data;
    const masked = { policy: { bindings, auditConfigs, etag }, updateMask: "auditConfigs,etag" };
    await projects.setIamPolicy({ resource: learning.id, requestBody: masked });
    const logging = await scan(learning);
    expect(verdicts(logging, "gcp.resourcemanager.project-audit-logs")).toEqual({ [learning.id]: "pass" });
  });

  it("shows in the next scan: metrics, alerts and sinks", async () => {
    using api = remediate(learning);
    const parent = `projects/${learning.id}`;
    const { projects } = await api.logging();
    const policies = (await api.monitoring()).projects.alertPolicies;
    const { data: made } = await projects.metrics.create({
      parent,
      requestBody: { name: "sql", filter: 'protoPayload.methodName="cloudsql.instances.update"' },
    });
    const { data: policy } = await policies.create({
      name: parent,
      requestBody: {
        displayName: "Databases",
        enabled: false,
        combiner: "OR",
        conditions: [{ conditionThreshold: { filter: `metric.type="${made.metricDescriptor?.type}"` } }],
      },
    });
    const check = "gcp.logging.alert-sql-instance-changes";
    expect(verdicts(await scan(learning), check)).toEqual({ [learning.id]: "fail" });
    await policies.patch({ name: policy.name ?? "", updateMask: "enabled", requestBody: { enabled: true } });
    await projects.sinks.patch({
      sinkName: `${parent}/sinks/everything-to-bigquery`,
      updateMask: "disabled",
      requestBody: { disabled: false },
    });
    const changed = await scan(learning);
    expect(verdicts(changed, check)).toEqual({ [learning.id]: "pass" });
    expect(verdicts(changed, "gcp.logging.all-entries-sink")).toEqual({ [learning.id]: "pass" });
    await projects.metrics.update({
      metricName: `${parent}/metrics/sql`,
      requestBody: { name: "sql", filter: "severity>=ERROR" },
    });
    expect(verdicts(await scan(learning), check)).toEqual({ [learning.id]: "fail" });
  });

  it("shows in the next scan: APIs, contacts and API keys", async () => {
    using dev = remediate(learning);
    const name = `projects/${learning.id}/services/cloudasset.googleapis.com`;
    await (await dev.serviceusage()).services.enable({ name });
    await (await dev.essentialcontacts()).projects.contacts.create({
      parent: `projects/${learning.id}`,
      requestBody: {
        email: "legal@acme.example",
        notificationCategorySubscriptions: ["LEGAL", "SUSPENSION"],
        languageTag: "en",
      },
    });
    const changed = await scan(learning);
    expect(verdicts(changed, "gcp.serviceusage.asset-inventory")).toEqual({ [learning.id]: "pass" });
    expect(verdicts(changed, "gcp.essentialcontacts.project-contacts")).toEqual({ [learning.id]: "pass" });

    using prod = remediate(analytics);
    const { keys } = (await prod.apikeys()).projects.locations;
    const parent = `projects/${analytics.id}/locations/global`;
    const { data: listed } = await keys.list({ parent });
    const open = listed.keys?.find(({ displayName }) => displayName === "API key 1");
    await keys.patch({
      name: open?.name ?? "",
      updateMask: "restrictions",
      requestBody: {
        restrictions: {
          apiTargets: [{ service: "translate.googleapis.com" }],
          serverKeyRestrictions: { allowedIps: ["203.0.113.7"] },
        },
      },
    });
    const restricted = await scan(analytics);
    expect(verdicts(restricted, "gcp.apikeys.key-api-restrictions")["API key 1"]).toBe("pass");
    expect(verdicts(restricted, "gcp.apikeys.key-application-restrictions")["API key 1"]).toBe("pass");
    for (const key of listed.keys ?? []) await keys.delete({ name: key.name ?? "" });
    expect(verdicts(await scan(analytics), "gcp.apikeys.no-keys")).toEqual({ [analytics.id]: "pass" });
  });
});
