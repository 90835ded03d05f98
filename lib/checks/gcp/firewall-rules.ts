import type { FirewallPolicy, FirewallPolicyRule } from "#lib/inventory/gcp/compute.kinds.ts";
import type { ResourceConfigs } from "#lib/inventory/kinds.ts";
import type { Resource } from "#lib/inventory/model.ts";
import type { IngressRule } from "./firewall-exposure.ts";

type Firewall = ResourceConfigs["gcp.compute.firewall"];

/**
 * When the rules of each level are asked. Hierarchical policies always come first; a network has its own policies after
 * its VPC firewall rules, unless it was told otherwise.
 */
const stages = {
  after: { hierarchical: 0, system: 1000, vpc: 2000, global: 3000, regional: 4000 },
  before: { hierarchical: 0, system: 1000, global: 2000, regional: 3000, vpc: 4000 },
} as const;
export type PolicyOrder = keyof typeof stages;

/** A VPC firewall rule for incoming traffic that is in force. */
export const isIngress = (rule: Firewall) => rule.direction === "INGRESS" && !rule.disabled;

export function ruleOfFirewall(name: string, rule: Firewall, order: PolicyOrder): IngressRule {
  const isFromAnywhere =
    rule.sourceRanges.length + rule.sourceTags.length + rule.sourceServiceAccounts.length === 0;
  const targets = [
    ...rule.targetTags.map((tag) => `tag:${tag}`),
    ...rule.targetServiceAccounts.map((account) => `account:${account}`),
  ];
  return {
    name,
    stage: stages[order].vpc,
    priority: rule.priority,
    traffic: rule.traffic ?? [],
    // Tags and accounts of senders mean instances of the same network, by their internal addresses.
    sources: isFromAnywhere ? ["0.0.0.0/0"] : rule.sourceRanges,
    unreadSources: [],
    destinations: rule.destinationRanges,
    targets: targets.length > 0 ? targets : null,
  };
}

export type NetworkDenials = {
  denials: { name: string; config: Firewall }[];
  /** Rules that may deny, and could not be read whole. */
  unread: { priority: number }[];
};

const noDenials: NetworkDenials = { denials: [], unread: [] };
const known = new WeakMap<readonly Resource<"gcp.compute.firewall">[], Map<string, NetworkDenials>>();

/** The denials among a project's VPC firewall rules, by network: worked out once for a list, which many rules look up. */
export function denialsOn(
  network: string,
  firewalls: readonly Resource<"gcp.compute.firewall">[],
): NetworkDenials {
  let byNetwork = known.get(firewalls);
  if (!byNetwork) {
    byNetwork = new Map();
    known.set(firewalls, byNetwork);
    for (const { name, config } of firewalls) {
      if (!isIngress(config) || config.action === "allow") continue;
      const found = byNetwork.get(config.network) ?? { denials: [], unread: [] };
      byNetwork.set(config.network, found);
      if (config.action && config.traffic) found.denials.push({ name, config });
      else found.unread.push({ priority: config.priority });
    }
  }
  return byNetwork.get(network) ?? noDenials;
}

/** A policy's ingress rules in force on a network, with where each stands in the policy. */
export function rulesOfPolicy(
  policy: FirewallPolicy,
  place: number,
  network: string,
  order: PolicyOrder,
): { rule: FirewallPolicyRule; index: number; ingress: IngressRule }[] {
  return policy.rules.flatMap((rule, index) => {
    const isForOthers = rule.targetNetworks.length > 0 && !rule.targetNetworks.includes(network);
    if (rule.direction !== "INGRESS" || rule.disabled || isForOthers || rule.targetType !== "INSTANCES")
      return [];
    const stage = stages[order][policy.level] + place;
    return [{ rule, index, ingress: { ...toIngress(rule), name: `${policy.name} ${rule.priority}`, stage } }];
  });
}

function toIngress(rule: FirewallPolicyRule): Omit<IngressRule, "name" | "stage"> {
  const { source, destination, sourceNetworkType } = rule;
  const isInternal = sourceNetworkType !== null && sourceNetworkType !== "INTERNET";
  const isFromAnywhere = Object.values(source).every((list) => list.length === 0);
  const targets = [
    ...rule.targetServiceAccounts.map((account) => `account:${account}`),
    ...rule.targetSecureTags.map((tag) => `secure tag:${tag}`),
  ];
  return {
    priority: rule.priority,
    traffic: rule.traffic,
    sources: isInternal ? [] : isFromAnywhere ? ["0.0.0.0/0", "::/0"] : source.ranges,
    unreadSources: isInternal
      ? []
      : [
          ...source.addressGroups.map((group) => `address group ${group.split("/").at(-1)}`),
          ...source.threatLists.map((list) => `list ${list}`),
          ...source.regionCodes.map((code) => `country ${code}`),
        ],
    destinations: destination.ranges,
    targets: targets.length > 0 ? targets : null,
  };
}

/**
 * The denials of a policy. What one denies by list, country or domain name is a part of the internet that leaves the rest
 * open, and so is what it denies for destinations that have no addresses here.
 */
export const denialsOfPolicy = (rules: ReturnType<typeof rulesOfPolicy>): IngressRule[] =>
  rules
    .filter(({ rule }) => rule.action === "deny")
    .filter(({ rule: { destination } }) => {
      const { ranges, ...others } = destination;
      return ranges.length > 0 || Object.values(others).every((list) => list.length === 0);
    })
    .map(({ ingress }) => ingress);
