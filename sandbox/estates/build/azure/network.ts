import type { ArmResource } from "#sandbox/azure/model.ts";
import type { Tags } from "../site.ts";
import { type AzureSite, addChild, addResource, armId } from "./site.ts";

export type NewRule = {
  name: string;
  priority: number;
  access?: "Allow" | "Deny";
  direction?: "Inbound" | "Outbound";
  protocol?: "Tcp" | "Udp" | "Icmp" | "*";
  /** A prefix or service tag, or several. */
  from?: string | string[];
  to?: string | string[];
  /** A port, a range or `*`, or several. */
  ports: string | string[];
  description?: string;
};

/** Azure gives a single value in one field and a list in another, whichever was written. */
const oneOrMore = (field: string, value: string | string[], many: string) =>
  typeof value === "string" ? { [field]: value, [many]: [] } : { [many]: value };

/** A network security group with the rules that it is given; Azure's own six are there by themselves. */
export function addSecurityGroup(
  site: AzureSite,
  { name, tags = {}, rules }: { name: string; tags?: Tags; rules: readonly NewRule[] },
): ArmResource {
  const group = addResource(site, "Microsoft.Network/networkSecurityGroups", {
    name,
    tags,
    properties: { resourceGuid: site.random.uuid(), subnets: [], networkInterfaces: [] },
  });
  for (const rule of rules) {
    addChild(site, group.id, `securityRules/${rule.name}`, {
      properties: {
        ...(rule.description ? { description: rule.description } : {}),
        protocol: rule.protocol ?? "Tcp",
        sourcePortRange: "*",
        sourcePortRanges: [],
        ...oneOrMore("sourceAddressPrefix", rule.from ?? "*", "sourceAddressPrefixes"),
        ...oneOrMore("destinationAddressPrefix", rule.to ?? "*", "destinationAddressPrefixes"),
        ...oneOrMore("destinationPortRange", rule.ports, "destinationPortRanges"),
        access: rule.access ?? "Allow",
        priority: rule.priority,
        direction: rule.direction ?? "Inbound",
        provisioningState: "Succeeded",
      },
    });
  }
  return group;
}

/** Notes on a group what it guards, as Azure's answers tell. */
function guard(
  site: AzureSite,
  groupId: string | undefined,
  field: "subnets" | "networkInterfaces",
  id: string,
) {
  const group = groupId === undefined ? null : site.subscription.tree.get(groupId);
  const known = group?.properties[field];
  if (Array.isArray(known)) known.push({ id });
}

export type NewSubnet = { name: string; prefix: string; groupId?: string; delegation?: string };

/** A virtual network. Its subnets' ids are `<id>/subnets/<name>`. */
export function addNetwork(
  site: AzureSite,
  {
    name,
    prefix,
    tags = {},
    subnets,
    ddosPlanId,
  }: {
    name: string;
    prefix: string;
    tags?: Tags;
    subnets: readonly NewSubnet[];
    ddosPlanId?: string;
  },
): ArmResource {
  const network = addResource(site, "Microsoft.Network/virtualNetworks", {
    name,
    tags,
    properties: {
      addressSpace: { addressPrefixes: [prefix] },
      enableDdosProtection: ddosPlanId !== undefined,
      ...(ddosPlanId === undefined ? {} : { ddosProtectionPlan: { id: ddosPlanId } }),
      virtualNetworkPeerings: [],
      resourceGuid: site.random.uuid(),
    },
  });
  for (const subnet of subnets) {
    const { id } = addChild(site, network.id, `subnets/${subnet.name}`, {
      properties: {
        addressPrefix: subnet.prefix,
        ...(subnet.groupId === undefined ? {} : { networkSecurityGroup: { id: subnet.groupId } }),
        delegations: subnet.delegation
          ? [{ name: "delegation", properties: { serviceName: subnet.delegation } }]
          : [],
        privateEndpointNetworkPolicies: "Disabled",
        provisioningState: "Succeeded",
      },
    });
    guard(site, subnet.groupId, "subnets", id);
  }
  return network;
}

/** A public address, from a range that is kept for documentation. */
export const addPublicIp = (site: AzureSite, name: string, tags: Tags = {}): ArmResource =>
  addResource(site, "Microsoft.Network/publicIPAddresses", {
    name,
    tags,
    sku: { name: "Standard", tier: "Regional" },
    properties: {
      ipAddress: `203.0.113.${1 + site.random.int(254)}`,
      publicIPAddressVersion: "IPv4",
      publicIPAllocationMethod: "Static",
      idleTimeoutInMinutes: 4,
      ipTags: [],
      ddosSettings: { protectionMode: "VirtualNetworkInherited" },
    },
  });

/** A network interface; `machineId` is the machine that will have it. */
export function addInterface(
  site: AzureSite,
  {
    name,
    subnetId,
    groupId,
    publicIp,
    machineId,
    tags = {},
  }: {
    name: string;
    subnetId: string;
    groupId?: string;
    publicIp?: ArmResource;
    machineId?: string;
    tags?: Tags;
  },
): ArmResource {
  const id = armId(site, "Microsoft.Network/networkInterfaces", name);
  const configurationId = `${id}/ipConfigurations/ipconfig1`;
  if (publicIp) publicIp.properties.ipConfiguration = { id: configurationId };
  guard(site, groupId, "networkInterfaces", id);
  return addResource(site, "Microsoft.Network/networkInterfaces", {
    name,
    tags,
    properties: {
      ipConfigurations: [
        {
          id: configurationId,
          name: "ipconfig1",
          properties: {
            privateIPAddress: `10.${site.random.int(200)}.${site.random.int(256)}.${4 + site.random.int(250)}`,
            privateIPAllocationMethod: "Dynamic",
            privateIPAddressVersion: "IPv4",
            primary: true,
            subnet: { id: subnetId },
            ...(publicIp ? { publicIPAddress: { id: publicIp.id } } : {}),
            provisioningState: "Succeeded",
          },
        },
      ],
      enableIPForwarding: false,
      enableAcceleratedNetworking: true,
      ...(groupId === undefined ? {} : { networkSecurityGroup: { id: groupId } }),
      ...(machineId === undefined ? {} : { virtualMachine: { id: machineId } }),
    },
  });
}

/** The region's Network Watcher, which Azure makes in a resource group of its own. */
export const addWatcher = (site: AzureSite): ArmResource =>
  addResource(site, "Microsoft.Network/networkWatchers", {
    name: `NetworkWatcher_${site.location}`,
    properties: { runningOperationIds: [] },
  });

/** @param days After which records are deleted; left out, they are kept. */
export function addFlowLog(
  site: AzureSite,
  watcher: ArmResource,
  {
    name,
    targetId,
    storageId,
    days,
    enabled = true,
    workspaceId,
  }: {
    name: string;
    targetId: string;
    storageId: string;
    days?: number;
    enabled?: boolean;
    workspaceId?: string;
  },
): ArmResource {
  return addChild(site, watcher.id, `flowLogs/${name}`, {
    location: watcher.location ?? site.location,
    properties: {
      targetResourceId: targetId,
      targetResourceGuid: site.random.uuid(),
      storageId,
      enabled,
      flowAnalyticsConfiguration: {
        networkWatcherFlowAnalyticsConfiguration: workspaceId
          ? { enabled: true, workspaceResourceId: workspaceId, trafficAnalyticsInterval: 10 }
          : { enabled: false },
      },
      retentionPolicy: { days: days ?? 0, enabled: days !== undefined },
      format: { type: "JSON", version: 2 },
      provisioningState: "Succeeded",
    },
  });
}
