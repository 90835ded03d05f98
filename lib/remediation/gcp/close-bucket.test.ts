import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { open, rehearse } from "../test-journal.ts";
import { startTestProjects, type TestProjects } from "./test-project.ts";

const operation = "gcp.storage.close-bucket";
const check = "gcp.storage.bucket-public-access";

let projects: TestProjects;
beforeAll(async () => {
  projects = await startTestProjects();
});
afterEach(() => projects.sandbox.faults.reset());
afterAll(() => projects.close());

const bucket = (name: string) =>
  projects.analytics.target(
    "gcp.storage.bucket",
    `//storage.googleapis.com/projects/_/buckets/${name}`,
    name,
  );

const policyOf = async (name: string) => {
  const { buckets } = await projects.analytics.clients.storage();
  return (await buckets.getIamPolicy({ bucket: name, optionsRequestedPolicyVersion: 3 })).data;
};

it.each([
  ["everyone", "acme-public-charts", ["prevent", "policy"]],
  ["every Google account", "acme-analytics-partner-demo", ["prevent", "policy"]],
  ["an ACL", "acme-analytics-old-uploads", ["prevent", "policy"]],
  ["the ACL of objects to come", "acme-analytics-exchange", ["prevent", "close-allUsers"]],
])("closes a bucket that is open to %s", async (_what, name, calls) => {
  const { account } = projects.analytics;
  const { plan } = await rehearse({ account, target: bucket(name), operation, checks: [check] });
  expect(plan.calls.map(({ id }) => id)).toEqual(calls);
  expect("calls" in plan.wayBack && plan.wayBack.calls.length).toBe(calls.length);
});

it("removes the grants alone where prevention isn't wanted", async () => {
  const { account } = projects.analytics;
  const rehearsal = { account, operation, with: { preventPublicAccess: false }, checks: [check] };
  const { plan } = await rehearse({ ...rehearsal, target: bucket("acme-public-charts") });
  const remove = [{ role: "roles/storage.objectViewer", members: ["allUsers"], condition: null }];
  expect(plan.calls).toEqual([
    {
      id: "policy",
      api: "gcp.storage.buckets.setIamPolicy",
      input: { bucket: "acme-public-charts", remove, add: [] },
    },
  ]);
  expect(plan.commands).toEqual([
    "gcloud storage buckets remove-iam-policy-binding gs://acme-public-charts --role=roles/storage.objectViewer --member=allUsers --condition=None",
  ]);
  await rehearse({ ...rehearsal, target: bucket("acme-analytics-exchange") });
});

it("keeps other members and conditions, also what somebody grants in the same moment", async () => {
  const { analytics, sandbox } = projects;
  const name = "acme-analytics-partner-demo";
  const { buckets } = await analytics.clients.storage();
  const before = await policyOf(name);
  const condition = { title: "until June", expression: 'request.time < timestamp("2030-06-01T00:00:00Z")' };
  const own = [
    { role: "roles/storage.objectViewer", members: ["allUsers", "user:a@acme.example"] },
    { role: "roles/storage.objectViewer", members: ["user:b@acme.example"], condition },
  ];
  const bindings = [...(before.bindings ?? []), ...own];
  await buckets.setIamPolicy({
    bucket: name,
    requestBody: { bindings, version: 3, etag: before.etag ?? null },
  });
  const { account } = analytics;
  await rehearse({ account, target: bucket(name), operation, checks: [check], crashes: false });

  const target = bucket(name);
  const { handler, context, close } = open({ account, target });
  const spec = { kind: "gcp", operation, with: { preventPublicAccess: false } };
  const plan = await handler.plan(spec, context());
  if (plan.outcome !== "change") throw new Error(plan.reason);
  let strikes = 1;
  sandbox.faults.beforeHandler = async ({ operation: called }) => {
    if (!called.includes("PUT") || strikes === 0) return;
    strikes -= 1;
    const policy = sandbox.gcp?.estate.projects.get(analytics.id)?.collections.get("storage.buckets");
    const state = policy?.get(name) as { policy: { bindings: object[] } } | undefined;
    state?.policy.bindings.push({ role: "roles/storage.admin", members: ["user:c@acme.example"] });
  };
  const action = { ...spec, action: "a", title: "A", timeoutSeconds: 60, plan };
  const { differs } = await handler.apply(action, context(), plan.before);
  expect({ strikes, differs }).toEqual({
    strikes: 0,
    differs: "Read again, the resource is not as it was planned.",
  });
  const after = await policyOf(name);
  expect(after.version).toBe(3);
  expect(after.bindings).toEqual(
    expect.arrayContaining([
      { role: "roles/storage.admin", members: ["user:c@acme.example"] },
      { role: "roles/storage.objectViewer", members: ["user:a@acme.example"] },
      { role: "roles/storage.objectViewer", members: ["user:b@acme.example"], condition },
    ]),
  );
  expect(JSON.stringify(after)).not.toMatch(/allUsers|allAuthenticatedUsers/);
  close();
});

it("has nothing to do where public access is prevented, or nobody is let in", async () => {
  for (const name of ["acme-analytics-reports", "acme-analytics-lake"]) {
    const { handler, context, close } = open({ account: projects.analytics.account, target: bucket(name) });
    const plan = await handler.plan({ kind: "gcp", operation, with: {} }, context());
    expect(plan.outcome, name).toBe("nothing");
    close();
  }
});

it("can't let the public in where public access is prevented", async () => {
  const { buckets } = await projects.analytics.clients.storage();
  const { bindings = [] } = await policyOf("acme-analytics-lake");
  const requestBody = {
    bindings: [...(bindings ?? []), { role: "roles/storage.admin", members: ["allUsers"] }],
  };
  await expect(buckets.setIamPolicy({ bucket: "acme-analytics-lake", requestBody })).rejects.toThrow(
    "public access prevention is enforced",
  );
});
