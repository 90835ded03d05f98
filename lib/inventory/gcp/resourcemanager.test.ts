import { expect, it } from "vitest";
import { projects } from "./resourcemanager.ts";
import { collect, project, rpcFailure } from "./test-answers.ts";

const get = "GET cloudresourcemanager.googleapis.com/v1/projects/example-project";
const getPolicy = "POST cloudresourcemanager.googleapis.com/v1/projects/example-project:getIamPolicy";

/** As the reference shows a project: https://docs.cloud.google.com/resource-manager/reference/rest/v1/projects */
const answer = {
  projectNumber: project.number,
  projectId: project.id,
  lifecycleState: "ACTIVE",
  name: "My project",
  createTime: "2023-07-19T12:00:00.123456Z",
  labels: { environment: "production" },
  parent: { type: "folder", id: "718203345566" },
};
/** The reference's own example of a policy, with an audit configuration as the same page shows one. */
const policy = {
  version: 3,
  etag: "BwWWja0YfJA=",
  bindings: [
    {
      role: "roles/resourcemanager.organizationAdmin",
      members: [
        "user:mike@example.com",
        "group:admins@example.com",
        "domain:google.com",
        "serviceAccount:my-project-id@appspot.gserviceaccount.com",
      ],
    },
    {
      role: "roles/resourcemanager.organizationViewer",
      members: ["user:eve@example.com"],
      condition: {
        title: "expirable access",
        description: "Does not grant access after Sep 2020",
        expression: "request.time < timestamp('2020-10-01T00:00:00.000Z')",
      },
    },
  ],
  auditConfigs: [
    {
      service: "allServices",
      auditLogConfigs: [
        { logType: "DATA_READ", exemptedMembers: ["user:jose@example.com"] },
        { logType: "DATA_WRITE" },
        { logType: "ADMIN_READ" },
      ],
    },
  ],
};
const resource = {
  uid: "//cloudresourcemanager.googleapis.com/projects/example-project",
  kind: "gcp.resourcemanager.project",
  account: "example-project",
  region: "global",
  name: "example-project",
  tags: { environment: "production" },
  config: {
    displayName: "My project",
    number: project.number,
    createdAt: "2023-07-19T12:00:00.123Z",
    bindings: [
      {
        role: "roles/resourcemanager.organizationAdmin",
        members: [
          "user:mike@example.com",
          "group:admins@example.com",
          "domain:google.com",
          "serviceAccount:my-project-id@appspot.gserviceaccount.com",
        ],
        condition: null,
      },
      {
        role: "roles/resourcemanager.organizationViewer",
        members: ["user:eve@example.com"],
        condition: "request.time < timestamp('2020-10-01T00:00:00.000Z')",
      },
    ],
    auditConfigs: [
      {
        service: "allServices",
        logs: [
          { type: "DATA_READ", exemptedMembers: ["user:jose@example.com"] },
          { type: "DATA_WRITE", exemptedMembers: [] },
          { type: "ADMIN_READ", exemptedMembers: [] },
        ],
      },
    ],
  },
  unread: [],
};

it("reads the project and its policy, asking for conditions", async () => {
  const bodies: string[] = [];
  const read = await collect(projects, {
    [get]: answer,
    [getPolicy]: ({ body }) => {
      bodies.push(body);
      return policy;
    },
  });
  expect(read).toMatchObject({ gaps: [], thrown: null, resources: [resource] });
  expect(read.resources).toEqual([resource]);
  expect(bodies.map((body) => JSON.parse(body))).toEqual([{ options: { requestedPolicyVersion: 3 } }]);
});

it("reads an empty policy as one that grants and logs nothing", async () => {
  const read = await collect(projects, { [get]: answer, [getPolicy]: { etag: "ACAB" } });
  expect(read.resources[0]?.config).toMatchObject({ bindings: [], auditConfigs: [] });
});

it("shows the project when nothing about it may be read", async () => {
  const denied = rpcFailure(403, "PERMISSION_DENIED");
  const read = await collect(projects, { [get]: denied, [getPolicy]: denied });
  expect(read.thrown).toBeNull();
  expect(read.resources).toEqual([
    {
      ...resource,
      tags: {},
      config: {},
      unread: ["displayName", "number", "createdAt", "bindings", "auditConfigs", "tags"],
    },
  ]);
  expect(read.gaps.map(({ operation, code }) => `${operation} ${code}`).sort()).toEqual([
    "resourcemanager.projects.get denied",
    "resourcemanager.projects.getIamPolicy denied",
  ]);
});

it.each([
  ["no policy", {}],
  [
    "a kind of log that isn't known",
    { etag: "a", auditConfigs: [{ service: "allServices", auditLogConfigs: [{}] }] },
  ],
])("doesn't take %s for a policy without grants", async (_what, wrong) => {
  const read = await collect(projects, { [get]: answer, [getPolicy]: wrong });
  expect(read.resources.map(({ unread }) => unread)).toEqual([["bindings", "auditConfigs"]]);
  expect(read.gaps).toMatchObject([
    { operation: "resourcemanager.projects.getIamPolicy", code: "malformed" },
  ]);
});
