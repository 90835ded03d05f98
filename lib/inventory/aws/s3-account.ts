import type { PublicAccessBlockConfiguration } from "@aws-sdk/client-s3";
import { GetPublicAccessBlockCommand } from "@aws-sdk/client-s3-control";
import { readAndUnread, required } from "../answers.ts";
import { accountSettingsUid } from "./account-settings.ts";
import type { AwsCollector } from "./collector.ts";
import type { PublicAccessBlock } from "./s3.kinds.ts";

/** Reads the account's own S3 Block Public Access, which holds for every bucket in every region. */
export const s3Account: AwsCollector<"aws.s3.account"> = {
  kind: "aws.s3.account",
  cloud: "aws",
  service: "s3",
  scope: "global",
  permissions: ["s3:GetAccountPublicAccessBlock"],
  async *collect({ account, partition, clients, signal, read }) {
    const uid = accountSettingsUid(partition, "s3", "", account);
    const publicAccessBlock = await read(
      uid,
      "s3:GetAccountPublicAccessBlock",
      async () => {
        const command = new GetPublicAccessBlockCommand({ AccountId: account });
        const answer = await clients.s3control.send(command, { abortSignal: signal });
        return publicAccessBlockOf(answer.PublicAccessBlockConfiguration);
      },
      { absent: ["NoSuchPublicAccessBlockConfiguration"] },
    );
    const facets = readAndUnread({ publicAccessBlock });
    const where = { account, region: "global", name: "S3 account settings" };
    yield { uid, kind: "aws.s3.account", ...where, tags: {}, config: facets.read, unread: facets.unread };
  },
};

/** The four switches, each of which AWS always states. */
export function publicAccessBlockOf(answer: PublicAccessBlockConfiguration | undefined): PublicAccessBlock {
  const block = required(answer, "PublicAccessBlockConfiguration");
  return {
    blockPublicAcls: required(block.BlockPublicAcls, "BlockPublicAcls"),
    ignorePublicAcls: required(block.IgnorePublicAcls, "IgnorePublicAcls"),
    blockPublicPolicy: required(block.BlockPublicPolicy, "BlockPublicPolicy"),
    restrictPublicBuckets: required(block.RestrictPublicBuckets, "RestrictPublicBuckets"),
  };
}
