import { type GcpCall, GcpError, type GcpRoute, type HttpMethod } from "../model.ts";
import { listAnswer, type PageOptions } from "../paging.ts";

export type NamedResources<T extends object> = {
  /** Of the list, such as `/v2/projects/{project}/sinks`. */
  path: string;
  /** What a resource is called in its path, such as `sink`. */
  label: string;
  /** Where a list has its items, such as `sinks`. */
  field: string;
  /** What its permissions begin with, such as `logging.sinks`. */
  permission: string;
  /** The method that changes one: PATCH heeds an update mask, PUT puts the body in the place of what was there. */
  update: "PATCH" | "PUT";
  /** The resources by what ends their path. */
  of(call: GcpCall): Map<string, T>;
  /** Makes one from a request's body, with what ends its path. `before`: what it takes the place of. */
  make(call: GcpCall, key: string | null, before: T | undefined): { key: string; resource: T };
  pages?: PageOptions;
};

/** The five methods that most of Google's newer APIs have for what they keep: list, get, create, change and delete. */
export function namedResourceRoutes<T extends object>(spec: NamedResources<T>): GcpRoute[] {
  const { path, label, field, permission, of, make } = spec;
  const one = `${path}/{${label}}`;
  const keyOf = ({ labels }: GcpCall) => labels[label] ?? "";
  const route = (method: HttpMethod, at: string, verb: string, handler: GcpRoute["handler"]): GcpRoute => ({
    method,
    path: at,
    permissions: [`${permission}.${verb}`],
    handler,
  });
  const put = (call: GcpCall) => {
    const key = keyOf(call);
    const { resource } = make(call, key, found(of(call), key));
    of(call).set(key, resource);
    return resource;
  };
  return [
    route("GET", path, "list", (call) => listAnswer(call, field, of(call).values(), {}, spec.pages)),
    route("GET", one, "get", (call) => found(of(call), keyOf(call))),
    route("POST", path, "create", (call) => {
      const { key, resource } = make(call, null, undefined);
      if (of(call).has(key)) throw new GcpError("ALREADY_EXISTS", `${key} already exists.`);
      of(call).set(key, resource);
      return resource;
    }),
    spec.update === "PUT"
      ? route("PUT", one, "update", put)
      : route("PATCH", one, "update", (call) => {
          const resource = masked(call, found(of(call), keyOf(call)));
          of(call).set(keyOf(call), resource);
          return resource;
        }),
    route("DELETE", one, "delete", (call) => {
      found(of(call), keyOf(call));
      of(call).delete(keyOf(call));
      return {};
    }),
  ];
}

export function found<T>(resources: ReadonlyMap<string, T>, key: string): T {
  const resource = resources.get(key);
  if (resource === undefined) throw new GcpError("NOT_FOUND", `Requested entity was not found: ${key}`);
  return resource;
}

/** Fields that Google itself writes. */
const ownFields = /^(name|resourceName|uid|createTime|updateTime|writerIdentity|etag)$/;

/** A resource with what the update mask names taken over from the body; without a mask, all that the body has. */
export function masked<T extends object>({ query, body }: GcpCall, resource: T): T {
  const mask = query.get("updateMask");
  const fields = mask ? mask.split(",").map((field) => field.split(".")[0] ?? "") : Object.keys(body);
  const changed: Record<string, unknown> = Object.fromEntries(Object.entries(resource));
  for (const field of fields) {
    const name = field.replace(/_(\w)/g, (_whole, letter: string) => letter.toUpperCase());
    if (ownFields.test(name)) continue;
    if (body[name] === undefined) delete changed[name];
    else changed[name] = body[name];
  }
  // The fields are the body's own, as the API would take them over.
  return changed as T;
}
