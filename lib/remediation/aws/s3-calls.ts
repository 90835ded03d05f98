import {
  DeleteBucketPolicyCommand,
  DeletePublicAccessBlockCommand,
  PutBucketAclCommand,
  PutBucketPolicyCommand,
  PutPublicAccessBlockCommand,
} from "@aws-sdk/client-s3";
import { z } from "zod";
import { defineCall } from "../operation.ts";
import { awsCommand } from "./command.ts";

const Bucket = z.object({ Bucket: z.string().min(3).max(63) });
const Block = z.object({
  BlockPublicAcls: z.boolean(),
  IgnorePublicAcls: z.boolean(),
  BlockPublicPolicy: z.boolean(),
  RestrictPublicBuckets: z.boolean(),
});
const Permission = z.enum(["FULL_CONTROL", "READ", "READ_ACP", "WRITE", "WRITE_ACP"]);
const Acl = z.strictObject({
  Owner: z.strictObject({ ID: z.string() }),
  Grants: z
    .array(
      z.strictObject({
        Grantee: z.discriminatedUnion("Type", [
          z.strictObject({ Type: z.literal("Group"), URI: z.url() }),
          z.strictObject({ Type: z.literal("CanonicalUser"), ID: z.string() }),
        ]),
        Permission,
      }),
    )
    .max(100),
});

export const s3Calls = [
  defineCall({
    api: "aws.s3.PutPublicAccessBlock",
    cloud: "aws",
    input: Bucket.extend({ PublicAccessBlockConfiguration: Block }),
    permissions: ["s3:PutBucketPublicAccessBlock"],
    async send(access, input, { region, signal }) {
      await access.clients(region).s3.send(new PutPublicAccessBlockCommand(input), { abortSignal: signal });
      return null;
    },
    command: (input, where) => awsCommand("s3api put-public-access-block", input, where),
  }),
  defineCall({
    api: "aws.s3.DeletePublicAccessBlock",
    cloud: "aws",
    input: Bucket,
    permissions: ["s3:PutBucketPublicAccessBlock"],
    async send(access, input, { region, signal }) {
      await access
        .clients(region)
        .s3.send(new DeletePublicAccessBlockCommand(input), { abortSignal: signal });
      return null;
    },
    command: (input, where) => awsCommand("s3api delete-public-access-block", input, where),
  }),
  defineCall({
    api: "aws.s3.PutBucketAcl",
    cloud: "aws",
    input: Bucket.extend({ AccessControlPolicy: Acl }),
    permissions: ["s3:PutBucketAcl"],
    async send(access, input, { region, signal }) {
      await access.clients(region).s3.send(new PutBucketAclCommand(input), { abortSignal: signal });
      return null;
    },
    command: (input, where) => awsCommand("s3api put-bucket-acl", input, where),
  }),
  defineCall({
    api: "aws.s3.PutBucketPolicy",
    cloud: "aws",
    // 20 KB is the most that S3 takes.
    input: Bucket.extend({ Policy: z.string().max(20_480) }),
    permissions: ["s3:PutBucketPolicy"],
    async send(access, input, { region, signal }) {
      await access.clients(region).s3.send(new PutBucketPolicyCommand(input), { abortSignal: signal });
      return null;
    },
    command: (input, where) => awsCommand("s3api put-bucket-policy", input, where),
  }),
  defineCall({
    api: "aws.s3.DeleteBucketPolicy",
    cloud: "aws",
    input: Bucket,
    permissions: ["s3:DeleteBucketPolicy"],
    async send(access, input, { region, signal }) {
      await access.clients(region).s3.send(new DeleteBucketPolicyCommand(input), { abortSignal: signal });
      return null;
    },
    command: (input, where) => awsCommand("s3api delete-bucket-policy", input, where),
  }),
];
