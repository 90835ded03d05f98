import { type ArmCall, type ArmResource, type ArmType, AzureError } from "#sandbox/azure/model.ts";
import { withEmbedded } from "./embedded.ts";

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
  }).map((type) => (type.type.endsWith("/securityRules") ? { ...type, write: writeRule } : type)),
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
    write: (next) => ({
      ...next,
      properties: {
        enabled: true,
        retentionPolicy: { days: 0, enabled: false },
        format: { type: "JSON", version: 2 },
        ...next.properties,
      },
    }),
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
  const { access, direction, priority, protocol } = next.properties;
  const isWhole =
    /^(allow|deny)$/i.test(String(access)) && /^(in|out)bound$/i.test(String(direction)) && Boolean(protocol);
  if (!isWhole)
    throw new AzureError(
      400,
      "InvalidRequestFormat",
      "A security rule needs access, direction and protocol.",
    );
  if (typeof priority !== "number" || priority < 100 || priority > 4096) {
    throw new AzureError(
      400,
      "SecurityRuleInvalidPriority",
      `Security rule ${next.name} has invalid priority ${String(priority)}: it must be between 100 and 4096.`,
    );
  }
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
