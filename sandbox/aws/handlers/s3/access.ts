import type { Grant } from "@aws-sdk/client-s3";
import { AwsError } from "../../model.ts";
import type { Operations } from "../operations.ts";
import { setCannedAcl, setGrants } from "./acl.ts";
import { completeBlock, findEffectiveBlock } from "./public-access-block.ts";
import { isPublicPolicy, parsePolicy } from "./public-policy.ts";
import { accessDenied, findBucket, ownerOf } from "./state.ts";

const notFound = (code: string, message: string) => new AwsError(code, message, 404);
const noPolicy = () => notFound("NoSuchBucketPolicy", "The bucket policy does not exist");

/** Who may reach a bucket: Block Public Access, policy, ACL and object ownership. */
export const accessHandlers = {
  GetPublicAccessBlock: (input, call) => {
    const { publicAccessBlock } = findBucket(input, call);
    if (!publicAccessBlock) {
      throw notFound(
        "NoSuchPublicAccessBlockConfiguration",
        "The public access block configuration was not found",
      );
    }
    return { PublicAccessBlockConfiguration: publicAccessBlock };
  },
  PutPublicAccessBlock: (input, call) => {
    findBucket(input, call).publicAccessBlock = completeBlock(input.PublicAccessBlockConfiguration);
    return {};
  },
  DeletePublicAccessBlock: (input, call) => {
    findBucket(input, call).publicAccessBlock = null;
    return {};
  },

  GetBucketPolicy: (input, call) => {
    const { policy } = findBucket(input, call);
    if (policy === null) throw noPolicy();
    return { Policy: policy };
  },
  GetBucketPolicyStatus: (input, call) => {
    const { policy } = findBucket(input, call);
    if (policy === null) throw noPolicy();
    return { PolicyStatus: { IsPublic: isPublicPolicy(policy) } };
  },
  PutBucketPolicy: (input, call) => {
    const bucket = findBucket(input, call);
    const policy = input.Policy ?? "";
    if (!parsePolicy(policy)) {
      throw new AwsError("MalformedPolicy", "Policies must be valid JSON and the first byte must be '{'");
    }
    if (isPublicPolicy(policy) && findEffectiveBlock(bucket, call).BlockPublicPolicy) throw accessDenied();
    bucket.policy = policy;
    return {};
  },
  DeleteBucketPolicy: (input, call) => {
    findBucket(input, call).policy = null;
    return {};
  },

  GetBucketAcl: (input, call) => ({
    Owner: ownerOf(call.account),
    Grants: findBucket(input, call).grants,
  }),
  PutBucketAcl: (input, call) => {
    const bucket = findBucket(input, call);
    const grants: Grant[] | undefined = input.AccessControlPolicy?.Grants;
    if (grants) setGrants(bucket, grants, call);
    else setCannedAcl(bucket, input.ACL ?? "private", call);
    return {};
  },

  GetBucketOwnershipControls: (input, call) => {
    const { ownership } = findBucket(input, call);
    if (!ownership) {
      throw notFound("OwnershipControlsNotFoundError", "The bucket ownership controls were not found");
    }
    return { OwnershipControls: { Rules: [{ ObjectOwnership: ownership }] } };
  },
  PutBucketOwnershipControls: (input, call) => {
    findBucket(input, call).ownership = input.OwnershipControls?.Rules?.[0]?.ObjectOwnership ?? null;
    return {};
  },
  DeleteBucketOwnershipControls: (input, call) => {
    findBucket(input, call).ownership = null;
    return {};
  },
} satisfies Operations<typeof import("@aws-sdk/client-s3")>;
