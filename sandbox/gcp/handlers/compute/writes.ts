import { mergePatch } from "../../merge-patch.ts";
import { type GcpCall, GcpError, type GcpRoute } from "../../model.ts";
import { computeOperation, newId } from "../../operations.ts";
import {
  type ComputeCollection,
  computeState,
  found,
  linkTo,
  notFound,
  pathWithin,
  scopeOf,
} from "./state.ts";

/** The operation that tells of a change to a resource. */
export function operationOn(call: GcpCall, type: string, path: string): object {
  return computeOperation(call, { type, targetLink: linkTo(call.project, path), scope: scopeOf(path) });
}

/** Fields that the service sets, whatever a caller sends. */
const ownFields = ["kind", "id", "name", "selfLink", "creationTimestamp", "region", "zone", "network"];

/** Changes a resource by what the body names, and then by what Google makes of that. */
export function patched(
  call: GcpCall,
  collection: ComputeCollection,
  fill: (resource: object) => object = (resource) => resource,
): object {
  const resource = found(call, collection);
  const changes = Object.fromEntries(
    Object.entries(call.body).filter(([field]) => !ownFields.includes(field)),
  );
  replace(resource, fill(mergePatch(resource, changes) as object));
  return operationOn(call, "patch", pathWithin(call, collection));
}

/** Gives a resource the fields of another, and only those, so that whoever holds it sees the change. */
export function replace(resource: object, next: object): void {
  for (const field of Object.keys(resource)) {
    if (!(field in next)) Reflect.deleteProperty(resource, field);
  }
  Object.assign(resource, next);
}

export function deleted(call: GcpCall, collection: ComputeCollection): object {
  const path = pathWithin(call, collection);
  if (!computeState(call.project, collection).delete(path)) throw notFound(call, path);
  return operationOn(call, "delete", path);
}

/** Makes a resource at the place that the path names, out of the body. */
export function inserted(
  call: GcpCall,
  collection: "firewalls",
  fill: (body: GcpCall["body"]) => object,
): object {
  const { name } = call.body;
  if (typeof name !== "string" || !/^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/.test(name)) {
    throw new GcpError("INVALID_ARGUMENT", "Invalid value for field 'resource.name'.", { reason: "invalid" });
  }
  const path = `global/${collection}/${name}`;
  const state = computeState(call.project, collection);
  if (state.has(path)) {
    throw new GcpError(
      "ALREADY_EXISTS",
      `The resource 'projects/${call.project.id}/${path}' already exists`,
      { reason: "alreadyExists" },
    );
  }
  state.set(path, {
    kind: `compute#${collection.slice(0, -1)}`,
    id: newId(),
    creationTimestamp: call.now.toISOString(),
    ...fill(call.body),
    name,
    selfLink: linkTo(call.project, path),
  });
  return operationOn(call, "insert", path);
}

export const patchRoute = (
  collection: ComputeCollection,
  place: string,
  permission = collection as string,
): GcpRoute => ({
  method: "PATCH",
  path: `/compute/v1/projects/{project}/${place}/${collection}/{name}`,
  permissions: [`compute.${permission}.update`],
  handler: (call) => patched(call, collection),
});
