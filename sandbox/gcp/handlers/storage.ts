import { type IamPolicy, readPolicy, writePolicy } from "../iam-policy.ts";
import { mergePatch } from "../merge-patch.ts";
import {
  collectionOf,
  type GcpApi,
  type GcpCall,
  GcpError,
  type GcpProject,
  type GcpRequest,
} from "../model.ts";
import { listAnswer } from "../paging.ts";
import { defaultAclRoutes, followPolicy, refuseWherePrevented } from "./storage-acls.ts";

/** An entry of an ACL, such as `allUsers` as `READER`. */
export type AclEntry = { entity: string; role: string };

/** A bucket as the JSON API has it (`projection=full`), with its IAM policy. `storage.buckets`, by name. */
export type BucketState = {
  bucket: BucketJson;
  policy: IamPolicy;
};

export type BucketJson = {
  kind: "storage#bucket";
  id: string;
  name: string;
  projectNumber: string;
  location: string;
  locationType: "region" | "multi-region" | "dual-region";
  storageClass: string;
  timeCreated: string;
  updated: string;
  metageneration: string;
  iamConfiguration: {
    uniformBucketLevelAccess: { enabled: boolean; lockedTime?: string };
    bucketPolicyOnly?: { enabled: boolean; lockedTime?: string };
    publicAccessPrevention: "inherited" | "enforced";
  };
  labels?: Record<string, string>;
  versioning?: { enabled: boolean };
  retentionPolicy?: { retentionPeriod: string; effectiveTime: string; isLocked?: boolean };
  softDeletePolicy?: { retentionDurationSeconds: string; effectiveTime: string };
  encryption?: { defaultKmsKeyName: string };
  logging?: { logBucket: string; logObjectPrefix: string };
  acl?: AclEntry[];
  defaultObjectAcl?: AclEntry[];
};

export const bucketsOf = (project: GcpProject): Map<string, BucketState> =>
  collectionOf(project, "storage.buckets");

/** The project that a bucket is in; names are shared by all. */
function projectOfBucket({ estate, labels }: GcpRequest): string {
  for (const project of estate.projects.values()) {
    if (bucketsOf(project).has(labels.bucket ?? "")) return project.id;
  }
  throw noSuchBucket();
}

const noSuchBucket = () => new GcpError("NOT_FOUND", "The specified bucket does not exist.");

function bucketOf({ project, labels }: GcpCall): BucketState {
  const found = bucketsOf(project).get(labels.bucket ?? "");
  if (!found) throw noSuchBucket();
  return found;
}

/** A bucket as a reader gets it: without its ACLs unless all is asked for, and never with those that don't count. */
function bucketJson({ bucket }: BucketState, call: GcpCall): object {
  const { acl, defaultObjectAcl, ...rest } = bucket;
  const links = { selfLink: `https://www.googleapis.com/storage/v1/b/${bucket.name}`, etag: "CAE=" };
  const hasAcl =
    call.query.get("projection") === "full" && !bucket.iamConfiguration.uniformBucketLevelAccess.enabled;
  return { ...rest, ...links, ...(hasAcl ? { acl, defaultObjectAcl } : {}) };
}

/** Reading ACLs takes a permission of its own. */
const withAcl =
  (permission: string) =>
  ({ query }: GcpRequest) =>
    query.get("projection") === "full" ? [permission, "storage.buckets.getIamPolicy"] : [permission];

function patchBucket(call: GcpCall): object {
  const state = bucketOf(call);
  const expected = call.query.get("ifMetagenerationMatch");
  if (expected !== null && expected !== state.bucket.metageneration) {
    throw new GcpError(
      "FAILED_PRECONDITION",
      "At least one of the pre-conditions you specified did not hold.",
      {
        httpStatus: 412,
        reason: "conditionNotMet",
      },
    );
  }
  const patched: Record<string, unknown> = { ...state.bucket };
  for (const [field, value] of Object.entries(call.body)) {
    if (value === null) delete patched[field];
    else patched[field] = mergePatch(patched[field], value);
  }
  patched.metageneration = String(Number(state.bucket.metageneration) + 1);
  patched.updated = call.now.toISOString();
  Object.assign(state, { bucket: patched });
  return bucketJson(state, call);
}

export const storageApi: GcpApi = {
  host: "storage.googleapis.com",
  title: "Cloud Storage JSON API",
  errors: "legacy",
  routes: [
    {
      method: "GET",
      path: "/storage/v1/b",
      permissions: withAcl("storage.buckets.list"),
      project: ({ query }) => query.get("project") ?? undefined,
      handler: (call) =>
        listAnswer(
          call,
          "items",
          [...bucketsOf(call.project).values()].map((state) => bucketJson(state, call)),
          { kind: "storage#buckets" },
          { maxSize: 1_000 },
        ),
    },
    {
      method: "GET",
      path: "/storage/v1/b/{bucket}",
      permissions: withAcl("storage.buckets.get"),
      project: projectOfBucket,
      handler: (call) => bucketJson(bucketOf(call), call),
    },
    {
      method: "PATCH",
      path: "/storage/v1/b/{bucket}",
      permissions: ({ body }) =>
        "iamConfiguration" in body
          ? ["storage.buckets.update", "storage.buckets.setIamPolicy"]
          : ["storage.buckets.update"],
      project: projectOfBucket,
      handler: patchBucket,
    },
    {
      method: "GET",
      path: "/storage/v1/b/{bucket}/iam",
      permissions: ["storage.buckets.getIamPolicy"],
      project: projectOfBucket,
      handler: (call) => ({
        kind: "storage#policy",
        resourceId: `projects/_/buckets/${call.labels.bucket}`,
        ...readPolicy(bucketOf(call).policy),
      }),
    },
    {
      method: "PUT",
      path: "/storage/v1/b/{bucket}/iam",
      permissions: ["storage.buckets.setIamPolicy"],
      project: projectOfBucket,
      handler: (call) => {
        const state = bucketOf(call);
        const { kind: _kind, resourceId: _resource, ...given } = call.body;
        const policy = writePolicy(state.policy, given, "conditionNotMet");
        refuseWherePrevented(state, policy);
        followPolicy(state, policy, call.project);
        state.policy = policy;
        return { kind: "storage#policy", ...readPolicy(state.policy) };
      },
    },
    ...defaultAclRoutes(projectOfBucket, bucketOf),
  ],
};
