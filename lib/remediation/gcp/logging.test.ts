import { afterAll, beforeAll, expect, it } from "vitest";
import type { Json } from "../model.ts";
import { open, rehearse } from "../test-journal.ts";
import { startTestProjects, type TestProject, type TestProjects } from "./test-project.ts";

let projects: TestProjects;
beforeAll(async () => {
  projects = await startTestProjects();
});
afterAll(() => projects.close());

const projectIn = ({ id, target }: TestProject) =>
  target("gcp.resourcemanager.project", `//cloudresourcemanager.googleapis.com/projects/${id}`, id);
const computeIn = ({ id, target }: TestProject, path: string, kind: "network" | "subnet") => {
  const [, region = "global", , name = ""] = path.startsWith("regions/")
    ? path.split("/")
    : ["", undefined, "", path.split("/").at(-1)];
  return target(`gcp.compute.${kind}`, `//compute.googleapis.com/projects/${id}/${path}`, name, region);
};

async function outcomeOf(
  { account }: TestProject,
  target: ReturnType<TestProject["target"]>,
  operation: string,
  parameters: { [key: string]: Json } = {},
): Promise<string> {
  const { handler, context, close } = open({ account, target });
  try {
    return (await handler.plan({ kind: "gcp", operation, with: parameters }, context())).outcome;
  } finally {
    close();
  }
}

it("logs all access to data, exempts nobody, and gives back what was logged and who was exempted", async () => {
  const checks = ["gcp.resourcemanager.project-audit-logs"];
  const operation = "gcp.resourcemanager.log-data-access";
  const { learning } = projects;
  const api = await learning.clients.cloudresourcemanager();
  const request = { resource: learning.id, requestBody: { options: { requestedPolicyVersion: 3 } } };
  const before = (await api.projects.getIamPolicy(request)).data;
  const { plan } = await rehearse({
    account: learning.account,
    target: projectIn(learning),
    operation,
    checks,
  });
  expect(plan.notes).toEqual([
    expect.any(String),
    `No longer exempted from logging: serviceAccount:feature-store@${learning.id}.iam.gserviceaccount.com.`,
  ]);
  expect(plan.after).toEqual({
    auditConfigs: [
      {
        service: "allServices",
        auditLogConfigs: ["ADMIN_READ", "DATA_READ", "DATA_WRITE"].map((logType) => ({
          logType,
          exemptedMembers: [],
        })),
      },
    ],
  });
  expect((await api.projects.getIamPolicy(request)).data).toEqual(before);
});

it("leaves the bindings alone that somebody else changes in the same moment", async () => {
  const { learning, sandbox } = projects;
  const target = projectIn(learning);
  const { handler, context, close } = open({ account: learning.account, target });
  const spec = { kind: "gcp", operation: "gcp.resourcemanager.log-data-access", with: {} };
  const plan = await handler.plan(spec, context());
  if (plan.outcome !== "change") throw new Error(plan.reason);
  const policies = sandbox.gcp?.estate.projects.get(learning.id)?.collections.get("resourcemanager.policies");
  const policy = policies?.get("policy") as { bindings: object[] };
  const granted = { role: "roles/viewer", members: ["user:new@acme.example"] };
  let strikes = 1;
  sandbox.faults.beforeHandler = async ({ operation }) => {
    if (!operation.includes("setIamPolicy") || strikes === 0) return;
    strikes -= 1;
    policy.bindings = [...policy.bindings, granted];
  };
  const action = { ...spec, action: "a", title: "A", timeoutSeconds: 60, plan };
  const step = context();
  const { after, differs } = await handler.apply(action, step, plan.before);
  sandbox.faults.reset();
  expect({ strikes, differs }).toEqual({ strikes: 0, differs: null });
  const images = { before: plan.before, after, calls: step.journal.records };
  expect(await handler.rollback(action, context(), images)).toEqual({ after: plan.before, differs: null });
  const now = policies?.get("policy") as { bindings: object[] };
  expect(now.bindings).toContainEqual(granted);
  close();
});

it("exports every entry to where it is told, or switches on the sink that did", async () => {
  const { learning, analytics } = projects;
  const operation = "gcp.logging.export-all-logs";
  const rehearsal = {
    account: learning.account,
    target: projectIn(learning),
    operation,
    checks: ["gcp.logging.all-entries-sink"],
  };
  const destination = `logging.googleapis.com/projects/${learning.id}/locations/global/buckets/all`;
  const made = await rehearse({ ...rehearsal, with: { destination } });
  expect(made.plan.commands).toEqual([
    `gcloud logging sinks create parapet-all-entries ${destination} --project=${learning.id}`,
  ]);
  const switched = await rehearse({ ...rehearsal, with: { destination: null } });
  expect(switched.plan.commands).toEqual([
    `gcloud logging sinks update everything-to-bigquery --project=${learning.id} --no-disabled`,
  ]);
  expect(await outcomeOf(analytics, projectIn(analytics), operation)).toBe("nothing");
});

it("turns on flow logs, also where they were never set, and where they sampled nothing", async () => {
  const { analytics, learning } = projects;
  const checks = ["gcp.compute.subnet-flow-logs"];
  const operation = "gcp.compute.log-flows";
  const partners = computeIn(analytics, "regions/europe-west3/subnetworks/partners-fra", "subnet");
  const { account } = analytics;
  const { plan } = await rehearse({ account, target: partners, operation, with: { sampling: 0.25 }, checks });
  expect(plan.commands).toEqual([
    `gcloud compute networks subnets update partners-fra --project=${analytics.id} --region=europe-west3 --enable-flow-logs --logging-aggregation-interval=interval-5-sec --logging-flow-sampling=0.25 --logging-metadata=include-all`,
  ]);
  const scratch = computeIn(learning, "regions/europe-west4/subnetworks/scratch-ams", "subnet");
  await rehearse({ account: learning.account, target: scratch, operation, checks });

  const compute = await learning.clients.compute();
  const at = { project: learning.id, region: "europe-west4", subnetwork: "ml-ams" };
  const { fingerprint } = (await compute.subnetworks.get(at)).data;
  const logConfig = { flowSampling: 0, filterExpr: "inIpRange(connection.src_ip, '10.0.0.0/8')" };
  await compute.subnetworks.patch({ ...at, requestBody: { fingerprint: fingerprint ?? null, logConfig } });
  const ml = computeIn(learning, "regions/europe-west4/subnetworks/ml-ams", "subnet");
  const { after } = await rehearse({
    account: learning.account,
    target: ml,
    operation,
    checks,
    crashes: false,
  });
  expect(after).toMatchObject({ logConfig: { ...logConfig, flowSampling: 0.5 } });
  const proxies = computeIn(analytics, "regions/europe-west3/subnetworks/analytics-proxies", "subnet");
  expect(await outcomeOf(analytics, proxies, operation)).toBe("nothing");
});

it("logs DNS queries by the policy that a network has, or one of its own", async () => {
  const { analytics, learning } = projects;
  const checks = ["gcp.compute.network-dns-logging"];
  const operation = "gcp.dns.log-queries";
  const found = await Promise.all(
    [analytics, learning].map(async (project) => {
      const { policies } = await project.clients.dns();
      const compute = await project.clients.compute();
      const { data } = await policies.list({ project: project.id });
      const networks = (await compute.networks.list({ project: project.id })).data.items ?? [];
      return networks.map(({ name, selfLink }) => {
        const policy = data.policies?.find((one) =>
          one.networks?.some(({ networkUrl }) => networkUrl?.endsWith(String(selfLink?.split("/v1/")[1]))),
        );
        const kind = !policy ? "none" : policy.enableLogging ? "logs" : "silent";
        return { project, kind, target: computeIn(project, `global/networks/${name}`, "network") };
      });
    }),
  );
  const seen = new Set<string>();
  for (const { project, kind, target } of found.flat()) {
    if (seen.has(kind)) continue;
    seen.add(kind);
    if (kind === "logs") expect(await outcomeOf(project, target, operation)).toBe("nothing");
    else {
      const { plan } = await rehearse({ account: project.account, target, operation, checks });
      expect(plan.calls.map(({ id }) => id)).toEqual([kind === "none" ? "create" : "patch"]);
    }
  }
  expect([...seen].sort()).toEqual(["logs", "none", "silent"]);
});

it("has PostgreSQL log what was switched off, and gives back the flags as they were", async () => {
  const { learning } = projects;
  const { instances } = await learning.clients.sqladmin();
  const name = "labels-pg";
  const flags = async () =>
    (await instances.get({ project: learning.id, instance: name })).data.settings?.databaseFlags;
  const before = await flags();
  const uid = `//cloudsql.googleapis.com/projects/${learning.id}/instances/${name}`;
  const target = learning.target("gcp.cloudsql.instance", uid, name, "europe-west4");
  const checks = [
    "connections",
    "disconnections",
    "error-verbosity",
    "min-duration",
    "min-error-statement",
    "min-messages",
    "statement",
  ].map((flag) => `gcp.cloudsql.postgres-log-${flag}`);
  const operation = "gcp.cloudsql.log-sessions";
  const { plan } = await rehearse({ account: learning.account, target, operation, checks });
  expect(plan.commands).toEqual([
    "gcloud sql instances patch labels-pg --project=acme-ml-dev --database-flags=log_connections=on,log_disconnections=on,log_error_verbosity=default,log_min_duration_statement=-1,log_min_error_statement=error,log_min_messages=warning,log_statement=ddl",
  ]);
  const byName = (a: { name?: string | null }, b: { name?: string | null }) =>
    String(a.name) < String(b.name) ? -1 : 1;
  expect((await flags())?.toSorted(byName)).toEqual(before?.toSorted(byName));
});

it("logs the requests to a load balancer, and leaves alone what serves none", async () => {
  const { analytics } = projects;
  const operation = "gcp.compute.log-requests";
  const at = (path: string, name: string, region: string) =>
    analytics.target(
      "gcp.compute.backend-service",
      `//compute.googleapis.com/projects/${analytics.id}/${path}/backendServices/${name}`,
      name,
      region,
    );
  const target = at("global", "partner-api", "global");
  const checks = ["gcp.compute.backend-service-logging"];
  const { plan } = await rehearse({ account: analytics.account, target, operation, checks });
  expect(plan.commands).toEqual([
    `gcloud compute backend-services update partner-api --project=${analytics.id} --global --enable-logging --logging-sample-rate=1`,
  ]);
  const proxy = at("regions/europe-west3", "warehouse-proxy", "europe-west3");
  expect(await outcomeOf(analytics, proxy, operation)).toBe("nothing");
});
