import type { CloudCall, Operation } from "../operation.ts";
import { nsgCalls } from "./nsg-calls.ts";
import { restrictInbound } from "./restrict-inbound.ts";

export const azureOperations: readonly Operation[] = [restrictInbound];
export const azureCalls: readonly CloudCall[] = [...nsgCalls];
