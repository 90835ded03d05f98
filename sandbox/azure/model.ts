/**
 * The seam between the wire layers (`sandbox/azure/wire/`), which know Azure Resource Manager, Microsoft Graph and the login
 * and no services, and the types (`sandbox/azure/types/<service>.ts`), which know services and no protocol.
 *
 * To add an ARM type: declare an `ArmType`, list it in `sandbox/azure/types/index.ts`, and put resources into a
 * subscription's tree (`subscription.tree.put({...})`). Lists, GET, PUT, PATCH, DELETE, paging, api-version, permissions,
 * faults and error shapes then work by themselves; hooks are for what the service does beyond that.
 *
 * To add something of Graph: declare a `GraphRoute`, list it there too, and put objects into a tenant's tree
 * (`tenant.graph.set("identity/conditionalAccess/policies", [{...}])`).
 */
import type { ArmTree } from "./arm-tree.ts";
import type { ArmPath } from "./wire/arm-path.ts";

/** The whole of the Azure side: mutable, kept in memory, one per sandbox process. */
export type AzureEstate = {
  /** By id in lower case. */
  tenants: Map<string, Tenant>;
  /** By id in lower case. */
  subscriptions: Map<string, Subscription>;
  /** Items on a page of a list, unless a type says otherwise; small, so that clients do page. */
  pageSize: number;
  /** How long a change of a type that `takesTime` goes on after it was taken; when left out, it is done at once. */
  operationMs?: number;
};

/** A Microsoft Entra tenant. */
export type Tenant = {
  id: string;
  name: string;
  /** The first domain, such as `acme.onmicrosoft.com`; the login takes it in place of the id. */
  domain: string;
  /** Who may log in, by application id in lower case. */
  principals: Map<string, ServicePrincipal>;
  /**
   * What Microsoft Graph holds, by path without version and slash, such as `users` (a list: objects with an `id`) or
   * `policies/authorizationPolicy` (one object). An object of a list is at `<list>/<id>` as well.
   */
  graph: Map<string, GraphObject | GraphObject[]>;
};

export type GraphObject = { [field: string]: unknown };

/** An application of the tenant that may log in with a secret or a certificate. */
export type ServicePrincipal = {
  appId: string;
  objectId: string;
  displayName: string;
  secrets: { value: string; expiresAt?: Date }[];
  /** PEM texts of certificates whose keys may sign its logins. */
  certificates: string[];
  /** Application permissions that an administrator consented to, such as `Policy.Read.All`; `*` for all. */
  graphPermissions: string[];
  /** What it may do, by subscription id in lower case. A subscription that isn't here is out of its reach. */
  access: Map<string, Access>;
};

/** Azure RBAC's patterns; `Microsoft.Storage/*` covers the service. Reader may do all that ends in `/read`. */
export type Access = { actions: string[]; notActions: string[] };

export type Subscription = {
  id: string;
  name: string;
  tenantId: string;
  state: "Enabled" | "Disabled" | "Warned";
  /** Locations by name, such as `westeurope`. */
  locations: string[];
  /** Namespaces of resource providers that aren't registered, in lower case; all others are. */
  unregistered: Set<string>;
  tree: ArmTree;
  /** What types keep beside resources, by a key of their own. */
  kept: Map<string, unknown>;
};

/**
 * A resource in the shape of Azure Resource Manager. `properties` is there always; other fields (`sku`, `kind`,
 * `identity`, `zones`) as the type has them. It is answered as it is stored, unless the type has a `show`.
 */
export type ArmResource = {
  /** `/subscriptions/<id>/resourceGroups/<name>/providers/<namespace>/<type>/<name>…`, in the casing to be answered. */
  id: string;
  name: string;
  /** Such as `Microsoft.Storage/storageAccounts/blobServices`. */
  type: string;
  location?: string;
  tags?: Record<string, string>;
  properties: Record<string, unknown>;
  [field: string]: unknown;
};

/** What hooks are given. */
export type ArmCall = {
  estate: AzureEstate;
  tenant: Tenant;
  subscription: Subscription;
  principal: ServicePrincipal;
  path: ArmPath;
  query: ReadonlyMap<string, string[]>;
  /** The ETag that the resource has to have to be changed. */
  ifMatch?: string;
  /** Now, by the sandbox's clock. */
  now: Date;
};

/** A resource type of Azure Resource Manager. All but `type` may be left out. */
export type ArmType = {
  /** In the casing of Azure's own reference: permissions are made of it (`<type>/read`). */
  type: string;
  /** The versions it knows; when left out, any that looks like one. */
  apiVersions?: readonly string[];
  pageSize?: number;
  /** What a PUT answers that makes one, where it isn't 201. */
  madeStatus?: 200 | 201;
  /** Whether changes go on after they were taken, and are asked after by `Azure-AsyncOperation`. */
  takesTime?: true;
  /** Whether each version has an ETag, which `If-Match` can name. */
  hasEtags?: true;
  /**
   * `true` for types that are read at the subscription (`/subscriptions/<id>/providers/<type>/<name>`) or on any other
   * resource, such as `Microsoft.Insights/diagnosticSettings`: their list holds what hangs there and not, as for other
   * types, all of the subscription's.
   */
  isExtension?: boolean;
  /** The permission for an operation, where it isn't `<type>/read`, `/write` or `/delete`. */
  permission?(operation: "read" | "write" | "delete", path: ArmPath): string | null;
  /** What GET and lists answer for a stored resource: hides secrets, adds what the service derives. */
  show?(resource: ArmResource, call: ArmCall): object;
  /** Where lists leave something out that GET tells; `show` when left out. */
  showInList?(resource: ArmResource, call: ArmCall): object;
  /** The one resource, where it isn't in the tree, such as a `default` that exists without being made. `null`: not found. */
  get?(call: ArmCall): ArmResource | null;
  /** The list, where it isn't in the tree. */
  list?(call: ArmCall): ArmResource[];
  /** What is stored for a PUT or PATCH, given what they come to: fills in defaults, refuses (`AzureError`) what is wrong. */
  write?(next: ArmResource, previous: ArmResource | null, call: ArmCall): ArmResource;
  /** Called before a resource is deleted; may refuse. */
  remove?(resource: ArmResource, call: ArmCall): void;
  /** POST `<resource>/<action>`, by the action's name; `resource` is null for an action of the type itself. */
  actions?: Record<string, ArmAction>;
};

export type ArmAction = {
  /** When it isn't `<type>/<action>/action`. */
  permission?: string;
  run(resource: ArmResource | null, body: Record<string, unknown>, call: ArmCall): ArmAnswer;
};

/** With `value` left out, the answer has no body. */
export type ArmAnswer = { status: number; value?: object; headers?: Record<string, string> };

/** A path of Microsoft Graph that can be read and, with `writePermissions`, written. */
export type GraphRoute = {
  /** Without version and slash; `{…}` stands for an id: `users/{id}/authentication/methods`. */
  path: string;
  /** Any of these lets a caller read; the first, the least of them, is what the call log notes. */
  permissions: readonly [string, ...string[]];
  writePermissions?: readonly [string, ...string[]];
  /**
   * What it answers, where it isn't in the tenant's tree: an object, a list, or `null` for not found. `ids` are what the
   * path's braces stand for.
   */
  read?(call: GraphCall): GraphObject | GraphObject[] | null;
  pageSize?: number;
  /**
   * What is stored for a POST or PATCH, given what they come to: fills in what Graph does, refuses (`AzureError`) what is
   * wrong. `previous` is null for what is made.
   */
  write?(next: GraphObject, previous: GraphObject | null, call: GraphCall): GraphObject;
  /** Runs an action (`applications/{id}/addPassword`) by POST, in place of all else. */
  run?(body: GraphObject, call: GraphCall): ArmAnswer;
  /** Puts in what `$expand` asks for; without it, `$expand` is refused. */
  expand?(object: GraphObject, what: string, call: GraphCall): GraphObject;
};

export type GraphCall = {
  estate: AzureEstate;
  tenant: Tenant;
  principal: ServicePrincipal;
  ids: readonly string[];
  query: ReadonlyMap<string, string[]>;
  now: Date;
};

/** A refusal as Azure Resource Manager or Graph would answer it. */
export class AzureError extends Error {
  override readonly name = "AzureError";
  readonly status: number;
  readonly code: string;
  readonly headers: Record<string, string>;
  constructor(status: number, code: string, message: string, headers: Record<string, string> = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}
