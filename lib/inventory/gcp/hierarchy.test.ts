import { expect, it } from "vitest";
import { ancestors } from "./hierarchy.ts";
import { collect, disabled, paged, rpcFailure } from "./test-answers.ts";

const manager = "cloudresourcemanager.googleapis.com";
const getAncestry = `POST ${manager}/v1/projects/example-project:getAncestry`;
const folderPolicy = `POST ${manager}/v3/folders/718203345566:getIamPolicy`;
const organizationPolicy = `POST ${manager}/v3/organizations/402915770341:getIamPolicy`;
const folderSinks = "GET logging.googleapis.com/v2/folders/718203345566/sinks";
const organizationSinks = "GET logging.googleapis.com/v2/organizations/402915770341/sinks";

const ancestry = {
  ancestor: [
    { resourceId: { type: "project", id: "example-project" } },
    { resourceId: { type: "folder", id: "718203345566" } },
    { resourceId: { type: "organization", id: "402915770341" } },
  ],
};
const place = { kind: "gcp.hierarchy.ancestor", account: "example-project", region: "global", tags: {} };
const folder = {
  ...place,
  uid: `//${manager}/folders/718203345566`,
  name: "folders/718203345566",
};
const organization = {
  ...place,
  uid: `//${manager}/organizations/402915770341`,
  name: "organizations/402915770341",
};
const denied = rpcFailure(403, "PERMISSION_DENIED");

it("reads what folders and organization log, and the sinks that take in projects below", async () => {
  const read = await collect(ancestors, {
    [getAncestry]: ancestry,
    [folderPolicy]: { etag: "BwWWja0YfJA=", version: 1 },
    [organizationPolicy]: {
      etag: "BwWWja0YfJA=",
      auditConfigs: [{ service: "allServices", auditLogConfigs: [{ logType: "ADMIN_READ" }] }],
    },
    [folderSinks]: {},
    [organizationSinks]: paged(
      {
        sinks: [{ name: "own", destination: "storage.googleapis.com/a" }],
        nextPageToken: "next",
      },
      {
        sinks: [
          {
            name: "all",
            resourceName: "organizations/402915770341/sinks/all",
            destination: "storage.googleapis.com/b",
            filter: "severity>=ERROR",
            includeChildren: true,
            writerIdentity: "serviceAccount:o402915770341-1@gcp-sa-logging.iam.gserviceaccount.com",
            exclusions: [{ name: "noise", filter: "textPayload:x" }],
          },
        ],
      },
    ),
  });
  expect(read).toMatchObject({ gaps: [], thrown: null });
  expect(read.resources).toEqual([
    { ...folder, config: { auditConfigs: [], sinks: [] }, unread: [] },
    {
      ...organization,
      config: {
        auditConfigs: [{ service: "allServices", logs: [{ type: "ADMIN_READ", exemptedMembers: [] }] }],
        sinks: [
          {
            name: "all",
            destination: "storage.googleapis.com/b",
            filter: "severity>=ERROR",
            disabled: false,
            exclusions: [{ name: "noise", filter: "textPayload:x", disabled: false }],
          },
        ],
      },
      unread: [],
    },
  ]);
});

it("finds nothing above a project of no organization", async () => {
  const read = await collect(ancestors, { [getAncestry]: { ancestor: ancestry.ancestor.slice(0, 1) } });
  expect(read).toMatchObject({ resources: [], gaps: [], thrown: null });
});

it("leaves absent what an account connected by itself may not see above it", async () => {
  const read = await collect(ancestors, {
    [getAncestry]: ancestry,
    [folderPolicy]: { etag: "a" },
    [folderSinks]: disabled(),
    [organizationPolicy]: denied,
    [organizationSinks]: denied,
  });
  expect(read.thrown).toBeNull();
  expect(read.resources).toEqual([
    { ...folder, config: { auditConfigs: [] }, unread: ["sinks"] },
    { ...organization, config: {}, unread: ["auditConfigs", "sinks"] },
  ]);
  expect(read.gaps.map(({ operation, code }) => `${operation} ${code}`).sort()).toEqual([
    "logging.sinks.list denied",
    "logging.sinks.list disabled",
    "resourcemanager.organizations.getIamPolicy denied",
  ]);
});

it.each([{}, { ancestor: [] }, { ancestor: ancestry.ancestor.slice(1) }])(
  "doesn't believe an ancestry that begins elsewhere: %j",
  async (wrong) => {
    const read = await collect(ancestors, { [getAncestry]: wrong });
    expect(read).toMatchObject({ resources: [], thrown: { operation: "resourcemanager.projects.get" } });
  },
);
