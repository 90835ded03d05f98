import { afterAll, beforeAll, expect, it } from "vitest";
import { open, rehearse } from "../test-journal.ts";
import { startTestProjects, type TestProjects } from "./test-project.ts";

const operation = "gcp.bigquery.close-dataset";
const checks = ["gcp.bigquery.dataset-public-access"];

let projects: TestProjects;
beforeAll(async () => {
  projects = await startTestProjects();
});
afterAll(() => projects.close());

const dataset = (name: string) => {
  const { id, target } = projects.analytics;
  return target(
    "gcp.bigquery.dataset",
    `//bigquery.googleapis.com/projects/${id}/datasets/${name}`,
    name,
    "eu",
  );
};

it.each([
  ["every Google account", "industry_benchmarks", "roles/bigquery.dataViewer", "allAuthenticatedUsers"],
  ["everyone", "merchant_feed", "roles/bigquery.dataViewer", "allUsers"],
])(
  "closes a dataset that is open to %s, and keeps the rest of its access",
  async (_what, name, role, who) => {
    const { account, id } = projects.analytics;
    const { plan } = await rehearse({ account, target: dataset(name), operation, checks });
    expect(plan.commands).toEqual([
      `bq query --nouse_legacy_sql 'REVOKE \`${role}\` ON SCHEMA \`${id}.${name}\` FROM "specialGroup:${who}"'`,
    ]);
  },
);

it("keeps what somebody else grants in the same moment", async () => {
  const { analytics, sandbox } = projects;
  const target = dataset("merchant_feed");
  const { handler, context, close } = open({ account: analytics.account, target });
  const spec = { kind: "gcp", operation, with: {} };
  const plan = await handler.plan(spec, context());
  if (plan.outcome !== "change") throw new Error(plan.reason);
  const datasets = sandbox.gcp?.estate.projects.get(analytics.id)?.collections.get("bigquery.datasets");
  const entry = { role: "READER", groupByEmail: "new@acme.example" };
  let strikes = 1;
  sandbox.faults.beforeHandler = async ({ operation: called }) => {
    if (!called.includes("PATCH") || strikes === 0) return;
    strikes -= 1;
    const stored = datasets?.get(target.name) as { access: object[] } | undefined;
    stored?.access.push(entry);
  };
  const action = { ...spec, action: "a", title: "A", timeoutSeconds: 60, plan };
  const { after, differs } = await handler.apply(action, context(), plan.before);
  sandbox.faults.reset();
  expect({ strikes, differs }).toEqual({
    strikes: 0,
    differs: "Read again, the resource is not as it was planned.",
  });
  expect(JSON.stringify(after)).toContain("new@acme.example");
  expect(JSON.stringify(after)).not.toContain("allUsers");
  close();
});

it("has nothing to do for a dataset that is closed", async () => {
  const { handler, context, close } = open({
    account: projects.analytics.account,
    target: dataset("payments"),
  });
  expect((await handler.plan({ kind: "gcp", operation, with: {} }, context())).outcome).toBe("nothing");
  close();
});
