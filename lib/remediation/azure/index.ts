import type { CloudCall, Operation } from "../operation.ts";

export const azureOperations: readonly Operation[] = [];
export const azureCalls: readonly CloudCall[] = [];
