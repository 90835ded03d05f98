import { afterAll, beforeAll, expect, it } from "vitest";
import { acmeProjects } from "#sandbox/estates/acme-gcp.ts";
import { operations } from "../catalogue.ts";
import type { Json } from "../model.ts";
import { open } from "../test-journal.ts";
import { startTestProjects, type TestProject, type TestProjects } from "./test-project.ts";

let projects: TestProjects;
beforeAll(async () => {
  projects = await startTestProjects();
});
afterAll(() => projects.close());

type Try = {
  of(projects: TestProjects): TestProject;
  target(project: TestProject): ReturnType<TestProject["target"]>;
  with?: { [key: string]: Json };
};
const inAnalytics = ({ analytics }: TestProjects) => analytics;
const inLearning = ({ learning }: TestProjects) => learning;
const compute =
  (
    kind: "firewall" | "network" | "subnet" | "instance" | "backend-service",
    path: string,
    region = "global",
  ): Try["target"] =>
  ({ id, target }) =>
    target(
      `gcp.compute.${kind}`,
      `//compute.googleapis.com/projects/${id}/${path}`,
      path.split("/").at(-1) ?? "",
      region,
    );
const project: Try["target"] = ({ id, target }) =>
  target("gcp.resourcemanager.project", `//cloudresourcemanager.googleapis.com/projects/${id}`, id);
const account =
  (name: string): Try["target"] =>
  ({ id, target }) => {
    const email = `${name}@${id}.iam.gserviceaccount.com`;
    return target(
      "gcp.iam.service-account",
      `//iam.googleapis.com/projects/${id}/serviceAccounts/${email}`,
      email,
    );
  };

/** Something of each operation to do, such that all of its calls are made on the way there and back, but the last's. */
const tries: Record<string, Try> = {
  "gcp.compute.restrict-firewall": {
    of: inAnalytics,
    target: compute("firewall", "global/firewalls/analytics-consultant-ssh"),
    with: { exceptions: ["203.0.113.0/24"] },
  },
  "gcp.compute.restrict-network-policies": {
    of: inLearning,
    target: compute("network", "global/networks/ml"),
  },
  "gcp.storage.close-bucket": {
    of: inAnalytics,
    target: ({ target }) =>
      target(
        "gcp.storage.bucket",
        "//storage.googleapis.com/projects/_/buckets/acme-analytics-exchange",
        "acme-analytics-exchange",
      ),
  },
  "gcp.bigquery.close-dataset": {
    of: inAnalytics,
    target: ({ id, target }) =>
      target(
        "gcp.bigquery.dataset",
        `//bigquery.googleapis.com/projects/${id}/datasets/merchant_feed`,
        "merchant_feed",
        "eu",
      ),
  },
  "gcp.resourcemanager.log-data-access": { of: inLearning, target: project },
  "gcp.logging.export-all-logs": {
    of: inLearning,
    target: project,
    with: { destination: "storage.googleapis.com/acme-ml-dev-log-export" },
  },
  "gcp.compute.log-flows": {
    of: inLearning,
    target: compute("subnet", "regions/europe-west4/subnetworks/scratch-ams", "europe-west4"),
  },
  "gcp.dns.log-queries": { of: inLearning, target: compute("network", "global/networks/ml") },
  "gcp.compute.log-requests": {
    of: inAnalytics,
    target: compute("backend-service", "global/backendServices/partner-api"),
  },
  "gcp.cloudsql.log-sessions": {
    of: inLearning,
    target: ({ id, target }) =>
      target(
        "gcp.cloudsql.instance",
        `//cloudsql.googleapis.com/projects/${id}/instances/labels-pg`,
        "labels-pg",
      ),
  },
  "gcp.compute.require-os-login": {
    of: inAnalytics,
    target: compute("instance", "zones/europe-west3-b/instances/etl-legacy", "europe-west3-b"),
  },
  "gcp.iam.rotate-service-account-key": { of: inAnalytics, target: account("looker-export") },
  "gcp.iam.delete-disabled-keys": { of: inLearning, target: account("model-trainer") },
};

const ids = operations.filter(({ cloud }) => cloud === "gcp").map(({ id }) => id);

it("tries every operation", () => {
  expect(Object.keys(tries).sort()).toEqual([...ids].sort());
});

it.each(ids)("%s needs no permission that it doesn't name", async (id) => {
  const { of, target: targetOf, with: parameters = {} } = tries[id] ?? { of: inAnalytics, target: project };
  const one = of(projects);
  const target = targetOf(one);
  const writer = acmeProjects.find((acme) => acme.id === one.id)?.remediator ?? "";
  const access = projects.sandbox.gcp?.estate.projects.get(one.id)?.access;
  const { handler, context, close } = open({ account: one.account, target });
  const spec = { kind: "gcp", operation: id, with: parameters };
  const { permissions, irreversible } = handler.describe(spec);
  access?.set(writer, ["resourcemanager.projects.get", ...permissions.read]);
  try {
    const plan = await handler.plan(spec, context());
    if (plan.outcome !== "change") throw new Error(`${plan.outcome}: ${plan.reason}`);
    access?.set(writer, ["resourcemanager.projects.get", ...permissions.read, ...permissions.write]);
    const action = { ...spec, action: "a", title: "A", timeoutSeconds: 60, plan };
    const step = context();
    const { after, differs } = await handler.apply(action, step, plan.before);
    expect(differs).toBeNull();
    if (irreversible !== null) return;
    const images = { before: plan.before, after, calls: step.journal.records };
    expect(await handler.rollback(action, context(), images)).toEqual({ after: plan.before, differs: null });
  } finally {
    access?.set(writer, "editor");
    close();
  }
});
