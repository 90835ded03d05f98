import type { CloudCall, Operation } from "../operation.ts";
import { closeBucket } from "./close-bucket.ts";
import { firewallCalls } from "./firewall-calls.ts";
import { restrictFirewall } from "./restrict-firewall.ts";
import { storageCalls } from "./storage-calls.ts";

export const gcpOperations: readonly Operation[] = [restrictFirewall, closeBucket];
export const gcpCalls: readonly CloudCall[] = [...firewallCalls, ...storageCalls];
