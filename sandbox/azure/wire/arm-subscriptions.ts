/** What Azure Resource Manager itself has: tenants, subscriptions, locations, resource groups and providers. */
import type { WireRequest } from "#sandbox/aws/wire/http-request.ts";
import {
  type ArmAnswer,
  type ArmCall,
  type ArmResource,
  AzureError,
  type Subscription,
} from "#sandbox/azure/model.ts";
import type { ArmPath } from "./arm-path.ts";
import { pageOf } from "./paging.ts";

type Call = Omit<ArmCall, "subscription"> & { subscription: Subscription | null };

/** `null` for what belongs to a resource provider. */
export function answerSubscriptions(
  request: WireRequest,
  path: ArmPath,
  call: Call,
  baseUrl: string,
): ArmAnswer | null {
  const { subscription, tenant, principal, estate } = call;
  const list = (items: object[]) => listPage(items, call, baseUrl);
  const isRead = request.method === "GET" || request.method === "HEAD";
  switch (isRead ? path.type : `${request.method} ${path.type}`) {
    case "Microsoft.Resources/tenants":
      return list([
        {
          id: `/tenants/${tenant.id}`,
          tenantId: tenant.id,
          displayName: tenant.name,
          defaultDomain: tenant.domain,
        },
      ]);
    case "Microsoft.Resources/subscriptions":
      if (subscription) return { status: 200, value: describeSubscription(subscription) };
      return list(
        [...estate.subscriptions.values()]
          .filter((one) => one.tenantId === tenant.id && principal.access.has(one.id.toLowerCase()))
          .map(describeSubscription),
      );
    case "Microsoft.Resources/subscriptions/locations":
      return subscription && list(subscription.locations.map((name) => location(subscription, name)));
    case "Microsoft.Resources/resourceGroups":
      if (!subscription) return null;
      return path.isCollection ? list(subscription.tree.groups()) : group(subscription, path);
    case "Microsoft.Resources/subscriptions/resources":
      return subscription && list(filtered(subscription, call.query.get("$filter")?.[0]));
    default:
      return null;
  }
}

function listPage(items: object[], { path, query, estate }: Call, baseUrl: string): ArmAnswer {
  const page = pageOf(items, query.get("$skiptoken")?.[0], estate.pageSize);
  const version = query.get("api-version")?.[0] ?? "";
  const filter = query.get("$filter")?.[0];
  const kept = filter === undefined ? "" : `&$filter=${encodeURIComponent(filter)}`;
  const link = (next: string) => `${baseUrl}${path.id}?api-version=${version}${kept}&$skiptoken=${next}`;
  return { status: 200, value: { value: page.items, ...(page.next ? { nextLink: link(page.next) } : {}) } };
}

const describeSubscription = ({ id, name, tenantId, state }: Subscription) => ({
  id: `/subscriptions/${id}`,
  authorizationSource: "RoleBased",
  managedByTenants: [],
  subscriptionId: id,
  tenantId,
  displayName: name,
  state,
  subscriptionPolicies: {
    locationPlacementId: "Internal_2014-09-01",
    quotaId: "Internal_2014-09-01",
    spendingLimit: "Off",
  },
});

const location = ({ id }: Subscription, name: string) => ({
  id: `/subscriptions/${id}/locations/${name}`,
  name,
  type: "Region",
  displayName: name,
  regionalDisplayName: name,
  metadata: { regionType: "Physical", regionCategory: "Recommended", geographyGroup: "Europe" },
});

function group({ tree }: Subscription, path: ArmPath): ArmAnswer {
  const found = tree.get(path.id);
  if (found) return { status: 200, value: found };
  throw new AzureError(
    404,
    "ResourceGroupNotFound",
    `Resource group '${path.resourceGroup}' could not be found.`,
  );
}

/** The subscription's resources; of the filters that Azure knows, the one by type. */
function filtered({ tree }: Subscription, filter: string | undefined): ArmResource[] {
  if (filter === undefined) return [...tree.all()].filter(isTopLevel);
  const type = /^\s*resourceType\s+eq\s+'([^']+)'\s*$/i.exec(filter)?.[1];
  if (type === undefined)
    throw new AzureError(
      400,
      "InvalidFilterInQueryString",
      `Invalid $filter '${filter}' specified in the query string.`,
    );
  return tree.ofType(type).filter(isTopLevel);
}

/** Neither a resource group nor part of another resource. */
const isTopLevel = ({ type }: ArmResource): boolean =>
  type.split("/").length === 2 && type !== "Microsoft.Resources/resourceGroups";
