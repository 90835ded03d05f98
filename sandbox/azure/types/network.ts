import { type ArmCall, type ArmResource, type ArmType, AzureError } from "#sandbox/azure/model.ts";
import { operationsType } from "#sandbox/azure/wire/arm-operations.ts";
import { withEmbedded } from "./embedded.ts";
import { checkSecurityRule } from "./security-rules.ts";

/** Networks, what guards them, and what leads into them. */
export const networkTypes: readonly ArmType[] = [
  ...withEmbedded("Microsoft.Network/networkSecurityGroups", "securityRules", "securityRules", {
    show: (group) => ({
      ...group,
      properties: { ...group.properties, defaultSecurityRules: defaultRulesOf(group) },
    }),
    remove: (group) => {
      const users = [group.properties.subnets, group.properties.networkInterfaces].flat().filter(Boolean);
      if (users.length) throw inUse("InUseNetworkSecurityGroupCannotBeDeleted", group);
    },
  }).map(
    (type): ArmType => ({
      ...type,
      ...(type.type.endsWith("/securityRules") ? { write: writeRule } : {}),
      takesTime: true,
      hasEtags: true,
    }),
  ),
  operationsType("Microsoft.Network"),
  ...withEmbedded("Microsoft.Network/virtualNetworks", "subnets", "subnets", {
    write: (next) => ({
      ...next,
      properties: { enableDdosProtection: false, virtualNetworkPeerings: [], ...next.properties },
    }),
  }),
  {
    type: "Microsoft.Network/networkInterfaces",
    remove: (card) => {
      if (card.properties.virtualMachine) throw inUse("NicInUse", card);
    },
  },
  { type: "Microsoft.Network/publicIPAddresses" },
  { type: "Microsoft.Network/networkWatchers" },
  {
    type: "Microsoft.Network/networkWatchers/flowLogs",
    takesTime: true,
    hasEtags: true,
    write: writeFlowLog,
  },
  { type: "Microsoft.Network/bastionHosts" },
  { type: "Microsoft.Network/virtualNetworkGateways", list: gatewaysOfGroup },
  { type: "Microsoft.Network/applicationGateways" },
  {
    type: "Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies",
    write: (next) => ({
      ...next,
      properties: {
        policySettings: { state: "Enabled", mode: "Detection", requestBodyCheck: true },
        ...next.properties,
      },
    }),
  },
];

const recorded = /\/(virtualNetworks|networkSecurityGroups|subnets|networkInterfaces)\/[^/]+$/i;

/** A watcher records a resource once, and keeps what it records somewhere. */
function writeFlowLog(next: ArmResource, _: ArmResource | null, { subscription }: ArmCall): ArmResource {
  const { targetResourceId, storageId } = next.properties;
  if (
    typeof targetResourceId !== "string" ||
    !recorded.test(targetResourceId) ||
    typeof storageId !== "string"
  ) {
    throw new AzureError(
      400,
      "InvalidRequestFormat",
      "A flow log needs a target resource and a storage account.",
    );
  }
  const twin = subscription.tree
    .ofType("Microsoft.Network/networkWatchers/flowLogs")
    .find(
      ({ id, properties }) =>
        id.toLowerCase() !== next.id.toLowerCase() &&
        String(properties.targetResourceId).toLowerCase() === targetResourceId.toLowerCase(),
    );
  if (twin) {
    throw new AzureError(
      400,
      "FlowLogAlreadyExists",
      `${targetResourceId} is recorded by flow log ${twin.name} already.`,
    );
  }
  return {
    ...next,
    properties: {
      enabled: true,
      retentionPolicy: { days: 0, enabled: false },
      format: { type: "JSON", version: 2 },
      ...next.properties,
    },
  };
}

const inUse = (code: string, { name, id }: ArmResource): AzureError =>
  new AzureError(400, code, `${name} (${id}) cannot be deleted because it is in use.`);

/** Azure lists gateways by resource group alone. */
function gatewaysOfGroup({ path, subscription }: ArmCall): ArmResource[] {
  if (path.resourceGroup === null)
    throw new AzureError(404, "InvalidResourceType", "Gateways are listed by resource group.");
  return subscription.tree.ofType(
    "Microsoft.Network/virtualNetworkGateways",
    `/subscriptions/${subscription.id}/resourceGroups/${path.resourceGroup}`,
  );
}

function writeRule(next: ArmResource, _: ArmResource | null, { subscription, path }: ArmCall): ArmResource {
  checkSecurityRule(next);
  const { direction, priority } = next.properties;
  const others = subscription.tree
    .in(path.id.slice(0, path.id.lastIndexOf("/")))
    .filter(({ id }) => id.toLowerCase() !== next.id.toLowerCase());
  const clash = others.find(
    ({ properties }) => properties.priority === priority && properties.direction === direction,
  );
  if (clash) {
    throw new AzureError(
      400,
      "SecurityRuleConflict",
      `Security rule ${next.name} conflicts with rule ${clash.name}: rules cannot have the same priority and direction.`,
    );
  }
  return next;
}

/** The six rules that every group ends with, which can be neither changed nor deleted. */
function defaultRulesOf(group: ArmResource): object[] {
  return defaultRules.map(({ name, ...properties }) => ({
    name,
    id: `${group.id}/defaultSecurityRules/${name}`,
    type: "Microsoft.Network/networkSecurityGroups/defaultSecurityRules",
    properties: {
      provisioningState: "Succeeded",
      protocol: "*",
      sourcePortRange: "*",
      destinationPortRange: "*",
      sourcePortRanges: [],
      destinationPortRanges: [],
      sourceAddressPrefixes: [],
      destinationAddressPrefixes: [],
      ...properties,
    },
  }));
}

const rule = (
  name: string,
  direction: string,
  priority: number,
  access: string,
  sourceAddressPrefix: string,
  destinationAddressPrefix: string,
) => ({ name, direction, priority, access, sourceAddressPrefix, destinationAddressPrefix });

const defaultRules = [
  rule("AllowVnetInBound", "Inbound", 65_000, "Allow", "VirtualNetwork", "VirtualNetwork"),
  rule("AllowAzureLoadBalancerInBound", "Inbound", 65_001, "Allow", "AzureLoadBalancer", "*"),
  rule("DenyAllInBound", "Inbound", 65_500, "Deny", "*", "*"),
  rule("AllowVnetOutBound", "Outbound", 65_000, "Allow", "VirtualNetwork", "VirtualNetwork"),
  rule("AllowInternetOutBound", "Outbound", 65_001, "Allow", "*", "Internet"),
  rule("DenyAllOutBound", "Outbound", 65_500, "Deny", "*", "*"),
];
