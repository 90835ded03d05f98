import { describeId, groupType } from "#sandbox/azure/arm-tree.ts";
import type { ArmResource, AzureEstate, Subscription, Tenant } from "#sandbox/azure/model.ts";
import type { Random } from "../random.ts";
import type { Tags } from "../site.ts";

/** Where the builders put things: one resource group of one subscription. */
export type AzureSite = {
  estate: AzureEstate;
  tenant: Tenant;
  subscription: Subscription;
  /** The resource group's name. */
  group: string;
  location: string;
  random: Random;
  /** When the estate is looked at: all its dates lie before. */
  now: Date;
};

/** The same subscription in another resource group, which comes into being when it isn't there. */
export function inGroup<Site extends Omit<AzureSite, "group" | "location">>(
  site: Site,
  group: string,
  location: string,
  tags: Tags = {},
): Site & Pick<AzureSite, "group" | "location"> {
  const id = `/subscriptions/${site.subscription.id}/resourceGroups/${group}`;
  const { tree } = site.subscription;
  if (!tree.get(id)) {
    tree.put({
      id,
      name: group,
      type: groupType,
      location,
      tags,
      properties: { provisioningState: "Succeeded" },
    });
  }
  return { ...site, group, location };
}

/** The id of a resource of the site's group, such as `armId(site, "Microsoft.Storage/storageAccounts", "acme")`. */
export function armId({ subscription, group }: AzureSite, type: string, name: string): string {
  return `/subscriptions/${subscription.id}/resourceGroups/${group}/providers/${type}/${name}`;
}

export type NewResource = {
  name: string;
  location?: string;
  tags?: Tags;
  properties: Record<string, unknown>;
  [field: string]: unknown;
};

/** Puts a resource into the site's group, at its location unless it names another. */
export function addResource(site: AzureSite, type: string, resource: NewResource): ArmResource {
  const id = armId(site, type, resource.name);
  const properties = { ...resource.properties, provisioningState: "Succeeded" };
  return site.subscription.tree.put({ location: site.location, ...resource, id, type, properties });
}

/**
 * Puts a resource below another, or one that hangs on it.
 *
 * @param path What the child's id adds to its parent's, such as `blobServices/default` or
 * `providers/Microsoft.Insights/diagnosticSettings/audit`.
 */
export function addChild(
  { subscription }: Pick<AzureSite, "subscription">,
  parentId: string,
  path: string,
  fields: { properties: Record<string, unknown>; [field: string]: unknown },
): ArmResource {
  const id = `${parentId}/${path}`;
  return subscription.tree.put({ ...fields, id, ...describeId(id) });
}

/** What hangs on the subscription itself, such as `providers/Microsoft.Security/pricings/VirtualMachines`. */
export const addToSubscription = (
  site: Pick<AzureSite, "subscription">,
  path: string,
  fields: { properties: Record<string, unknown>; [field: string]: unknown },
): ArmResource => addChild(site, `/subscriptions/${site.subscription.id}`, path, fields);
