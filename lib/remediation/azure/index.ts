import type { CloudCall, Operation } from "../operation.ts";
import { closeContainers } from "./close-containers.ts";
import { nsgCalls } from "./nsg-calls.ts";
import { restrictInbound } from "./restrict-inbound.ts";
import { storageCalls } from "./storage-calls.ts";
import { forbidPublicBlobs, regenerateKey1, regenerateKey2, setKeyReminder } from "./storage-operations.ts";

export const azureOperations: readonly Operation[] = [
  restrictInbound,
  closeContainers,
  forbidPublicBlobs,
  setKeyReminder,
  regenerateKey1,
  regenerateKey2,
];
export const azureCalls: readonly CloudCall[] = [...nsgCalls, ...storageCalls];
