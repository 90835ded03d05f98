import { createHash } from "node:crypto";
import type {
  Grant,
  LoggingEnabled,
  ObjectLockConfiguration,
  ObjectOwnership,
  Owner,
  PublicAccessBlockConfiguration,
  ServerSideEncryptionConfiguration,
  Tag,
  VersioningConfiguration,
} from "@aws-sdk/client-s3";
import { AwsError, type Call } from "../../model.ts";
import { accountState, findAccount } from "../state.ts";

export type StoredObject = {
  body: Uint8Array;
  contentType: string;
  etag: string;
  lastModified: Date;
  metadata: Record<string, string>;
};

/** A bucket; `null` stands for a configuration that it doesn't have. */
export type BucketState = {
  name: string;
  region: string;
  createdAt: Date;
  tags: Tag[] | null;
  policy: string | null;
  publicAccessBlock: PublicAccessBlockConfiguration | null;
  grants: Grant[];
  ownership: ObjectOwnership | null;
  versioning: VersioningConfiguration;
  encryption: ServerSideEncryptionConfiguration | null;
  logging: LoggingEnabled | null;
  objectLock: ObjectLockConfiguration | null;
  objects: Map<string, StoredObject>;
};

/** An account's buckets by name. */
export const s3State = accountState("s3", () => new Map<string, BucketState>());

/** Block Public Access of the account as a whole, which `s3control` reads and writes. */
export const s3AccountState = accountState("s3control", () => ({
  publicAccessBlock: null as PublicAccessBlockConfiguration | null,
}));

/** S3's canonical id of an account. */
export function ownerOf(account: string): Owner {
  return { ID: createHash("sha256").update(`canonical user of ${account}`).digest("hex") };
}

/** A bucket as S3 has made them since April 2023: private, encrypted, ACLs off. */
export function newBucket(name: string, region: string, createdAt: Date, account: string): BucketState {
  return {
    name,
    region,
    createdAt,
    tags: null,
    policy: null,
    publicAccessBlock: {
      BlockPublicAcls: true,
      IgnorePublicAcls: true,
      BlockPublicPolicy: true,
      RestrictPublicBuckets: true,
    },
    grants: [{ Grantee: { Type: "CanonicalUser", ID: ownerOf(account).ID }, Permission: "FULL_CONTROL" }],
    ownership: "BucketOwnerEnforced",
    versioning: {},
    encryption: s3ManagedEncryption(),
    logging: null,
    objectLock: null,
    objects: new Map(),
  };
}

export function s3ManagedEncryption(): ServerSideEncryptionConfiguration {
  return {
    Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" }, BucketKeyEnabled: false }],
  };
}

/** S3's answer to a request that was sent to another region than the bucket's; it names the right one. */
function wrongRegion(bucket: BucketState): AwsError {
  return new AwsError(
    "PermanentRedirect",
    "The bucket you are attempting to access must be addressed using the specified endpoint. " +
      "Please send all future requests to this endpoint.",
    301,
    { headers: { "x-amz-bucket-region": bucket.region } },
  );
}

type BucketRequest = { Bucket?: string | undefined; ExpectedBucketOwner?: string | undefined };

/** The bucket a request names, provided that it is the caller's and was asked for in its own region. */
export function findBucket(input: BucketRequest, call: Call): BucketState {
  const bucket = findBucketAnywhere(input, call);
  if (bucket.region !== call.region) throw wrongRegion(bucket);
  return bucket;
}

/** As `findBucket`, from whichever region it is asked. */
export function findBucketAnywhere(input: BucketRequest, call: Call): BucketState {
  const name = input.Bucket ?? "";
  const bucket = s3State(findAccount(call)).get(name);
  if (!bucket) {
    if (isTaken(name, call)) throw accessDenied();
    throw new AwsError("NoSuchBucket", "The specified bucket does not exist", 404);
  }
  if (input.ExpectedBucketOwner && input.ExpectedBucketOwner !== call.account) throw accessDenied();
  return bucket;
}

/** Whether any account has a bucket of this name: names are shared by all. */
export function isTaken(name: string, call: Call): boolean {
  return [...call.estate.accounts.values()].some((account) => s3State(account).has(name));
}

export function accessDenied(): AwsError {
  return new AwsError("AccessDenied", "Access Denied", 403);
}
