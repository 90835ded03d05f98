import { awsCalls, awsOperations } from "./aws/index.ts";
import { azureCalls, azureOperations } from "./azure/index.ts";
import { gcpCalls, gcpOperations } from "./gcp/index.ts";
import type { CloudCall, Operation } from "./operation.ts";

export const operations: readonly Operation[] = [...awsOperations, ...azureOperations, ...gcpOperations];
export const calls: readonly CloudCall[] = [...awsCalls, ...azureCalls, ...gcpCalls];

const operationById = new Map(operations.map((operation) => [operation.id, operation]));
const callByApi = new Map(calls.map((call) => [call.api, call]));

/** Undefined for an operation that there is none of. */
export const operationOf = (id: string): Operation | undefined => operationById.get(id);

/** Throws for a call that the catalogue doesn't have: nothing else is ever sent. */
export function callOf(api: string): CloudCall {
  const call = callByApi.get(api);
  if (!call) throw new Error(`The catalogue has no call ${api}.`);
  return call;
}
