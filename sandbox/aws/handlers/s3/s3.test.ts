import { beforeEach, describe, expect, it } from "vitest";
import type { Call } from "../../model.ts";
import { s3ControlHandlers } from "../s3control.ts";
import { createTestAccount } from "../test-call.ts";
import { accessHandlers } from "./access.ts";
import { bucketHandlers } from "./buckets.ts";
import { objectHandlers } from "./objects.ts";
import { settingHandlers } from "./settings.ts";

const publicPolicy = JSON.stringify({
  Statement: [
    { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "arn:aws:s3:::reports/*" },
  ],
});
const code = (expected: string) => expect.objectContaining({ code: expected });
const Bucket = "reports";
let call: Call;
let callIn: (region: string) => Call;

beforeEach(() => {
  ({ callIn } = createTestAccount());
  call = callIn("eu-west-1");
  bucketHandlers.CreateBucket(
    { Bucket, CreateBucketConfiguration: { LocationConstraint: "eu-west-1" } },
    call,
  );
});

describe("buckets", () => {
  it("lists them by page, prefix and region", () => {
    for (let n = 10; n < 80; n++) bucketHandlers.CreateBucket({ Bucket: `us-${n}` }, callIn("us-east-1"));
    const list = (input: object) => bucketHandlers.ListBuckets(input, call);
    const first = list({ Prefix: "us-" });
    expect(first.Buckets).toHaveLength(50);
    expect(first.Buckets[0]).toEqual({
      Name: "us-10",
      BucketRegion: "us-east-1",
      BucketArn: "arn:aws:s3:::us-10",
      CreationDate: call.now,
    });
    const second = list({ Prefix: "us-", ContinuationToken: first.ContinuationToken });
    expect(second.Buckets.map((bucket) => bucket.Name)).toEqual(
      Array.from({ length: 20 }, (_, n) => `us-${60 + n}`),
    );
    expect(second.ContinuationToken).toBeUndefined();
    expect(list({ BucketRegion: "eu-west-1" }).Buckets.map((bucket) => bucket.Name)).toEqual([Bucket]);
  });

  it("sends a request for another region's bucket there, but tells where any bucket is", () => {
    const elsewhere = callIn("us-east-1");
    expect(() => bucketHandlers.HeadBucket({ Bucket }, elsewhere)).toThrow(
      expect.objectContaining({
        code: "PermanentRedirect",
        status: 301,
        extras: { headers: { "x-amz-bucket-region": "eu-west-1" } },
      }),
    );
    expect(bucketHandlers.GetBucketLocation({ Bucket }, elsewhere)).toEqual({
      LocationConstraint: "eu-west-1",
    });
    bucketHandlers.CreateBucket({ Bucket: "in-virginia" }, elsewhere);
    expect(bucketHandlers.GetBucketLocation({ Bucket: "in-virginia" }, call)).toEqual({});
  });

  it("refuses names that are taken, and deletes only empty buckets", async () => {
    const again = { Bucket, CreateBucketConfiguration: { LocationConstraint: "eu-west-1" as const } };
    expect(() => bucketHandlers.CreateBucket(again, call)).toThrow(code("BucketAlreadyOwnedByYou"));
    await objectHandlers.PutObject({ Bucket, Key: "a", Body: "text" }, call);
    expect(() => bucketHandlers.DeleteBucket({ Bucket }, call)).toThrow(code("BucketNotEmpty"));
    objectHandlers.DeleteObject({ Bucket, Key: "a" }, call);
    bucketHandlers.DeleteBucket({ Bucket }, call);
    expect(() => bucketHandlers.HeadBucket({ Bucket }, call)).toThrow(code("NoSuchBucket"));
  });
});

describe("access", () => {
  it("blocks public policies by the bucket's setting, and by the account's once that is gone", () => {
    const put = () => accessHandlers.PutBucketPolicy({ Bucket, Policy: publicPolicy }, call);
    expect(put).toThrow(code("AccessDenied"));
    accessHandlers.DeletePublicAccessBlock({ Bucket }, call);
    expect(() => accessHandlers.GetPublicAccessBlock({ Bucket }, call)).toThrow(
      code("NoSuchPublicAccessBlockConfiguration"),
    );
    const AccountId = call.account;
    s3ControlHandlers.PutPublicAccessBlock(
      { AccountId, PublicAccessBlockConfiguration: { BlockPublicPolicy: true } },
      call,
    );
    expect(put).toThrow(code("AccessDenied"));
    s3ControlHandlers.DeletePublicAccessBlock({ AccountId }, call);
    put();
    expect(accessHandlers.GetBucketPolicy({ Bucket }, call)).toEqual({ Policy: publicPolicy });
    expect(accessHandlers.GetBucketPolicyStatus({ Bucket }, call)).toEqual({
      PolicyStatus: { IsPublic: true },
    });
    accessHandlers.DeleteBucketPolicy({ Bucket }, call);
    expect(() => accessHandlers.GetBucketPolicyStatus({ Bucket }, call)).toThrow(code("NoSuchBucketPolicy"));
  });

  it("takes public ACLs only where ACLs are on and not blocked", () => {
    const put = () => accessHandlers.PutBucketAcl({ Bucket, ACL: "public-read" }, call);
    expect(put).toThrow(code("AccessControlListNotSupported"));
    const OwnershipControls = { Rules: [{ ObjectOwnership: "ObjectWriter" as const }] };
    accessHandlers.PutBucketOwnershipControls({ Bucket, OwnershipControls }, call);
    expect(put).toThrow(code("AccessDenied"));
    accessHandlers.PutPublicAccessBlock({ Bucket, PublicAccessBlockConfiguration: {} }, call);
    put();
    expect(accessHandlers.GetBucketAcl({ Bucket }, call).Grants[1]).toEqual({
      Grantee: { Type: "Group", URI: "http://acs.amazonaws.com/groups/global/AllUsers" },
      Permission: "READ",
    });
  });
});

it("keeps settings, and says what there is none of", () => {
  expect(settingHandlers.GetBucketVersioning({ Bucket }, call)).toEqual({});
  settingHandlers.PutBucketVersioning({ Bucket, VersioningConfiguration: { Status: "Enabled" } }, call);
  expect(settingHandlers.GetBucketVersioning({ Bucket }, call)).toEqual({ Status: "Enabled" });
  expect(() => settingHandlers.GetBucketTagging({ Bucket }, call)).toThrow(code("NoSuchTagSet"));
  expect(() => settingHandlers.GetObjectLockConfiguration({ Bucket }, call)).toThrow(
    code("ObjectLockConfigurationNotFoundError"),
  );
  const TagSet = [{ Key: "Größe", Value: "klein" }];
  settingHandlers.PutBucketTagging({ Bucket, Tagging: { TagSet } }, call);
  expect(settingHandlers.GetBucketTagging({ Bucket }, call)).toEqual({ TagSet });
  expect(settingHandlers.GetBucketLogging({ Bucket }, call)).toEqual({});
});
