import type { CloudCall, Operation } from "../operation.ts";
import { tagCalls } from "./ec2-tags.ts";
import { emptyDefaultGroup } from "./empty-default-group.ts";
import { encryptByDefault, encryptByDefaultCalls } from "./encrypt-by-default.ts";
import { encryptVolume } from "./encrypt-volume.ts";
import { instanceCalls } from "./instance-calls.ts";
import { removePublicGrants } from "./remove-public-grants.ts";
import { restrictIngress } from "./restrict-ingress.ts";
import { s3Calls } from "./s3-calls.ts";
import { securityGroupCalls } from "./security-group-calls.ts";
import { setPublicAccessBlock } from "./set-public-access-block.ts";
import { volumeCalls } from "./volume-calls.ts";
import { watchingCalls, watchingOperations } from "./watching.ts";

export const awsOperations: readonly Operation[] = [
  ...watchingOperations,
  setPublicAccessBlock,
  removePublicGrants,
  restrictIngress,
  emptyDefaultGroup,
  encryptByDefault,
  encryptVolume,
];
export const awsCalls: readonly CloudCall[] = [
  ...watchingCalls,
  ...s3Calls,
  ...securityGroupCalls,
  ...encryptByDefaultCalls,
  ...tagCalls,
  ...instanceCalls,
  ...volumeCalls,
];
