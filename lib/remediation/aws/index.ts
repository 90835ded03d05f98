import type { CloudCall, Operation } from "../operation.ts";
import { s3Calls } from "./s3-calls.ts";
import { setPublicAccessBlock } from "./set-public-access-block.ts";

export const awsOperations: readonly Operation[] = [setPublicAccessBlock];
export const awsCalls: readonly CloudCall[] = [...s3Calls];
