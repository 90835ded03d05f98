import { randomInt } from "node:crypto";
import { collectionOf, type GcpCall, GcpError, type GcpRoute } from "./model.ts";

/** A 64-bit id as Google's older APIs number things. */
export const newId = (): string =>
  `${randomInt(1, 2 ** 31)}${String(randomInt(0, 2 ** 31)).padStart(10, "0")}`;

/**
 * A Compute Engine operation. It is answered as under way, as Google's are, and is over when it is asked for.
 *
 * @param scope `global`, `regions/<region>` or `zones/<zone>`.
 */
export function computeOperation(
  call: GcpCall,
  { type, targetLink, scope }: { type: string; targetLink: string; scope: string },
): object {
  const id = newId();
  const name = `operation-${id}`;
  const at = call.now.toISOString();
  const link = `https://www.googleapis.com/compute/v1/projects/${call.project.id}/${scope}`;
  const operation = {
    kind: "compute#operation",
    id,
    name,
    operationType: type,
    targetLink,
    status: "DONE",
    progress: 100,
    user: call.identity.email,
    insertTime: at,
    startTime: at,
    endTime: at,
    selfLink: `${link}/operations/${name}`,
    ...(scope === "global" ? {} : { [scope.startsWith("zones/") ? "zone" : "region"]: link }),
  };
  collectionOf(call.project, "compute.operations").set(`${scope}/${name}`, operation);
  const { endTime: _end, ...begun } = operation;
  return { ...begun, status: "RUNNING", progress: 0 };
}

/** Polling of Compute Engine's operations. */
export const computeOperationRoutes: readonly GcpRoute[] = [
  ["global", "compute.globalOperations.get"],
  ["regions/{region}", "compute.regionOperations.get"],
  ["zones/{zone}", "compute.zoneOperations.get"],
].flatMap(([scope = "", permission = ""]) => {
  const path = `/compute/v1/projects/{project}/${scope}/operations/{operation}`;
  const handler = (call: GcpCall) => {
    const at = scope.replace(/\{(\w+)\}/, (_whole, label: string) => call.labels[label] ?? "");
    return operationAt(call, "compute.operations", `${at}/${call.labels.operation}`);
  };
  return [
    { method: "GET" as const, path, permissions: [permission], handler },
    { method: "POST" as const, path: `${path}/wait`, permissions: [permission], handler },
  ];
});

/** A long-running operation of the newer APIs (google.longrunning) that is over at once, kept so that it can be polled. */
export function finishedOperation(
  call: GcpCall,
  { name, metadata, response }: { name: string; metadata?: object; response?: object },
): object {
  const operation = { name, ...(metadata ? { metadata } : {}), done: true, response: response ?? {} };
  collectionOf(call.project, "operations").set(name, operation);
  return operation;
}

/** An operation that was made before. */
export function operationAt(call: GcpCall, collection: string, name: string): object {
  const operation = collectionOf(call.project, collection).get(name);
  if (!operation) throw new GcpError("NOT_FOUND", `The resource '${name}' was not found`);
  return operation;
}
