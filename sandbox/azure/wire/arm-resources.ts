/** What every resource type can do: be read, listed, written, deleted and acted on. */
import { randomUUID } from "node:crypto";
import { describeId } from "#sandbox/azure/arm-tree.ts";
import {
  type ArmAnswer,
  type ArmCall,
  type ArmResource,
  type ArmType,
  AzureError,
} from "#sandbox/azure/model.ts";
import { type ArmPath, parentOf } from "./arm-path.ts";
import { pageOf } from "./paging.ts";

export function getResource(type: ArmType, call: ArmCall): ArmAnswer {
  const resource = findResource(type, call);
  return { status: 200, value: shown(type, resource, call) };
}

function shown(type: ArmType, resource: ArmResource, call: ArmCall): object {
  const value = type.show?.(resource, call) ?? resource;
  return type.hasEtags ? { ...value, etag: etagOf(resource) } : value;
}

const etagOf = ({ etag }: ArmResource): string =>
  typeof etag === "string" ? etag : 'W/"00000000-0000-0000-0000-000000000000"';

/** Refuses a change that was meant for another version. */
function checkEtag(type: ArmType, previous: ArmResource | null, { ifMatch }: ArmCall): void {
  if (!type.hasEtags || ifMatch === undefined || (previous && [etagOf(previous), "*"].includes(ifMatch)))
    return;
  throw new AzureError(
    412,
    "PreconditionFailed",
    `Precondition failed: the ETag ${ifMatch} is not the resource's.`,
  );
}

/** Stores a version with an ETag of its own. */
function store(type: ArmType, next: ArmResource, { subscription }: ArmCall): ArmResource {
  return subscription.tree.put(type.hasEtags ? { ...next, etag: `W/"${randomUUID()}"` } : next);
}

function findResource(type: ArmType, call: ArmCall): ArmResource {
  const found = type.get ? type.get(call) : call.subscription.tree.get(call.path.id);
  if (!found) throw notFound(call.path);
  return found;
}

const notFound = ({ type, names, resourceGroup }: ArmPath): AzureError =>
  new AzureError(
    404,
    "ResourceNotFound",
    `The Resource '${type}/${names.join("/")}' under resource group '${resourceGroup ?? "<null>"}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix`,
  );

export function listResources(type: ArmType, call: ArmCall, baseUrl: string): ArmAnswer {
  const { path, query, estate } = call;
  const all = type.list ? type.list(call) : listStored(type, call);
  const top = Number(query.get("$top")?.[0] ?? Number.NaN);
  const size = type.pageSize ?? estate.pageSize;
  const { items, next } = pageOf(all, query.get("$skiptoken")?.[0], top > 0 ? Math.min(top, size) : size);
  const show = type.showInList ?? type.show;
  const value = items.map((item) => show?.(item, call) ?? item);
  if (next === null) return { status: 200, value: { value } };
  const kept = [...query]
    .filter(([name]) => name !== "$skiptoken")
    .map(([name, values]): [string, string] => [name, values[0] ?? ""]);
  const link = `${baseUrl}${encodeURI(path.id)}?${new URLSearchParams([...kept, ["$skiptoken", next]])}`;
  return { status: 200, value: { value, nextLink: link } };
}

function listStored(type: ArmType, { path, subscription: { tree, id } }: ArmCall): ArmResource[] {
  const isWide = !type.isExtension && path.names.length === 0;
  if (!isWide) return inPlace(tree.in(path.id), path, tree.get(parentOf(path).id) !== null);
  return path.resourceGroup === null
    ? tree.ofType(type.type)
    : tree.ofType(type.type, `/subscriptions/${id}/resourceGroups/${path.resourceGroup}`);
}

/** The children of a resource that isn't there are no empty list. */
function inPlace(items: ArmResource[], path: ArmPath, hasParent: boolean): ArmResource[] {
  if (items.length === 0 && path.names.length > 0 && !hasParent) {
    throw new AzureError(
      404,
      "ParentResourceNotFound",
      `Failed to perform 'read' on resource(s) of type '${path.type.split("/").slice(1).join("/")}', because the parent resource '${path.names.join("/")}' could not be found.`,
    );
  }
  return items;
}

export function putResource(type: ArmType, body: Record<string, unknown>, call: ArmCall): ArmAnswer {
  const { path, subscription } = call;
  if (path.isCollection) throw new AzureError(405, "MethodNotAllowed", "A collection can't be written.");
  const previous = type.get ? type.get(call) : subscription.tree.get(path.id);
  const id = previous?.id ?? path.id;
  const next: ArmResource = {
    ...body,
    id,
    name: previous?.name ?? describeId(id).name,
    type: type.type,
    properties: { ...objectIn(body, "properties"), provisioningState: "Succeeded" },
  };
  checkEtag(type, previous, call);
  const stored = store(type, type.write?.(next, previous, call) ?? next, call);
  return { status: previous ? 200 : (type.madeStatus ?? 201), value: shown(type, stored, call) };
}

export function patchResource(type: ArmType, body: Record<string, unknown>, call: ArmCall): ArmAnswer {
  const previous = findResource(type, call);
  const { id, name, type: ownType } = previous;
  const merged = mergePatch(previous, body);
  const next: ArmResource = {
    ...merged,
    id,
    name,
    type: ownType,
    properties: objectIn(merged, "properties"),
  };
  // Azure replaces the tags as a whole, where it merges all else.
  const tags = body.tags === undefined ? previous.tags : stringsIn(body, "tags");
  if (tags) next.tags = tags;
  checkEtag(type, previous, call);
  const stored = store(type, type.write?.(next, previous, call) ?? next, call);
  return { status: 200, value: shown(type, stored, call) };
}

export function deleteResource(type: ArmType, call: ArmCall): ArmAnswer {
  const { path, subscription } = call;
  const found = type.get ? type.get(call) : subscription.tree.get(path.id);
  if (!found) return { status: 204 };
  checkEtag(type, found, call);
  type.remove?.(found, call);
  subscription.tree.delete(found.id);
  return { status: 200 };
}

export function runAction(
  type: ArmType,
  path: ArmPath,
  body: Record<string, unknown>,
  call: ArmCall,
): ArmAnswer {
  const parent = parentOf(path);
  const name = path.id.slice(parent.id.length + 1);
  const action = type.actions?.[name];
  if (!action)
    throw new AzureError(404, "InvalidResourceType", `There is no action '${name}' of '${type.type}'.`);
  const own = { ...call, path: parent };
  const isOfType = parent.isCollection || parent.names.length === 0;
  return action.run(isOfType ? null : findResource(type, own), body, own);
}

/** JSON Merge Patch (RFC 7396). */
function mergePatch(target: unknown, patch: Record<string, unknown>): Record<string, unknown> {
  const merged: Record<string, unknown> = { ...(isObject(target) ? target : {}) };
  for (const [field, value] of Object.entries(patch)) {
    if (value === null) delete merged[field];
    else merged[field] = isObject(value) ? mergePatch(merged[field], value) : value;
  }
  return merged;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function objectIn(body: Record<string, unknown>, field: string): Record<string, unknown> {
  const value = body[field];
  if (value === undefined) return {};
  if (isObject(value)) return value;
  throw new AzureError(400, "InvalidRequestContent", `The field '${field}' must be an object.`);
}

const stringsIn = (body: Record<string, unknown>, field: string): Record<string, string> =>
  Object.fromEntries(Object.entries(objectIn(body, field)).map(([name, value]) => [name, String(value)]));
