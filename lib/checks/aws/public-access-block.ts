import type { Related } from "#lib/checks/model.ts";
import type { PublicAccessBlock } from "#lib/inventory/aws/s3.kinds.ts";

export const blockSwitches = [
  "blockPublicAcls",
  "ignorePublicAcls",
  "blockPublicPolicy",
  "restrictPublicBuckets",
] as const satisfies (keyof PublicAccessBlock)[];

export const switchesOff = (block: PublicAccessBlock) => blockSwitches.filter((name) => !block[name]);

/** What holds for a bucket: a switch is on when bucket or account has it on; `undefined` when one of them is unread. */
export function effectiveBlock(
  bucket: PublicAccessBlock | null | undefined,
  related: Related<"aws.s3.account">,
): Record<keyof PublicAccessBlock, boolean | undefined> {
  const account = related.of("aws.s3.account").items[0]?.config.publicAccessBlock;
  const either = (name: keyof PublicAccessBlock) => {
    if (bucket?.[name] || account?.[name]) return true;
    return bucket === undefined || account === undefined ? undefined : false;
  };
  return {
    blockPublicAcls: either("blockPublicAcls"),
    ignorePublicAcls: either("ignorePublicAcls"),
    blockPublicPolicy: either("blockPublicPolicy"),
    restrictPublicBuckets: either("restrictPublicBuckets"),
  };
}
