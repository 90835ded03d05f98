import type { SecurityRule } from "#lib/inventory/azure/network.kinds.ts";

/** An inbound rule; unless changed, one that lets everyone reach port 22. */
export const rule = (name: string, priority: number, change: Partial<SecurityRule> = {}): SecurityRule => ({
  name,
  priority,
  access: "allow",
  protocol: "tcp",
  sources: ["*"],
  sourceGroups: [],
  sourcePorts: ["*"],
  destinations: ["*"],
  destinationGroups: [],
  destinationPorts: ["22"],
  isDefault: false,
  ...change,
});

export const deny = (name: string, priority: number, change: Partial<SecurityRule> = {}): SecurityRule =>
  rule(name, priority, { access: "deny", ...change });

const byAzure = { protocol: "*", destinationPorts: ["*"], isDefault: true };

/** The rules that every group ends with. */
export const defaultInbound: readonly SecurityRule[] = [
  rule("AllowVnetInBound", 65_000, {
    ...byAzure,
    sources: ["VirtualNetwork"],
    destinations: ["VirtualNetwork"],
  }),
  rule("AllowAzureLoadBalancerInBound", 65_001, { ...byAzure, sources: ["AzureLoadBalancer"] }),
  deny("DenyAllInBound", 65_500, byAzure),
];

/** A network security group with these inbound rules before the default ones. */
export const group = (...rules: SecurityRule[]) => ({
  config: { inbound: [...rules, ...defaultInbound], outbound: [], subnetIds: [], interfaceIds: [] },
});

/** One whose rules could not be read. */
export const unreadGroup = { config: { subnetIds: [], interfaceIds: [] } };

/** One with so many rules for other machines and source ports each that no one works out what they come to together. */
export const entangledGroup = group(
  ...Array.from({ length: 1_000 }, (_, n) =>
    rule(`rule-${n}`, 100 + n, {
      protocol: "*",
      sources: ["8.0.0.0/8"],
      sourcePorts: [`${n}`],
      destinations: [`10.0.${n >> 8}.${n & 255}`],
      destinationPorts: ["*"],
    }),
  ),
);
