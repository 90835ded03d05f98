/** Azure Resource Manager: one request in, one answer out, by way of version, access and the type's hooks. */
import type { WireRequest } from "#sandbox/aws/wire/http-request.ts";
import {
  type ArmAnswer,
  type ArmCall,
  type ArmType,
  AzureError,
  type AzureEstate,
  type Subscription,
} from "#sandbox/azure/model.ts";
import { allows } from "./access.ts";
import { refuseWhileBusy, takingTime } from "./arm-operations.ts";
import { type ArmPath, parentOf, parseArmPath } from "./arm-path.ts";
import {
  deleteResource,
  getResource,
  listResources,
  patchResource,
  putResource,
  runAction,
} from "./arm-resources.ts";
import { answerSubscriptions } from "./arm-subscriptions.ts";
import type { Bearer } from "./tokens.ts";

/** What a request comes to before it is let through. */
export type ArmRequest = {
  path: ArmPath;
  type: ArmType | null;
  /** Such as `Microsoft.Storage/storageAccounts/read`; `null` for what anybody with a token may do. */
  permission: string | null;
  /** Such as `GET Microsoft.Storage/storageAccounts`. */
  operation: string;
};

const operations: Record<string, "read" | "write" | "delete"> = {
  GET: "read",
  HEAD: "read",
  PUT: "write",
  PATCH: "write",
  DELETE: "delete",
};

/** Says what a request is about and which permission it takes. */
export function readArmRequest(
  { method, rawPath }: WireRequest,
  types: ReadonlyMap<string, ArmType>,
): ArmRequest {
  const path = parseArmPath(decodeURIComponent(rawPath));
  if (method === "POST") {
    const parent = parentOf(path);
    const action = path.id.slice(parent.id.length + 1);
    const type = types.get(parent.type.toLowerCase()) ?? null;
    const name = type?.type ?? parent.type;
    const permission = type?.actions?.[action]?.permission ?? `${name}/${action}/action`;
    return { path, type, permission, operation: `POST ${name}/${action}` };
  }
  const type = types.get(path.type.toLowerCase()) ?? null;
  const operation = operations[method] ?? "read";
  const name = type?.type ?? path.type;
  // Resource groups are named in short in their own type, and in full in permissions.
  const resource =
    name === "Microsoft.Resources/resourceGroups" ? "Microsoft.Resources/subscriptions/resourceGroups" : name;
  const permission = type?.permission ? type.permission(operation, path) : `${resource}/${operation}`;
  return { path, type, permission, operation: `${method} ${name}` };
}

/** Whose subscription it is, and whether the caller may. Refuses as Azure does. */
export function admit(
  { path, permission }: ArmRequest,
  { tenant, principal }: Bearer,
  estate: AzureEstate,
): Subscription | null {
  if (path.subscriptionId === null) return null;
  const id = path.subscriptionId.toLowerCase();
  const subscription = estate.subscriptions.get(id);
  if (!subscription) {
    throw new AzureError(
      404,
      "SubscriptionNotFound",
      `The subscription '${path.subscriptionId}' could not be found.`,
    );
  }
  if (subscription.tenantId !== tenant.id) {
    throw new AzureError(
      401,
      "InvalidAuthenticationTokenTenant",
      `The access token is from the wrong issuer 'https://sts.windows.net/${tenant.id}/'. It must match the tenant 'https://sts.windows.net/${subscription.tenantId}/' associated with this subscription.`,
    );
  }
  const access = principal.access.get(id);
  if (!access || (permission !== null && !allows(access, permission))) {
    throw notAuthorized(principal, permission ?? "Microsoft.Resources/subscriptions/read", path);
  }
  return subscription;
}

export const notAuthorized = (
  { appId, objectId }: Bearer["principal"],
  permission: string,
  { id }: ArmPath,
): AzureError =>
  new AzureError(
    403,
    "AuthorizationFailed",
    `The client '${appId}' with object id '${objectId}' does not have authorization to perform action '${permission}' over scope '${id}' or the scope is invalid. If access was recently granted, please refresh your credentials.`,
  );

const versionShape = /^\d{4}-\d{2}-\d{2}(-[a-z]+)?$/;

/** Azure answers nothing without a version, and takes no version that a type doesn't know. */
export function checkVersion(request: WireRequest, type: ArmType | null): void {
  const version = request.query.get("api-version")?.[0];
  if (!version) {
    throw new AzureError(
      400,
      "MissingApiVersionParameter",
      "The api-version query parameter (?api-version=) is required for all requests.",
    );
  }
  if (!versionShape.test(version)) {
    throw new AzureError(400, "InvalidApiVersionParameter", `The api-version '${version}' is invalid.`);
  }
  if (type?.apiVersions && !type.apiVersions.includes(version)) {
    throw new AzureError(
      400,
      "NoRegisteredProviderFound",
      `No registered resource provider found for API version '${version}' for type '${type.type}'. The supported api-versions are '${type.apiVersions.join(", ")}'.`,
    );
  }
}

/** Answers an admitted request. */
export function answerArm(
  request: WireRequest,
  armRequest: ArmRequest,
  call: Omit<ArmCall, "subscription"> & { subscription: Subscription | null },
  baseUrl: string,
): ArmAnswer {
  const { path, type } = armRequest;
  const { subscription } = call;
  const own = answerSubscriptions(request, path, call, baseUrl);
  if (own) return own;
  if (!subscription) throw new AzureError(404, "InvalidResourceType", `The path '${path.id}' is unknown.`);
  const inSubscription: ArmCall = { ...call, subscription };
  checkPlace(path, subscription);
  if (!type) {
    const [namespace = "", ...rest] = path.type.split("/");
    throw new AzureError(
      404,
      "InvalidResourceType",
      `The resource type '${rest.join("/")}' could not be found in the namespace '${namespace}'.`,
    );
  }
  const isChange = ["PUT", "PATCH", "DELETE"].includes(request.method);
  if (isChange && type.takesTime) refuseWhileBusy(inSubscription);
  const answer = answerOperation(request, type, inSubscription, baseUrl);
  return isChange && type.takesTime ? takingTime(answer, type, inSubscription, baseUrl) : answer;
}

function answerOperation(request: WireRequest, type: ArmType, call: ArmCall, baseUrl: string): ArmAnswer {
  const { path } = call;
  switch (request.method) {
    case "GET":
      return path.isCollection ? listResources(type, call, baseUrl) : getResource(type, call);
    case "PUT":
      return putResource(type, readBody(request), call);
    case "PATCH":
      return patchResource(type, readBody(request), call);
    case "DELETE":
      return deleteResource(type, call);
    case "POST":
      return runAction(type, path, readBody(request), call);
    default:
      throw new AzureError(405, "MethodNotAllowed", `The method ${request.method} is not allowed.`);
  }
}

/** A provider that isn't registered has nothing, and a resource group must be there before what is in it. */
function checkPlace(path: ArmPath, subscription: Subscription): void {
  const namespace = path.type.split("/")[0] ?? "";
  if (subscription.unregistered.has(namespace.toLowerCase())) {
    throw new AzureError(
      409,
      "MissingSubscriptionRegistration",
      `The subscription is not registered to use namespace '${namespace}'. See https://aka.ms/rps-not-found for how to register subscriptions.`,
    );
  }
  if (path.resourceGroup === null) return;
  const group = `/subscriptions/${subscription.id}/resourceGroups/${path.resourceGroup}`;
  if (!subscription.tree.get(group)) {
    throw new AzureError(
      404,
      "ResourceGroupNotFound",
      `Resource group '${path.resourceGroup}' could not be found.`,
    );
  }
}

function readBody({ body }: WireRequest): Record<string, unknown> {
  if (body.length === 0) return {};
  try {
    const value: unknown = JSON.parse(body.toString("utf8"));
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return { ...value };
  } catch {
    // Falls through: anything but an object is refused alike.
  }
  throw new AzureError(
    400,
    "InvalidRequestContent",
    "The request content was invalid and could not be deserialized.",
  );
}
