import type { CloudCall, Operation } from "../operation.ts";

export const gcpOperations: readonly Operation[] = [];
export const gcpCalls: readonly CloudCall[] = [];
