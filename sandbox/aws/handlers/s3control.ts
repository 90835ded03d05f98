import type { Call } from "../model.ts";
import { AwsError } from "../model.ts";
import type { Operations } from "./operations.ts";
import { completeBlock } from "./s3/public-access-block.ts";
import { accessDenied, s3AccountState } from "./s3/state.ts";
import { findAccount } from "./state.ts";

/** Block Public Access of an account, which overrules its buckets. */
export const s3ControlHandlers = {
  GetPublicAccessBlock: (input, call) => {
    const { publicAccessBlock } = findSettings(input.AccountId, call);
    if (!publicAccessBlock) {
      throw new AwsError(
        "NoSuchPublicAccessBlockConfiguration",
        "The public access block configuration was not found",
        404,
      );
    }
    return { PublicAccessBlockConfiguration: publicAccessBlock };
  },
  PutPublicAccessBlock: (input, call) => {
    const settings = findSettings(input.AccountId, call);
    settings.publicAccessBlock = completeBlock(input.PublicAccessBlockConfiguration);
    return {};
  },
  DeletePublicAccessBlock: (input, call) => {
    findSettings(input.AccountId, call).publicAccessBlock = null;
    return {};
  },
} satisfies Operations<typeof import("@aws-sdk/client-s3-control")>;

function findSettings(accountId: string | undefined, call: Call) {
  if (accountId !== call.account) throw accessDenied();
  return s3AccountState(findAccount(call));
}
