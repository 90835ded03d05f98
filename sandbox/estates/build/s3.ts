import { cannedAcl } from "#sandbox/aws/handlers/s3/acl.ts";
import { type BucketState, newBucket, s3State } from "#sandbox/aws/handlers/s3/state.ts";
import { daysAgo, type Site, type Tags, toTags } from "./site.ts";

export type BucketOptions = {
  tags?: Tags;
  ageDays?: number;
  /** All four switches, or only those that concern ACLs; `none`: not configured. */
  block?: "all" | "acls" | "none";
  policy?: object[];
  versioning?: "Enabled" | "Suspended";
  mfaDelete?: boolean;
  acl?: "public-read" | "authenticated-read" | "log-delivery-write";
  kmsKeyArn?: string;
  logsTo?: string;
  isLocked?: boolean;
};

export function addBucket(site: Site, name: string, options: BucketOptions = {}): BucketState {
  const { tags, block = "all", policy, versioning, acl, kmsKeyArn, logsTo } = options;
  const bucket = newBucket(name, site.region, daysAgo(site, options.ageDays ?? 200), site.account.id);
  if (tags) bucket.tags = toTags(tags);
  if (block === "none") bucket.publicAccessBlock = null;
  if (block === "acls") {
    bucket.publicAccessBlock = {
      BlockPublicAcls: true,
      IgnorePublicAcls: true,
      BlockPublicPolicy: false,
      RestrictPublicBuckets: false,
    };
  }
  if (policy) bucket.policy = JSON.stringify({ Version: "2012-10-17", Statement: policy });
  if (versioning) {
    bucket.versioning = { Status: versioning, MFADelete: options.mfaDelete ? "Enabled" : "Disabled" };
  }
  if (acl) {
    bucket.ownership = "ObjectWriter";
    bucket.grants = cannedAcl(acl, site.account.id);
  }
  if (kmsKeyArn) {
    bucket.encryption = {
      Rules: [
        {
          ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms", KMSMasterKeyID: kmsKeyArn },
          BucketKeyEnabled: true,
        },
      ],
    };
  }
  if (logsTo) bucket.logging = { TargetBucket: logsTo, TargetPrefix: `${name}/` };
  if (options.isLocked) {
    bucket.objectLock = {
      ObjectLockEnabled: "Enabled",
      Rule: { DefaultRetention: { Mode: "COMPLIANCE", Days: 365 } },
    };
  }
  s3State(site.account).set(name, bucket);
  return bucket;
}

const contents = (bucket: string) => [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`];

/** Refuses every request that doesn't come over TLS. */
export function denyPlainHttp(bucket: string): object {
  return {
    Sid: "DenyInsecureTransport",
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: contents(bucket),
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
}

/** Lets anyone read, or only those whom the condition names. */
export function allowReads(bucket: string, condition?: object): object {
  return {
    Sid: condition ? "ReadByCondition" : "PublicRead",
    Effect: "Allow",
    Principal: "*",
    Action: "s3:GetObject",
    Resource: `arn:aws:s3:::${bucket}/*`,
    ...(condition ? { Condition: condition } : {}),
  };
}

/** Lets an AWS service deliver into the bucket on behalf of the account. */
export function allowDelivery(bucket: string, service: string, account: string): object {
  return {
    Sid: "ServiceDelivery",
    Effect: "Allow",
    Principal: { Service: service },
    Action: "s3:PutObject",
    Resource: `arn:aws:s3:::${bucket}/AWSLogs/${account}/*`,
    Condition: { StringEquals: { "aws:SourceAccount": account } },
  };
}
