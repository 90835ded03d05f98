import { DeletePublicAccessBlockCommand, PutPublicAccessBlockCommand } from "@aws-sdk/client-s3";
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
];
