import { expect, it } from "vitest";
import { ListFailed } from "../answers.ts";
import { buckets } from "./storage.ts";
import { collect, disabled, failure, GcpFailure, paged } from "./test-answers.ts";

const list = "GET storage.googleapis.com/storage/v1/b";
const policyOf = (name: string) => `${list}/${name}/iam`;

/** As the reference shows a bucket resource: https://docs.cloud.google.com/storage/docs/json_api/v1/buckets */
const bucket = (name: string, rest: object = {}) => ({
  kind: "storage#bucket",
  selfLink: `https://www.googleapis.com/storage/v1/b/${name}`,
  id: name,
  name,
  projectNumber: "123456789012",
  metageneration: "3",
  location: "EUROPE-WEST3",
  storageClass: "STANDARD",
  etag: "CAM=",
  timeCreated: "2023-04-05T06:07:08.900Z",
  updated: "2023-04-05T06:07:08.900Z",
  iamConfiguration: {
    bucketPolicyOnly: { enabled: true, lockedTime: "2023-07-04T06:07:08.900Z" },
    uniformBucketLevelAccess: { enabled: true, lockedTime: "2023-07-04T06:07:08.900Z" },
    publicAccessPrevention: "inherited",
  },
  locationType: "region",
  ...rest,
});
const fineGrained = {
  iamConfiguration: {
    bucketPolicyOnly: { enabled: false },
    uniformBucketLevelAccess: { enabled: false },
    publicAccessPrevention: "unspecified",
  },
};

const policy = (...bindings: object[]) => ({
  kind: "storage#policy",
  resourceId: "projects/_/buckets/b",
  version: 1,
  etag: "CAM=",
  bindings,
});
const viewers = { role: "roles/storage.objectViewer", members: ["allUsers", "user:ann@example.com"] };
const conditional = {
  role: "roles/storage.objectAdmin",
  members: ["serviceAccount:ci@example-project.iam.gserviceaccount.com"],
  condition: { title: "until spring", expression: 'request.time < timestamp("2026-03-20T00:00:00Z")' },
};

const uid = (name: string) => `//storage.googleapis.com/projects/_/buckets/${name}`;
const place = { kind: "gcp.storage.bucket", account: "example-project", region: "europe-west3" };
const plain = {
  createdAt: "2023-04-05T06:07:08.900Z",
  storageClass: "STANDARD",
  publicAccessPrevention: "inherited",
  uniformAccess: true,
  retentionPolicy: null,
  versioning: false,
  defaultKmsKey: null,
  bindings: [],
  acl: null,
  defaultObjectAcl: null,
};

it("reads buckets over pages, with policy, retention and ACLs", async () => {
  const key = "projects/p/locations/europe-west3/keyRings/r/cryptoKeys/k";
  const set = {
    labels: { team: "data" },
    versioning: { enabled: true },
    encryption: { defaultKmsKeyName: key },
    retentionPolicy: { retentionPeriod: "31536000", effectiveTime: "2023-04-05T06:07:08Z", isLocked: true },
  };
  const old = bucket("old", fineGrained);
  const acls = {
    acl: [
      { kind: "storage#bucketAccessControl", entity: "project-owners-123456789012", role: "OWNER" },
      { kind: "storage#bucketAccessControl", entity: "allUsers", role: "READER" },
    ],
    defaultObjectAcl: [{ kind: "storage#objectAccessControl", entity: "allUsers", role: "READER" }],
  };
  const read = await collect(buckets, {
    [list]: paged(
      { kind: "storage#buckets", nextPageToken: "t", items: [bucket("set", set)] },
      { kind: "storage#buckets", items: [old] },
    ),
    [policyOf("set")]: policy(viewers, conditional),
    [policyOf("old")]: policy(),
    [`${list}/old`]: ({ query }) => (query.get("projection") === "full" ? { ...old, ...acls } : old),
  });
  expect(read).toMatchObject({ gaps: [], thrown: null });
  expect(read.resources).toEqual([
    {
      ...place,
      uid: uid("old"),
      name: "old",
      tags: {},
      config: {
        ...plain,
        uniformAccess: false,
        acl: [
          { entity: "project-owners-123456789012", role: "OWNER" },
          { entity: "allUsers", role: "READER" },
        ],
        defaultObjectAcl: [{ entity: "allUsers", role: "READER" }],
      },
      unread: [],
    },
    {
      ...place,
      uid: uid("set"),
      name: "set",
      tags: { team: "data" },
      config: {
        ...plain,
        retentionPolicy: { periodSeconds: 31_536_000, isLocked: true },
        versioning: true,
        defaultKmsKey: key,
        bindings: [
          { ...viewers, condition: null },
          { ...conditional, condition: conditional.condition.expression },
        ],
      },
      unread: [],
    },
  ]);
});

it("has no buckets when Google leaves the list out", async () => {
  const read = await collect(buckets, { [list]: { kind: "storage#buckets" } });
  expect(read).toMatchObject({ resources: [], gaps: [], thrown: null });
});

it("keeps what could not be read apart from what is not there", async () => {
  const read = await collect(buckets, {
    [list]: { kind: "storage#buckets", items: [bucket("b", fineGrained)] },
    [policyOf("b")]: failure(403, "forbidden"),
    [`${list}/b`]: failure(403, "forbidden"),
  });
  const { bindings: _bindings, acl: _acl, defaultObjectAcl: _default, ...rest } = plain;
  expect(read.resources).toEqual([
    {
      ...place,
      uid: uid("b"),
      name: "b",
      tags: {},
      config: { ...rest, uniformAccess: false },
      unread: ["bindings", "acl", "defaultObjectAcl"],
    },
  ]);
  const refused = { resourceUid: uid("b"), code: "denied", message: "PERMISSION_DENIED: Said by a test." };
  expect(read.gaps).toEqual([
    { ...refused, operation: "storage.buckets.getIamPolicy" },
    { ...refused, operation: "storage.buckets.get" },
  ]);
});

it("leaves out a bucket that was deleted meanwhile", async () => {
  const read = await collect(buckets, { [list]: { kind: "storage#buckets", items: [bucket("b")] } });
  expect(read).toMatchObject({ resources: [], gaps: [], thrown: null });
});

it("does not guess at settings that the list leaves out", async () => {
  const { iamConfiguration: _left, ...without } = bucket("b");
  const read = await collect(buckets, {
    [list]: { kind: "storage#buckets", items: [without] },
    [policyOf("b")]: {},
    [`${list}/b`]: { ...without, acl: [], defaultObjectAcl: [] },
  });
  expect(read.resources[0]).toMatchObject({
    config: { acl: [], defaultObjectAcl: [] },
    unread: [
      "publicAccessPrevention",
      "uniformAccess",
      "retentionPolicy",
      "versioning",
      "defaultKmsKey",
      "bindings",
    ],
  });
  expect(read.gaps.map(({ operation, code }) => [operation, code])).toEqual([
    ["storage.buckets.list", "malformed"],
    ["storage.buckets.getIamPolicy", "malformed"],
  ]);
});

it.each([
  ["refused", failure(403, "forbidden"), "denied"],
  ["of somebody else", { login: "Please sign in to the guest network." }, "malformed"],
  ["about the project of the credentials", disabled("999"), "denied"],
  ["for an API that is switched off", disabled(), "disabled"],
])("fails as a whole when the list is %s", async (_what, answer, code) => {
  const read = await collect(buckets, { [list]: answer });
  expect(read.resources).toEqual([]);
  expect(read.thrown).toBeInstanceOf(ListFailed);
  expect(read.thrown).toMatchObject({ operation: "storage.buckets.list" });
  const { classifyGcpError } = await import("#lib/clouds/gcp/errors.ts");
  expect(classifyGcpError(read.thrown instanceof Error ? read.thrown.cause : null)?.code).toBe(code);
});

it("keeps the pages before one that is refused", async () => {
  const read = await collect(buckets, {
    [list]: paged(
      { kind: "storage#buckets", nextPageToken: "t", items: [bucket("b")] },
      new GcpFailure(403, { error: { code: 403, message: "No.", status: "PERMISSION_DENIED" } }),
    ),
    [policyOf("b")]: policy(),
  });
  expect(read.resources.map(({ name }) => name)).toEqual(["b"]);
  expect(read.thrown).toBeInstanceOf(ListFailed);
});

it("says that the list is not whole when places could not be reached", async () => {
  const read = await collect(buckets, {
    [list]: { kind: "storage#buckets", items: [bucket("b")], unreachable: ["projects/_/buckets/lost"] },
    [policyOf("b")]: policy(),
  });
  expect(read.resources.map(({ name }) => name)).toEqual(["b"]);
  expect(read.thrown).toMatchObject({
    cause: { message: "Google could not reach projects/_/buckets/lost." },
  });
});
