import type { storage_v1 } from "googleapis/build/src/apis/storage/v1.js";
import { cut, oneOf, readAndUnread, required, tagRecord } from "../answers.ts";
import type { Resource } from "../model.ts";
import type { GcpCollector, GcpContext } from "./collector.ts";
import { bindingsOf } from "./iam-bindings.ts";
import { listAll, timeFrom } from "./list.ts";
import type { AclEntry, StorageKinds } from "./storage.kinds.ts";

type BucketConfig = StorageKinds["gcp.storage.bucket"];

/** Reads a project's buckets: one list, each bucket's IAM policy, and the ACLs of those that have any. */
export const buckets: GcpCollector<"gcp.storage.bucket"> = {
  kind: "gcp.storage.bucket",
  cloud: "gcp",
  service: "storage",
  scope: "global",
  permissions: ["storage.buckets.list", "storage.buckets.get", "storage.buckets.getIamPolicy"],
  collect: async function* (context) {
    const api = await context.clients.storage();
    const listed = listAll(
      context,
      "storage.buckets.list",
      (page, options) => api.buckets.list({ project: context.account, maxResults: 1000, ...page }, options),
      (page) => page.items,
      // A bucket outlives the API's being switched off, and what is public in it stays so.
      { whenDisabled: "fail" },
    );
    yield* context.each(listed, (bucket) => describeBucket(context, api, bucket));
  },
};

const gone = ["NOT_FOUND"];

async function describeBucket(
  context: GcpContext,
  api: storage_v1.Storage,
  bucket: storage_v1.Schema$Bucket,
): Promise<Resource<"gcp.storage.bucket">> {
  const { account, read, signal } = context;
  const name = required(bucket.name, "name");
  const uid = `//storage.googleapis.com/projects/_/buckets/${name}`;
  const settings = await read(uid, "storage.buckets.list", async () => settingsOf(bucket));
  const [bindings, acls] = await Promise.all([
    read(
      uid,
      "storage.buckets.getIamPolicy",
      async () => {
        const request = { bucket: name, optionsRequestedPolicyVersion: 3 };
        return bindingsOf((await api.buckets.getIamPolicy(request, { signal })).data);
      },
      { gone },
    ),
    settings?.uniformAccess === true ? noAcls : readAcls(context, api, name, uid),
  ]);
  const facets = readAndUnread({
    ...(settings ?? unreadSettings),
    bindings: bindings ?? undefined,
    ...acls,
  });
  return {
    uid,
    kind: "gcp.storage.bucket",
    account,
    region: required(bucket.location, "location").toLowerCase(),
    name,
    tags: tagRecord(Object.entries(bucket.labels ?? {})),
    config: {
      createdAt: timeFrom(bucket.timeCreated),
      storageClass: bucket.storageClass ? cut(bucket.storageClass) : null,
      ...facets.read,
    },
    unread: facets.unread,
  };
}

const noAcls = { acl: null, defaultObjectAcl: null };

type Settings = Required<
  Pick<
    BucketConfig,
    "publicAccessPrevention" | "uniformAccess" | "retentionPolicy" | "versioning" | "defaultKmsKey"
  >
>;

const unreadSettings: { [K in keyof Settings]: undefined } = {
  publicAccessPrevention: undefined,
  uniformAccess: undefined,
  retentionPolicy: undefined,
  versioning: undefined,
  defaultKmsKey: undefined,
};

/** What the list says of a bucket; `iamConfiguration` is always there, the rest only when it was set. */
function settingsOf(bucket: storage_v1.Schema$Bucket): Settings {
  const access = required(bucket.iamConfiguration, "iamConfiguration");
  const { retentionPolicy: retention } = bucket;
  return {
    // Buckets from before it existed say `unspecified`, which means the same.
    publicAccessPrevention: oneOf(
      access.publicAccessPrevention === "unspecified" ? "inherited" : (access.publicAccessPrevention ?? ""),
      ["inherited", "enforced"],
      "publicAccessPrevention",
    ),
    uniformAccess: (access.uniformBucketLevelAccess ?? access.bucketPolicyOnly)?.enabled ?? false,
    retentionPolicy: retention
      ? {
          periodSeconds: Number(required(retention.retentionPeriod, "retentionPeriod")),
          isLocked: retention.isLocked ?? false,
        }
      : null,
    versioning: bucket.versioning?.enabled ?? false,
    defaultKmsKey: bucket.encryption?.defaultKmsKeyName ?? null,
  };
}

/** The ACLs, which lists leave out; only buckets without uniform access have any. */
async function readAcls(
  { read, signal }: GcpContext,
  api: storage_v1.Storage,
  name: string,
  uid: string,
): Promise<Pick<BucketConfig, "acl" | "defaultObjectAcl">> {
  const acls = await read(
    uid,
    "storage.buckets.get",
    async () => {
      const { data } = await api.buckets.get({ bucket: name, projection: "full" }, { signal });
      // Switched to uniform access since it was listed.
      if (data.iamConfiguration?.uniformBucketLevelAccess?.enabled) return noAcls;
      return {
        acl: entriesOf(required(data.acl, "acl")),
        // Unlike the bucket's own, which always names its owner, this one may be empty, and is then left out.
        defaultObjectAcl: entriesOf(data.defaultObjectAcl ?? []),
      };
    },
    { gone },
  );
  return acls ?? { acl: undefined, defaultObjectAcl: undefined };
}

const entriesOf = (entries: readonly { entity?: string | null; role?: string | null }[]): AclEntry[] =>
  entries.map(({ entity, role }) => ({
    entity: cut(required(entity, "entity")),
    role: cut(required(role, "role")),
  }));
