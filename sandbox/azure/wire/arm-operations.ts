/** Changes that go on after they were taken: the client asks after them by the address in `Azure-AsyncOperation`. */
import { randomUUID } from "node:crypto";
import { type ArmAnswer, type ArmCall, type ArmType, AzureError } from "#sandbox/azure/model.ts";

/** What a subscription keeps of a change that is under way. */
type Operation = { until: number };

const operationKey = (id: string): string => `operation ${id.toLowerCase()}`;

/** The resource itself, or the one that it lies in: only one change of it goes on at a time. */
function busyKey({ path }: ArmCall): string {
  const [namespace, type] = path.type.split("/");
  return `busy ${path.scope}/providers/${namespace}/${type}/${path.names[0]}`.toLowerCase();
}

const operationIn = (call: ArmCall, key: string): Operation | undefined => {
  const found = call.subscription.kept.get(key);
  return typeof found === "object" && found !== null && "until" in found && typeof found.until === "number"
    ? { until: found.until }
    : undefined;
};

/** Azure takes no second change while the first goes on. */
export function refuseWhileBusy(call: ArmCall): void {
  const operation = operationIn(call, busyKey(call));
  if (!operation || operation.until <= call.now.getTime()) return;
  throw new AzureError(
    429,
    "AnotherOperationInProgress",
    "Another operation on this or dependent resource is in progress. To retrieve status of the operation use uri in its Azure-AsyncOperation header.",
    { "retry-after": "0" },
  );
}

/** Answers a change as one that was only taken, where the estate's changes take time. */
export function takingTime(answer: ArmAnswer, type: ArmType, call: ArmCall, baseUrl: string): ArmAnswer {
  const { estate, subscription, now, query } = call;
  if (estate.operationMs === undefined || answer.status === 204) return answer;
  const [namespace] = type.type.split("/");
  const id = randomUUID();
  const operation: Operation = { until: now.getTime() + estate.operationMs };
  subscription.kept.set(operationKey(id), operation);
  subscription.kept.set(busyKey(call), operation);
  const place = `/subscriptions/${subscription.id}/providers/${namespace}/locations/global/operations/${id}`;
  const version = query.get("api-version")?.[0] ?? "";
  const headers = { "azure-asyncoperation": `${baseUrl}${place}?api-version=${version}` };
  if (!answer.value) return { status: 202, headers };
  const { properties, ...rest }: Record<string, unknown> = { ...answer.value };
  const updating = { ...Object(properties), provisioningState: "Updating" };
  return { status: answer.status, value: { ...rest, properties: updating }, headers };
}

/** The type by which a provider tells how its changes stand. */
export const operationsType = (namespace: string): ArmType => ({
  type: `${namespace}/locations/operations`,
  permission: () => null,
  get(call) {
    const id = call.path.names.at(-1) ?? "";
    const operation = operationIn(call, operationKey(id));
    if (!operation) return null;
    const status = operation.until <= call.now.getTime() ? "Succeeded" : "InProgress";
    return { id: call.path.id, name: id, type: `${namespace}/locations/operations`, properties: { status } };
  },
  show: ({ name, properties }) => ({ name, status: properties.status }),
});
