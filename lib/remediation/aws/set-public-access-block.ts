import { GetPublicAccessBlockCommand } from "@aws-sdk/client-s3";
import { z } from "zod";
import type { PlannedCall } from "../model.ts";
import { defineOperation } from "../operation.ts";
import { isNamed } from "./errors.ts";

type Block = {
  BlockPublicAcls: boolean;
  IgnorePublicAcls: boolean;
  BlockPublicPolicy: boolean;
  RestrictPublicBuckets: boolean;
};
/** As S3 names it, so that the before-image is what a call takes; null when the bucket has no setting of its own. */
type State = { PublicAccessBlockConfiguration: Block | null };

const blocked: Block = {
  BlockPublicAcls: true,
  IgnorePublicAcls: true,
  BlockPublicPolicy: true,
  RestrictPublicBuckets: true,
};

export const setPublicAccessBlock = defineOperation<"aws", State, Record<string, never>>({
  id: "aws.s3.block-public-access",
  cloud: "aws",
  title: "Block public access to the bucket",
  kinds: ["aws.s3.bucket"],
  parameters: z.object({}),
  reads: ["s3:GetBucketPublicAccessBlock"],
  calls: ["aws.s3.PutPublicAccessBlock", "aws.s3.DeletePublicAccessBlock"],

  async read(access, { target, signal }) {
    try {
      const { PublicAccessBlockConfiguration: block } = await access
        .clients(target.region)
        .s3.send(new GetPublicAccessBlockCommand({ Bucket: target.name }), { abortSignal: signal });
      return { PublicAccessBlockConfiguration: block ? complete(block) : null };
    } catch (error) {
      if (isNamed(error, "NoSuchPublicAccessBlockConfiguration"))
        return { PublicAccessBlockConfiguration: null };
      if (isNamed(error, "NoSuchBucket")) return null;
      throw error;
    }
  },

  plan(state, _parameters, target) {
    const block = state.PublicAccessBlockConfiguration;
    if (block && Object.values(block).every(Boolean)) {
      return { outcome: "nothing", reason: "The bucket blocks public access already." };
    }
    const after = { PublicAccessBlockConfiguration: blocked };
    return { outcome: "change", after, calls: [put(target.name, blocked)], notes: [note] };
  },

  wayBack(before, _present, target) {
    const block = before.PublicAccessBlockConfiguration;
    const call: PlannedCall = block
      ? put(target.name, block)
      : { id: "delete", api: "aws.s3.DeletePublicAccessBlock", input: { Bucket: target.name } };
    return { calls: [call] };
  },
});

const note =
  "Whoever reads this bucket without signing in, such as visitors of a website in it, is turned away from then on.";

const put = (bucket: string, block: Block): PlannedCall => ({
  id: "put",
  api: "aws.s3.PutPublicAccessBlock",
  input: { Bucket: bucket, PublicAccessBlockConfiguration: block },
});

/** S3 leaves out switches that are off. */
const complete = (block: Partial<Block>): Block => ({
  BlockPublicAcls: block.BlockPublicAcls ?? false,
  IgnorePublicAcls: block.IgnorePublicAcls ?? false,
  BlockPublicPolicy: block.BlockPublicPolicy ?? false,
  RestrictPublicBuckets: block.RestrictPublicBuckets ?? false,
});
