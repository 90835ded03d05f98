import type { PublicAccessBlockConfiguration } from "@aws-sdk/client-s3";
import type { Call } from "../../model.ts";
import { findAccount } from "../state.ts";
import { type BucketState, s3AccountState } from "./state.ts";

const switches = [
  "BlockPublicAcls",
  "IgnorePublicAcls",
  "BlockPublicPolicy",
  "RestrictPublicBuckets",
] as const satisfies (keyof PublicAccessBlockConfiguration)[];

/** All four switches; what a request leaves out is off. */
export function completeBlock(
  block: PublicAccessBlockConfiguration | undefined,
): Required<PublicAccessBlockConfiguration> {
  return {
    BlockPublicAcls: block?.BlockPublicAcls ?? false,
    IgnorePublicAcls: block?.IgnorePublicAcls ?? false,
    BlockPublicPolicy: block?.BlockPublicPolicy ?? false,
    RestrictPublicBuckets: block?.RestrictPublicBuckets ?? false,
  };
}

/** What holds for a bucket: its own setting and its account's, whichever is stricter. */
export function findEffectiveBlock(bucket: BucketState, call: Call): PublicAccessBlockConfiguration {
  const ofAccount = s3AccountState(findAccount(call)).publicAccessBlock;
  return Object.fromEntries(
    switches.map((name) => [name, Boolean(bucket.publicAccessBlock?.[name] || ofAccount?.[name])]),
  );
}
