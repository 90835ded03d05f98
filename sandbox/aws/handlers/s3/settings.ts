import { AwsError } from "../../model.ts";
import type { Operations } from "../operations.ts";
import { findBucket, s3ManagedEncryption } from "./state.ts";

/** How a bucket keeps what is in it: versions, encryption, logs, tags, locks. */
export const settingHandlers = {
  GetBucketVersioning: (input, call) => ({ ...findBucket(input, call).versioning }),
  PutBucketVersioning: (input, call) => {
    const bucket = findBucket(input, call);
    const wanted = input.VersioningConfiguration ?? {};
    if (bucket.objectLock && wanted.Status !== "Enabled") {
      throw new AwsError(
        "InvalidBucketState",
        "An Object Lock configuration is present on this bucket, so the versioning state cannot be changed.",
        409,
      );
    }
    bucket.versioning = { ...bucket.versioning, ...wanted };
    return {};
  },

  GetBucketEncryption: (input, call) => {
    const { encryption } = findBucket(input, call);
    if (!encryption) {
      throw new AwsError(
        "ServerSideEncryptionConfigurationNotFoundError",
        "The server side encryption configuration was not found",
        404,
      );
    }
    return { ServerSideEncryptionConfiguration: encryption };
  },
  PutBucketEncryption: (input, call) => {
    findBucket(input, call).encryption = input.ServerSideEncryptionConfiguration ?? s3ManagedEncryption();
    return {};
  },
  // S3 has encrypted every bucket since 2023: taking the setting away leaves its own keys in force.
  DeleteBucketEncryption: (input, call) => {
    findBucket(input, call).encryption = s3ManagedEncryption();
    return {};
  },

  GetBucketLogging: (input, call) => {
    const { logging } = findBucket(input, call);
    return logging ? { LoggingEnabled: logging } : {};
  },
  PutBucketLogging: (input, call) => {
    findBucket(input, call).logging = input.BucketLoggingStatus?.LoggingEnabled ?? null;
    return {};
  },

  GetBucketTagging: (input, call) => {
    const { tags } = findBucket(input, call);
    if (!tags) throw new AwsError("NoSuchTagSet", "The TagSet does not exist", 404);
    return { TagSet: tags };
  },
  PutBucketTagging: (input, call) => {
    findBucket(input, call).tags = input.Tagging?.TagSet ?? [];
    return {};
  },
  DeleteBucketTagging: (input, call) => {
    findBucket(input, call).tags = null;
    return {};
  },

  GetObjectLockConfiguration: (input, call) => {
    const { objectLock } = findBucket(input, call);
    if (!objectLock) {
      throw new AwsError(
        "ObjectLockConfigurationNotFoundError",
        "Object Lock configuration does not exist for this bucket",
        404,
      );
    }
    return { ObjectLockConfiguration: objectLock };
  },
  PutObjectLockConfiguration: (input, call) => {
    const bucket = findBucket(input, call);
    if (bucket.versioning.Status !== "Enabled") {
      throw new AwsError(
        "InvalidBucketState",
        "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration",
        409,
      );
    }
    bucket.objectLock = input.ObjectLockConfiguration ?? null;
    return {};
  },
} satisfies Operations<typeof import("@aws-sdk/client-s3")>;
