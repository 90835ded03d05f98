import {
  type Bucket,
  GetBucketAclCommand,
  GetBucketLocationCommand,
  GetBucketPolicyCommand,
  GetBucketPolicyStatusCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  paginateListBuckets,
} from "@aws-sdk/client-s3";
import {
  cut,
  listing,
  namingFailures,
  oneOf,
  parseDocument,
  readAndUnread,
  required,
  tagRecord,
  timeOf,
} from "../answers.ts";
import type { Resource } from "../model.ts";
import type { AwsCollector, AwsContext } from "./collector.ts";
import type { S3Kinds } from "./s3.kinds.ts";
import { publicAccessBlockOf } from "./s3-account.ts";

type BucketConfig = S3Kinds["aws.s3.bucket"];

/** Reads the buckets of one region: one list, then a handful of small calls per bucket, side by side. */
export const buckets: AwsCollector<"aws.s3.bucket"> = {
  kind: "aws.s3.bucket",
  cloud: "aws",
  service: "s3",
  scope: "regional",
  permissions: [
    "s3:ListAllMyBuckets",
    "s3:GetBucketLocation",
    "s3:GetBucketPublicAccessBlock",
    "s3:GetBucketPolicy",
    "s3:GetBucketPolicyStatus",
    "s3:GetBucketAcl",
    "s3:GetBucketVersioning",
    "s3:GetBucketTagging",
  ],
  collect: (context) => context.each(bucketsOfRegion(context), (bucket) => describeBucket(context, bucket)),
};

type ListedBucket = { name: string; createdAt: string | null };

async function* bucketsOfRegion(context: AwsContext): AsyncGenerator<ListedBucket> {
  const { clients, region, signal } = context;
  const pages = paginateListBuckets(
    { client: clients.s3, pageSize: 1000 },
    { BucketRegion: region },
    { abortSignal: signal },
  );
  for await (const bucket of listing("s3:ListAllMyBuckets", pages, (page) => page.Buckets)) {
    // Emulators ignore the filter, and some don't say where a bucket is.
    const where = bucket.BucketRegion ?? (await locate(context, bucket));
    if (where !== region) continue;
    yield { name: required(bucket.Name, "Name"), createdAt: timeOf(bucket.CreationDate) };
  }
}

/** The bucket's region; `null` when it no longer exists. */
async function locate({ clients, signal }: AwsContext, bucket: Bucket): Promise<string | null> {
  return namingFailures("s3:GetBucketLocation", async () => {
    try {
      const answer = await clients.s3.send(new GetBucketLocationCommand({ Bucket: bucket.Name }), {
        abortSignal: signal,
      });
      const constraint: string = answer.LocationConstraint ?? "";
      // The two names from before regions had codes.
      return constraint === "" ? "us-east-1" : constraint === "EU" ? "eu-west-1" : constraint;
    } catch (error) {
      if (error instanceof Error && error.name === "NoSuchBucket") return null;
      throw error;
    }
  });
}

const gone = ["NoSuchBucket"];

async function describeBucket(
  context: AwsContext,
  { name, createdAt }: ListedBucket,
): Promise<Resource<"aws.s3.bucket">> {
  const { account, partition, region } = context;
  const uid = `arn:${partition}:s3:::${name}`;
  const [publicAccessBlock, policies, grants, versions, tags] = await Promise.all([
    readPublicAccessBlock(context, uid, name),
    readPolicy(context, uid, name),
    readGrants(context, uid, name),
    readVersioning(context, uid, name),
    readTags(context, uid, name),
  ]);
  const { read, unread } = readAndUnread({
    publicAccessBlock,
    ...policies,
    grants,
    versioning: versions?.versioning,
    mfaDelete: versions?.mfaDelete,
  });
  return {
    uid,
    kind: "aws.s3.bucket",
    account,
    region,
    name,
    tags: tags ?? {},
    config: { createdAt, ...read },
    unread: tags === undefined ? [...unread, "tags"] : unread,
  };
}

function readPublicAccessBlock({ clients, signal, read }: AwsContext, uid: string, Bucket: string) {
  return read(
    uid,
    "s3:GetBucketPublicAccessBlock",
    async () => {
      const answer = await clients.s3.send(new GetPublicAccessBlockCommand({ Bucket }), {
        abortSignal: signal,
      });
      return publicAccessBlockOf(answer.PublicAccessBlockConfiguration);
    },
    { gone, absent: ["NoSuchPublicAccessBlockConfiguration"] },
  );
}

async function readPolicy(
  { clients, signal, read }: AwsContext,
  uid: string,
  Bucket: string,
): Promise<Pick<BucketConfig, "policy" | "policyIsPublic">> {
  const absent = ["NoSuchBucketPolicy"];
  const policy = await read(
    uid,
    "s3:GetBucketPolicy",
    async () => {
      const answer = await clients.s3.send(new GetBucketPolicyCommand({ Bucket }), { abortSignal: signal });
      return parseDocument(required(answer.Policy, "Policy"), "bucket policy");
    },
    { gone, absent },
  );
  if (policy === null) return { policy, policyIsPublic: null };
  const policyIsPublic = await read(
    uid,
    "s3:GetBucketPolicyStatus",
    async () => {
      const answer = await clients.s3.send(new GetBucketPolicyStatusCommand({ Bucket }), {
        abortSignal: signal,
      });
      return required(answer.PolicyStatus?.IsPublic, "PolicyStatus.IsPublic");
    },
    { gone, absent },
  );
  return { policy, policyIsPublic };
}

async function readGrants({ clients, signal, read }: AwsContext, uid: string, Bucket: string) {
  const grants = await read(
    uid,
    "s3:GetBucketAcl",
    async () => {
      const answer = await clients.s3.send(new GetBucketAclCommand({ Bucket }), { abortSignal: signal });
      const owner = required(answer.Owner?.ID, "Owner.ID");
      return required(answer.Grants, "Grants").flatMap(({ Grantee, Permission }) => {
        if (Grantee?.ID === owner) return [];
        const grantee = required(Grantee?.URI ?? Grantee?.ID ?? Grantee?.EmailAddress, "Grantee");
        return [{ grantee: cut(grantee), permission: required(Permission, "Permission") }];
      });
    },
    { gone },
  );
  return grants ?? undefined;
}

async function readVersioning({ clients, signal, read }: AwsContext, uid: string, Bucket: string) {
  const versions = await read(
    uid,
    "s3:GetBucketVersioning",
    async () => {
      const answer = await clients.s3.send(new GetBucketVersioningCommand({ Bucket }), {
        abortSignal: signal,
      });
      // A bucket that never had versions is answered with neither field.
      const status = answer.Status && oneOf(answer.Status, ["Enabled", "Suspended"], "Status");
      const versioning = status === "Enabled" ? "enabled" : status === "Suspended" ? "suspended" : "off";
      return { versioning, mfaDelete: answer.MFADelete === "Enabled" } as const;
    },
    { gone },
  );
  return versions ?? undefined;
}

function readTags({ clients, signal, read }: AwsContext, uid: string, Bucket: string) {
  return read(
    uid,
    "s3:GetBucketTagging",
    async () => {
      const answer = await clients.s3.send(new GetBucketTaggingCommand({ Bucket }), { abortSignal: signal });
      return tagRecord(required(answer.TagSet, "TagSet").map((tag) => [tag.Key, tag.Value]));
    },
    { gone, absent: ["NoSuchTagSet"] },
  );
}
