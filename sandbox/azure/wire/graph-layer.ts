/** Microsoft Graph v1.0: one request in, one answer out, over the tenant's tree of objects and lists. */
import { randomUUID } from "node:crypto";
import { decodePercent, type WireRequest } from "#sandbox/aws/wire/http-request.ts";
import { AzureError, type GraphCall, type GraphObject, type GraphRoute } from "#sandbox/azure/model.ts";
import { matchesFilter } from "./graph-filter.ts";
import { type JsonAnswer, jsonAnswer } from "./json-answer.ts";
import { pageOf } from "./paging.ts";
import type { Bearer } from "./tokens.ts";

export type GraphRequest = {
  /** Without version and slash. */
  path: string;
  route: GraphRoute | null;
  ids: string[];
  /** The least permission that lets the call through. */
  permission: string;
  operation: string;
};

export const isGraphPath = (path: string): boolean => /^\/(v1\.0|beta)(\/|$)/.test(path);

export function readGraphRequest(
  { method, rawPath }: WireRequest,
  routes: readonly GraphRoute[],
): GraphRequest {
  const path = decodePercent(rawPath)
    .replace(/^\/v1\.0\/?/, "")
    .replace(/\/+$/, "");
  for (const route of routes) {
    const ids = matchPath(route.path, path);
    if (!ids) continue;
    const [permission] = (method === "GET" ? undefined : route.writePermissions) ?? route.permissions;
    return { path, route, ids, permission, operation: `${method} ${route.path}` };
  }
  return { path, route: null, ids: [], permission: "Directory.Read.All", operation: `${method} ${path}` };
}

/** What the braces of a template stand for in a path; `null` when it doesn't fit. */
function matchPath(template: string, path: string): string[] | null {
  const wanted = template.split("/");
  const given = path.split("/");
  if (wanted.length !== given.length) return null;
  const ids: string[] = [];
  for (const [index, step] of wanted.entries()) {
    const found = given[index] ?? "";
    if (step.startsWith("{")) ids.push(found);
    else if (step.toLowerCase() !== found.toLowerCase()) return null;
  }
  return ids;
}

/** Refuses whoever has none of the permissions. */
export function admitToGraph({ method }: WireRequest, { route }: GraphRequest, { principal }: Bearer): void {
  if (!route) return;
  const allowed = method === "GET" ? route.permissions : (route.writePermissions ?? []);
  const has = (permission: string) =>
    principal.graphPermissions.includes("*") || principal.graphPermissions.includes(permission);
  if (method === "GET" ? !allowed.some(has) : allowed.length > 0 && !allowed.some(has)) throw insufficient();
}

export const insufficient = (): AzureError =>
  new AzureError(403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.");

export function answerGraph(
  request: WireRequest,
  { path, route, ids }: GraphRequest,
  call: Omit<GraphCall, "ids" | "query">,
  baseUrl: string,
): JsonAnswer {
  if (!request.rawPath.startsWith("/v1.0/")) {
    throw new AzureError(404, "BadRequest", "The sandbox speaks version v1.0 alone.");
  }
  if (!route) {
    throw new AzureError(
      400,
      "BadRequest",
      `Resource not found for the segment '${path.split("/").at(-1)}'.`,
    );
  }
  const own: GraphCall = { ...call, ids, query: request.query };
  if (request.method !== "GET") return write(request, path, route, own);
  const found = route.read ? route.read(own) : findIn(call.tenant.graph, path);
  if (found === null) throw notFound(path);
  return Array.isArray(found)
    ? list(found, path, route, own, baseUrl)
    : jsonAnswer(200, {
        "@odata.context": `${baseUrl}/v1.0/$metadata#${path}/$entity`,
        ...shape(found, route, own),
      });
}

const notFound = (path: string): AzureError =>
  new AzureError(
    404,
    "Request_ResourceNotFound",
    `Resource '${path.split("/").at(-1)}' does not exist or one of its queried reference-property objects are not present.`,
  );

function findIn(tree: GraphCall["tenant"]["graph"], path: string): GraphObject | GraphObject[] | null {
  const own = tree.get(path);
  if (own) return own;
  const [parent, id] = split(path);
  const siblings = tree.get(parent);
  if (!Array.isArray(siblings)) return null;
  return siblings.find((one) => one.id === id) ?? null;
}

const split = (path: string): [parent: string, id: string] => {
  const slash = path.lastIndexOf("/");
  return [path.slice(0, Math.max(0, slash)), path.slice(slash + 1)];
};

function list(
  all: GraphObject[],
  path: string,
  route: GraphRoute,
  call: GraphCall,
  baseUrl: string,
): JsonAnswer {
  const { query } = call;
  const filter = query.get("$filter")?.[0];
  const wanted = filter === undefined ? all : all.filter((one) => matchesFilter(one, filter));
  const top = Number(query.get("$top")?.[0] ?? Number.NaN);
  if (top > 999)
    throw new AzureError(
      400,
      "Request_UnsupportedQuery",
      `Invalid page size specified: '${top}'. Must be between 1 and 999 inclusive.`,
    );
  const size = top > 0 ? top : (route.pageSize ?? call.estate.pageSize);
  const { items, next } = pageOf(wanted, query.get("$skiptoken")?.[0], size);
  const value = items.map((one) => shape(one, route, call));
  const context = { "@odata.context": `${baseUrl}/v1.0/$metadata#${path}` };
  if (next === null) return jsonAnswer(200, { ...context, value });
  const kept = [...query]
    .filter(([name]) => name !== "$skiptoken")
    .map(([name, values]): [string, string] => [name, values[0] ?? ""]);
  const link = `${baseUrl}/v1.0/${path}?${new URLSearchParams([...kept, ["$skiptoken", next]])}`;
  return jsonAnswer(200, { ...context, "@odata.nextLink": link, value });
}

/** Applies `$expand` and `$select`. */
function shape(object: GraphObject, route: GraphRoute, call: GraphCall): GraphObject {
  const expand = call.query.get("$expand")?.[0];
  if (expand !== undefined && !route.expand) {
    throw new AzureError(400, "Request_BadRequest", `'${expand}' can't be expanded here.`);
  }
  const whole = expand === undefined ? object : (route.expand?.(object, expand, call) ?? object);
  const select = call.query
    .get("$select")?.[0]
    ?.split(",")
    .map((name) => name.trim());
  if (!select) return whole;
  const kept = new Set([...select, ...(expand ? [expand.replace(/\(.*/s, "")] : [])]);
  return Object.fromEntries(
    Object.entries(whole).filter(([name]) => kept.has(name) || name.startsWith("@odata.type")),
  );
}

function write(request: WireRequest, path: string, route: GraphRoute, call: GraphCall): JsonAnswer {
  const { graph } = call.tenant;
  if (route.run && request.method === "POST") {
    const { status, value } = route.run(readBody(request), call);
    return jsonAnswer(status, value);
  }
  if (!route.writePermissions || route.read || route.run) {
    throw new AzureError(
      405,
      "Request_BadRequest",
      "Specified HTTP method is not allowed for the request target.",
    );
  }
  const body = readBody(request);
  const found = findIn(graph, path);
  if (request.method === "POST" && (found === null || Array.isArray(found))) {
    const next = { id: randomUUID(), ...body };
    const made = route.write?.(next, null, call) ?? next;
    graph.set(path, [...(found ?? []), made]);
    return jsonAnswer(201, made);
  }
  if (found === null || Array.isArray(found)) throw notFound(path);
  if (request.method === "PATCH" || request.method === "PUT") {
    const next = { ...found, ...body };
    Object.assign(found, route.write?.(next, found, call) ?? next);
    return jsonAnswer(204);
  }
  if (request.method !== "DELETE")
    throw new AzureError(405, "Request_BadRequest", "The method is not allowed.");
  const [parent, id] = split(path);
  const siblings = graph.get(parent);
  if (!Array.isArray(siblings))
    throw new AzureError(400, "Request_BadRequest", "The object can't be deleted.");
  graph.set(
    parent,
    siblings.filter((one) => one.id !== id),
  );
  return jsonAnswer(204);
}

function readBody({ body }: WireRequest): GraphObject {
  if (body.length === 0) return {};
  try {
    const value: unknown = JSON.parse(body.toString("utf8"));
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return { ...value };
  } catch {
    // Falls through: anything but an object is refused alike.
  }
  throw new AzureError(400, "BadRequest", "Unable to read JSON request payload.");
}
