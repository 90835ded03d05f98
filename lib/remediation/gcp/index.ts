import type { CloudCall, Operation } from "../operation.ts";
import { firewallCalls } from "./firewall-calls.ts";
import { restrictFirewall } from "./restrict-firewall.ts";

export const gcpOperations: readonly Operation[] = [restrictFirewall];
export const gcpCalls: readonly CloudCall[] = [...firewallCalls];
