import type { NetworkSecurityGroup, SecurityRule as RuleAnswer } from "@azure/arm-network";
import { cut, MalformedAnswer, oneOf, readPromised, required } from "../answers.ts";
import type { Resource } from "../model.ts";
import { armId, armResource } from "./arm.ts";
import { armListing } from "./arm-list.ts";
import type { AzureCollector, AzureContext } from "./collector.ts";
import type { SecurityRule } from "./network.kinds.ts";

const operation = "Microsoft.Network/networkSecurityGroups/read";

export const securityGroups: AzureCollector<"azure.network.security-group"> = {
  kind: "azure.network.security-group",
  cloud: "azure",
  service: "network",
  scope: "global",
  permissions: [operation],
  collect(context) {
    const { clients, signal } = context;
    const groups = clients.network.networkSecurityGroups.listAll({ abortSignal: signal });
    return context.each(armListing(operation, groups), (group) => describeGroup(context, group));
  },
};

async function describeGroup(
  context: AzureContext,
  group: NetworkSecurityGroup,
): Promise<Resource<"azure.network.security-group">> {
  const common = armResource(context, group);
  const { securityRules: own, defaultSecurityRules: defaults } = group;
  const rules = own &&
    defaults && [
      ...own.map((rule) => ({ direction: directionOf(rule), rule: ruleOf(rule, false) })),
      ...defaults.map((rule) => ({ direction: directionOf(rule), rule: ruleOf(rule, true) })),
    ];
  const rulesFor = (wanted: "inbound" | "outbound") =>
    rules
      ?.filter(({ direction }) => direction === wanted)
      .map(({ rule }) => rule)
      .sort((a, b) => a.priority - b.priority);
  const { read, unread } = await readPromised(context, common.uid, operation, {
    inbound: rulesFor("inbound"),
    outbound: rulesFor("outbound"),
  });
  return {
    ...common,
    kind: "azure.network.security-group",
    config: {
      ...read,
      subnetIds: (group.subnets ?? []).map(({ id }) => armId(id, "subnets.id")).sort(),
      interfaceIds: (group.networkInterfaces ?? []).map(({ id }) => armId(id, "networkInterfaces.id")).sort(),
    },
    unread,
  };
}

const directionOf = ({ direction }: RuleAnswer) =>
  oneOf(direction?.toLowerCase(), ["inbound", "outbound"], "direction");

/** A rule as checks judge it. */
export function ruleOf(rule: RuleAnswer, isDefault: boolean): SecurityRule {
  const sourceGroups = idsOf(rule.sourceApplicationSecurityGroups);
  const destinationGroups = idsOf(rule.destinationApplicationSecurityGroups);
  return {
    name: cut(required(rule.name, "securityRules.name")),
    priority: required(rule.priority, "securityRules.priority"),
    access: oneOf(rule.access?.toLowerCase(), ["allow", "deny"], "access"),
    protocol: required(rule.protocol, "securityRules.protocol").toLowerCase(),
    sources: both(rule.sourceAddressPrefix, rule.sourceAddressPrefixes, "source", sourceGroups),
    sourceGroups,
    sourcePorts: both(rule.sourcePortRange, rule.sourcePortRanges, "source port"),
    destinations: both(
      rule.destinationAddressPrefix,
      rule.destinationAddressPrefixes,
      "destination",
      destinationGroups,
    ),
    destinationGroups,
    destinationPorts: both(rule.destinationPortRange, rule.destinationPortRanges, "destination port"),
    isDefault,
  };
}

const idsOf = (groups: readonly { id?: string }[] | undefined): string[] =>
  (groups ?? []).map(({ id }) => armId(id, "applicationSecurityGroups.id"));

/** A rule has its prefixes in one field or in another. One that has none would match nothing, which no rule does. */
function both(
  single: string | undefined,
  several: readonly string[] | undefined,
  what: string,
  instead: readonly string[] = [],
): string[] {
  const values = [...(single ? [single] : []), ...(several ?? [])].map(cut);
  if (!values.length && !instead.length)
    throw new MalformedAnswer(`The answer has a rule without a ${what}.`);
  return values;
}
