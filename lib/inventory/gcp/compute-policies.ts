import type { compute_v1 } from "googleapis/build/src/apis/compute/v1.js";
import { oneOf, required } from "../answers.ts";
import type { FirewallPolicy, FirewallPolicyPeer, FirewallPolicyRule } from "./compute.kinds.ts";
import { fullNames, textOrNull, texts, trafficOf } from "./compute-common.ts";
import { lastStep } from "./list.ts";

/** What both answers with effective firewalls say of a policy. */
type EffectivePolicy = {
  name?: string | null;
  shortName?: string | null;
  displayName?: string | null;
  type?: string | null;
  rules?: compute_v1.Schema$FirewallPolicyRule[];
};

const levels = {
  HIERARCHY: "hierarchical",
  SYSTEM: "system",
  SYSTEM_GLOBAL: "system",
  SYSTEM_REGIONAL: "system",
  NETWORK: "global",
  NETWORK_REGIONAL: "regional",
} as const;
type PolicyType = keyof typeof levels;

const types = Object.keys(levels) as PolicyType[];
const order: FirewallPolicy["level"][] = ["hierarchical", "system", "global", "regional"];

/** The policies in an answer of `getEffectiveFirewalls`, in the order that Google Cloud asks them. */
export function policiesOf(
  policies: readonly EffectivePolicy[] | undefined,
  wanted: (type: PolicyType) => boolean,
): FirewallPolicy[] {
  return (policies ?? [])
    .map((policy) => ({ policy, type: typeOf(policy) }))
    .filter(({ type }) => wanted(type))
    .map(({ policy, type }) => ({
      // Hierarchical policies go by a number, and people know them by the short name.
      name: lastStep(
        required(
          textOrNull(policy.shortName) ?? textOrNull(policy.displayName) ?? policy.name,
          "policy name",
        ),
      ),
      level: levels[type],
      rules: (policy.rules ?? []).map(ruleOf),
    }))
    .sort((a, b) => order.indexOf(a.level) - order.indexOf(b.level));
}

/** Of all policies, only hierarchical ones go by a number: they can be told where the type is left out. */
const typeOf = ({ type, name }: EffectivePolicy): PolicyType =>
  oneOf(type ?? (/^\d+$/.test(name ?? "") ? "HIERARCHY" : ""), types, "policy type");

function ruleOf(rule: compute_v1.Schema$FirewallPolicyRule): FirewallPolicyRule {
  const match = required(rule.match, "match");
  const sourceTags = effective(match.srcSecureTags);
  const targetTags = effective(rule.targetSecureTags);
  const isIgnored =
    (targetTags.length === 0 && (rule.targetSecureTags ?? []).length > 0) ||
    (sourceTags.length === 0 &&
      (match.srcSecureTags ?? []).length > 0 &&
      (match.srcIpRanges ?? []).length === 0);
  const networkType = textOrNull(match.srcNetworkType) ?? textOrNull(match.srcNetworkContext);
  return {
    priority: required(rule.priority, "priority"),
    action: oneOf(
      rule.action ?? "",
      ["allow", "deny", "goto_next", "apply_security_profile_group"],
      "action",
    ),
    direction: oneOf(rule.direction ?? "INGRESS", ["INGRESS", "EGRESS"], "direction"),
    disabled: (rule.disabled ?? false) || isIgnored,
    traffic: trafficOf(
      (match.layer4Configs ?? []).map(({ ipProtocol, ports }) => ({ protocol: ipProtocol, ports })),
    ),
    source: peerOf({
      ranges: match.srcIpRanges,
      regionCodes: match.srcRegionCodes,
      threatLists: match.srcThreatIntelligences,
      addressGroups: match.srcAddressGroups,
      fqdns: match.srcFqdns,
      secureTags: sourceTags,
    }),
    destination: peerOf({
      ranges: match.destIpRanges,
      regionCodes: match.destRegionCodes,
      threatLists: match.destThreatIntelligences,
      addressGroups: match.destAddressGroups,
      fqdns: match.destFqdns,
      secureTags: [],
    }),
    sourceNetworkType: networkType === "UNSPECIFIED" ? null : networkType,
    targetNetworks: fullNames(rule.targetResources),
    targetServiceAccounts: texts(rule.targetServiceAccounts),
    targetSecureTags: targetTags,
    targetType: textOrNull(rule.targetType) ?? "INSTANCES",
  };
}

/** A secure tag that was deleted, or whose network was, has no effect. */
const effective = (tags: readonly compute_v1.Schema$FirewallPolicyRuleSecureTag[] | undefined): string[] =>
  texts(
    (tags ?? []).filter(({ state }) => state !== "INEFFECTIVE").map(({ name }) => required(name, "tag name")),
  );

const peerOf = (
  peer: {
    [K in keyof FirewallPolicyPeer]: string[] | null | undefined;
  },
): FirewallPolicyPeer => ({
  ranges: texts(peer.ranges),
  regionCodes: texts(peer.regionCodes),
  threatLists: texts(peer.threatLists),
  addressGroups: texts(peer.addressGroups),
  fqdns: texts(peer.fqdns),
  secureTags: texts(peer.secureTags),
});
