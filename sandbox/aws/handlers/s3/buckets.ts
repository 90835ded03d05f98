import type { BucketLocationConstraint } from "@aws-sdk/client-s3";
import { AwsError } from "../../model.ts";
import type { Operations } from "../operations.ts";
import { takePage } from "../paging.ts";
import { findAccount } from "../state.ts";
import { setCannedAcl } from "./acl.ts";
import { findBucket, findBucketAnywhere, isTaken, newBucket, ownerOf, s3State } from "./state.ts";

const validName = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

/** Buckets themselves: list, find, make, remove. */
export const bucketHandlers = {
  ListBuckets: (input, call) => {
    const buckets = [...s3State(findAccount(call)).values()]
      .filter((bucket) => bucket.name.startsWith(input.Prefix ?? ""))
      .filter((bucket) => !input.BucketRegion || bucket.region === input.BucketRegion)
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    const page = takePage(buckets, {
      token: input.ContinuationToken,
      max: input.MaxBuckets,
      key: (bucket) => bucket.name,
      badToken: "InvalidArgument",
    });
    return {
      Buckets: page.items.map((bucket) => ({
        Name: bucket.name,
        CreationDate: bucket.createdAt,
        BucketRegion: bucket.region,
        BucketArn: `arn:aws:s3:::${bucket.name}`,
      })),
      Owner: ownerOf(call.account),
      ContinuationToken: page.next,
      Prefix: input.Prefix,
    };
  },

  GetBucketLocation: (input, call) => {
    const { region } = findBucketAnywhere(input, call);
    // us-east-1 is the one region that S3 leaves out of this answer.
    return region === "us-east-1" ? {} : { LocationConstraint: region as BucketLocationConstraint };
  },

  HeadBucket: (input, call) => {
    const bucket = findBucket(input, call);
    return { BucketArn: `arn:aws:s3:::${bucket.name}`, BucketRegion: bucket.region, AccessPointAlias: false };
  },

  CreateBucket: (input, call) => {
    const name = input.Bucket ?? "";
    const buckets = s3State(findAccount(call));
    if (!validName.test(name)) throw new AwsError("InvalidBucketName", "The specified bucket is not valid.");
    if (buckets.has(name)) {
      throw new AwsError(
        "BucketAlreadyOwnedByYou",
        "Your previous request to create the named bucket succeeded and you already own it.",
        409,
      );
    }
    if (isTaken(name, call)) {
      throw new AwsError("BucketAlreadyExists", "The requested bucket name is not available.", 409);
    }
    const region = input.CreateBucketConfiguration?.LocationConstraint ?? "us-east-1";
    if (region !== call.region) {
      throw new AwsError(
        "IllegalLocationConstraintException",
        `The ${region} location constraint is incompatible for the region specific endpoint this request was sent to.`,
      );
    }
    const bucket = newBucket(name, region, call.now, call.account);
    if (input.ObjectOwnership) bucket.ownership = input.ObjectOwnership;
    if (input.ACL) setCannedAcl(bucket, input.ACL, call);
    if (input.CreateBucketConfiguration?.Tags) bucket.tags = input.CreateBucketConfiguration.Tags;
    if (input.ObjectLockEnabledForBucket) {
      bucket.objectLock = { ObjectLockEnabled: "Enabled" };
      bucket.versioning = { Status: "Enabled" };
    }
    buckets.set(name, bucket);
    return { Location: `/${name}`, BucketArn: `arn:aws:s3:::${name}` };
  },

  DeleteBucket: (input, call) => {
    const bucket = findBucket(input, call);
    if (bucket.objects.size > 0) {
      throw new AwsError("BucketNotEmpty", "The bucket you tried to delete is not empty", 409);
    }
    s3State(findAccount(call)).delete(bucket.name);
    return {};
  },
} satisfies Operations<typeof import("@aws-sdk/client-s3")>;
