import type { CloudCall, Operation } from "../operation.ts";
import { deleteInactiveAccessKeys, rotateAccessKey } from "./access-keys.ts";
import { configCalls } from "./config-calls.ts";
import { recordEverything } from "./config-recorder.ts";
import { enableFlowLogs, flowLogCalls } from "./flow-logs.ts";
import { enableGuardDuty, guardDutyCalls } from "./guardduty.ts";
import { iamCalls } from "./iam-calls.ts";
import { recordAccount } from "./record-account.ts";
import { requireMfa } from "./require-mfa.ts";
import { trailCalls } from "./trail-calls.ts";
import { coverAllRegions, encryptTrail, validateLogFiles } from "./trail-settings.ts";

/** What watches over an account: its records and its credentials. */
export const watchingOperations: readonly Operation[] = [
  recordAccount,
  coverAllRegions,
  validateLogFiles,
  encryptTrail,
  enableFlowLogs,
  recordEverything,
  enableGuardDuty,
  requireMfa,
  rotateAccessKey,
  deleteInactiveAccessKeys,
];
export const watchingCalls: readonly CloudCall[] = [
  ...trailCalls,
  ...flowLogCalls,
  ...configCalls,
  ...guardDutyCalls,
  ...iamCalls,
];
