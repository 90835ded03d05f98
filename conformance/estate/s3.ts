import {
  CreateBucketCommand,
  PutBucketAclCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutPublicAccessBlockCommand,
} from "@aws-sdk/client-s3";
import { PutPublicAccessBlockCommand as PutAccountBlockCommand } from "@aws-sdk/client-s3-control";
import { homeRegion, type Site } from "./site.ts";

const everything = {
  BlockPublicAcls: true,
  IgnorePublicAcls: true,
  BlockPublicPolicy: true,
  RestrictPublicBuckets: true,
};

const arns = (bucket: string) => [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`];

const refuseHttp = (resources: string[]) => ({
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: resources,
  Condition: { Bool: { "aws:SecureTransport": "false" } },
});

/** Buckets of every sort that the S3 checks tell apart. */
export async function makeBuckets(site: Site): Promise<void> {
  const { s3 } = site.clients();
  const create = async (name: string, region = homeRegion) => {
    const Bucket = `${name}-${site.account}`;
    await site.clients(region).s3.send(
      new CreateBucketCommand({
        Bucket,
        ...(region === "us-east-1" ? {} : { CreateBucketConfiguration: { LocationConstraint: "eu-west-1" } }),
      }),
    );
    site.name(name, `arn:aws:s3:::${Bucket}`);
    return Bucket;
  };
  const setPolicy = (Bucket: string, ...statements: object[]) =>
    s3.send(
      new PutBucketPolicyCommand({
        Bucket,
        Policy: JSON.stringify({ Version: "2012-10-17", Statement: statements }),
      }),
    );
  const block = (Bucket: string, switches: Partial<typeof everything>) =>
    s3.send(
      new PutPublicAccessBlockCommand({
        Bucket,
        PublicAccessBlockConfiguration: { ...everything, ...switches },
      }),
    );

  const open = await create("public-by-policy");
  await setPolicy(open, { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: arns(open)[1] });

  const byAcl = await create("public-by-acl");
  await s3.send(new PutBucketAclCommand({ Bucket: byAcl, ACL: "public-read" }));

  const overridden = await create("public-overridden");
  await s3.send(new PutBucketAclCommand({ Bucket: overridden, ACL: "public-read-write" }));
  await block(overridden, {});

  const guarded = await create("guarded");
  await setPolicy(guarded, refuseHttp(arns(guarded)));
  await block(guarded, {});
  await s3.send(
    new PutBucketVersioningCommand({ Bucket: guarded, VersioningConfiguration: { Status: "Enabled" } }),
  );

  const half = await create("half-guarded");
  await setPolicy(half, refuseHttp(arns(half).slice(1)));
  await block(half, { BlockPublicPolicy: false, RestrictPublicBuckets: false });
  await s3.send(
    new PutBucketVersioningCommand({ Bucket: half, VersioningConfiguration: { Status: "Suspended" } }),
  );

  await create("in-virginia", "us-east-1");
}

/** Blocks public access for the whole account. */
export async function blockAccount(site: Site): Promise<void> {
  await site.clients("us-east-1").s3control.send(
    new PutAccountBlockCommand({
      AccountId: site.account,
      PublicAccessBlockConfiguration: everything,
    }),
  );
}

/** A bucket that is public by its ACL alone. */
export async function makeBucketPublicByAcl(site: Site): Promise<void> {
  const { s3 } = site.clients();
  const Bucket = `shared-${site.account}`;
  await s3.send(
    new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: "eu-west-1" } }),
  );
  await s3.send(new PutBucketAclCommand({ Bucket, ACL: "public-read" }));
  site.name("shared", `arn:aws:s3:::${Bucket}`);
}
