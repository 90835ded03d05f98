import { expect, it } from "vitest";
import { datasets, tables } from "./bigquery.ts";
import { collect, disabled, failure, paged, project } from "./test-answers.ts";

const list = `GET bigquery.googleapis.com/bigquery/v2/projects/${project.id}/datasets`;
const ask = `POST cloudresourcemanager.googleapis.com/v1/projects/${project.id}:testIamPermissions`;
const held = { permissions: ["bigquery.datasets.get"] };

/** As the reference shows them: https://docs.cloud.google.com/bigquery/docs/reference/rest/v2/datasets/list */
const listed = (datasetId: string, rest: object = {}) => ({
  kind: "bigquery#dataset",
  id: `${project.id}:${datasetId}`,
  datasetReference: { datasetId, projectId: project.id },
  location: "EU",
  type: "DEFAULT",
  ...rest,
});
const page = (datasetList: object[], rest: object = {}) => ({
  kind: "bigquery#datasetList",
  etag: "q1",
  datasets: datasetList,
  ...rest,
});
const key = "projects/example-project/locations/eu/keyRings/r/cryptoKeys/k";
const payments = {
  ...listed("payments", { labels: { team: "data" } }),
  etag: "e",
  selfLink: "https://bigquery.googleapis.com/bigquery/v2/projects/example-project/datasets/payments",
  access: [
    { role: "WRITER", specialGroup: "projectWriters" },
    { role: "OWNER", userByEmail: "ann@example.com" },
    { role: "READER", groupByEmail: "finance@example.com" },
    { role: "READER", domain: "example.com" },
    { role: "READER", specialGroup: "allAuthenticatedUsers" },
    { role: "roles/bigquery.dataViewer", iamMember: "allUsers" },
    {
      role: "roles/bigquery.dataViewer",
      userByEmail: "bob@example.com",
      condition: { title: "spring", expression: 'request.time < timestamp("2026-03-20T00:00:00Z")' },
    },
    { view: { projectId: "p", datasetId: "d", tableId: "v" } },
    { routine: { projectId: "p", datasetId: "d", routineId: "r" } },
    { dataset: { dataset: { projectId: "p", datasetId: "shared" }, targetTypes: ["VIEWS"] } },
  ],
  creationTime: "1675866300123",
  lastModifiedTime: "1675866300123",
  defaultEncryptionConfiguration: { kmsKeyName: key },
};

const uid = (datasetId: string) => `//bigquery.googleapis.com/projects/${project.id}/datasets/${datasetId}`;
const place = { kind: "gcp.bigquery.dataset", account: project.id, region: "eu" };
const granted = (member: string, role: string | null, condition: string | null = null) => ({
  member,
  role,
  condition,
});

it("reads datasets over pages, with whom they are opened to", async () => {
  const plain = { ...listed("plain"), access: [{ role: "OWNER", specialGroup: "projectOwners" }] };
  const read = await collect(datasets, {
    [list]: paged(
      page([listed("payments", { labels: { team: "data" } })], { nextPageToken: "t" }),
      page([plain]),
    ),
    [`${list}/payments`]: ({ query }) => (query.get("accessPolicyVersion") === "3" ? payments : {}),
    [`${list}/plain`]: plain,
    [ask]: held,
  });
  expect(read).toMatchObject({ gaps: [], thrown: null });
  expect(read.resources).toEqual([
    {
      ...place,
      uid: uid("payments"),
      name: "payments",
      tags: { team: "data" },
      config: {
        createdAt: "2023-02-08T14:25:00.123Z",
        type: "DEFAULT",
        access: [
          granted("projectWriters", "WRITER"),
          granted("user:ann@example.com", "OWNER"),
          granted("group:finance@example.com", "READER"),
          granted("domain:example.com", "READER"),
          granted("allAuthenticatedUsers", "READER"),
          granted("allUsers", "roles/bigquery.dataViewer"),
          granted(
            "user:bob@example.com",
            "roles/bigquery.dataViewer",
            'request.time < timestamp("2026-03-20T00:00:00Z")',
          ),
          granted("view:p.d.v", null),
          granted("routine:p.d.r", null),
          granted("dataset:p.shared", null),
        ],
        defaultKmsKey: key,
      },
      unread: [],
    },
    {
      ...place,
      uid: uid("plain"),
      name: "plain",
      tags: {},
      config: {
        createdAt: null,
        type: "DEFAULT",
        access: [granted("projectOwners", "OWNER")],
        defaultKmsKey: null,
      },
      unread: [],
    },
  ]);
});

it("does not take a list for whole that leaves out what the caller may not see", async () => {
  const read = await collect(datasets, { [list]: { kind: "bigquery#datasetList", etag: "e" }, [ask]: {} });
  expect(read.resources).toEqual([]);
  expect(read.thrown).toMatchObject({
    operation: "bigquery.datasets.get",
    cause: { status: 403, message: expect.stringContaining("bigquery.datasets.get") },
  });
});

it("has no datasets when the list is empty and would show them", async () => {
  const read = await collect(datasets, { [list]: { kind: "bigquery#datasetList" }, [ask]: held });
  expect(read).toMatchObject({ resources: [], gaps: [], thrown: null });
});

it.each([datasets, tables])(
  "does not take an API that is switched off for there being none: $kind",
  async (collector) => {
    const read = await collect<"gcp.bigquery.dataset" | "gcp.bigquery.table">(collector, {
      [list]: disabled(),
      [ask]: held,
    });
    expect(read.resources).toEqual([]);
    expect(read.thrown).toMatchObject({ operation: "bigquery.datasets.get" });
  },
);

it("keeps a dataset whose access may not be read, and leaves out one that is gone", async () => {
  const read = await collect(datasets, {
    [list]: page([listed("payments"), listed("gone")]),
    [`${list}/payments`]: failure(403, "accessDenied"),
    [ask]: held,
  });
  expect(read.resources).toEqual([
    {
      ...place,
      uid: uid("payments"),
      name: "payments",
      tags: {},
      config: {},
      unread: ["createdAt", "type", "access", "defaultKmsKey"],
    },
  ]);
  expect(read.gaps).toMatchObject([
    { operation: "bigquery.datasets.get", code: "denied", resourceUid: uid("payments") },
  ]);
});

it("makes an answer without access, or with an entry for nobody, a gap", async () => {
  const read = await collect(datasets, {
    [list]: page([listed("a"), listed("b")]),
    [`${list}/a`]: listed("a"),
    [`${list}/b`]: { ...listed("b"), access: [{ role: "READER" }] },
    [ask]: held,
  });
  expect(read.gaps.map(({ code }) => code)).toEqual(["malformed", "malformed"]);
});

const table = (tableId: string, type: string, rest: object = {}) => ({
  kind: "bigquery#table",
  id: `${project.id}:payments.${tableId}`,
  tableReference: { projectId: project.id, datasetId: "payments", tableId },
  type,
  creationTime: "1675866300123",
  ...rest,
});

it("reads tables, asking once each for the keys of those that hold data", async () => {
  const at = `${list}/payments/tables`;
  const read = await collect(tables, {
    [list]: page([listed("payments"), listed("empty")]),
    [at]: paged(
      { kind: "bigquery#tableList", tables: [table("a", "TABLE"), table("v", "VIEW")], nextPageToken: "t" },
      { kind: "bigquery#tableList", tables: [table("s", "SNAPSHOT"), table("lost", "TABLE")], totalItems: 4 },
    ),
    [`${list}/empty/tables`]: { kind: "bigquery#tableList", totalItems: 0 },
    [`${at}/a`]: table("a", "TABLE", { encryptionConfiguration: { kmsKeyName: key } }),
    [`${at}/s`]: ({ query }) => (query.get("view") === "BASIC" ? table("s", "SNAPSHOT") : {}),
    [`${at}/lost`]: failure(403, "accessDenied"),
    [ask]: held,
  });
  const config = (type: string, rest: object) => ({
    dataset: "payments",
    type,
    createdAt: "2023-02-08T14:25:00.123Z",
    ...rest,
  });
  expect(read.thrown).toBeNull();
  expect(
    read.resources.map(({ name, region, config, unread }) => ({ name, region, config, unread })),
  ).toEqual([
    { name: "payments.a", region: "eu", config: config("TABLE", { kmsKey: key }), unread: [] },
    { name: "payments.lost", region: "eu", config: config("TABLE", {}), unread: ["kmsKey"] },
    { name: "payments.s", region: "eu", config: config("SNAPSHOT", { kmsKey: null }), unread: [] },
    { name: "payments.v", region: "eu", config: config("VIEW", { kmsKey: null }), unread: [] },
  ]);
  expect(read.gaps).toMatchObject([{ operation: "bigquery.tables.get", code: "denied" }]);
});

it("keeps the tables of other datasets when one dataset's can't be listed", async () => {
  const read = await collect(tables, {
    [list]: page([listed("secret"), listed("payments")]),
    [`${list}/secret/tables`]: failure(403, "accessDenied"),
    [`${list}/payments/tables`]: { kind: "bigquery#tableList", tables: [table("v", "VIEW")] },
    [ask]: held,
  });
  expect(read.resources.map(({ name }) => name)).toEqual(["payments.v"]);
  expect(read.thrown).toMatchObject({ operation: "bigquery.tables.list" });
});
