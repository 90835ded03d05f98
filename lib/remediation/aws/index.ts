import type { CloudCall, Operation } from "../operation.ts";
import { emptyDefaultGroup } from "./empty-default-group.ts";
import { removePublicGrants } from "./remove-public-grants.ts";
import { restrictIngress } from "./restrict-ingress.ts";
import { s3Calls } from "./s3-calls.ts";
import { securityGroupCalls } from "./security-group-calls.ts";
import { setPublicAccessBlock } from "./set-public-access-block.ts";

export const awsOperations: readonly Operation[] = [
  setPublicAccessBlock,
  removePublicGrants,
  restrictIngress,
  emptyDefaultGroup,
];
export const awsCalls: readonly CloudCall[] = [...s3Calls, ...securityGroupCalls];
