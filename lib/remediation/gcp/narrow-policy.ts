import { denialsOfPolicy, rulesOfPolicy } from "#lib/checks/gcp/firewall-rules.ts";
import { policiesOf } from "#lib/inventory/gcp/compute-policies.ts";
import type { Json } from "../model.ts";
import type { Traffic } from "./firewall-state.ts";
import { areOpen, narrowSources, openPortsOf, splitTraffic } from "./open-traffic.ts";
import type { NetworkPolicy, PolicyRule } from "./policy-state.ts";

/** What becomes of one rule: itself, narrowed, and maybe another beside it for the sources that stay. */
export type NarrowedRule = { from: PolicyRule; to: PolicyRule; companion: PolicyRule | null };
export type NarrowedPolicy = { rules: NarrowedRule[] } | { refused: string };

/** Priorities beyond are those of the rules that every policy ends with. */
const lastPriority = 2_147_483_547;

/** The rules of a policy that open a network to the internet, and what is left of each. */
export function narrowPolicy(
  policy: NetworkPolicy,
  network: string,
  exceptions: readonly string[],
): NarrowedPolicy {
  const type = policy.region === "global" ? "NETWORK" : "NETWORK_REGIONAL";
  const [judged] = policiesOf([{ name: policy.name, type, rules: policy.rules as object[] }], () => true);
  if (!judged) return { rules: [] };
  const inForce = rulesOfPolicy(judged, 0, network, "after");
  const denials = denialsOfPolicy(inForce);
  const taken = new Set(policy.rules.map(({ priority }) => priority));
  const rules: NarrowedRule[] = [];
  for (const { rule: judgedRule, index, ingress } of inForce) {
    const from = policy.rules[index];
    if (!from || !["allow", "apply_security_profile_group"].includes(judgedRule.action)) continue;
    const open = openPortsOf(ingress, denials);
    if (open.size === 0) continue;
    const { safe, offending } = splitTraffic(trafficOf(from), open);
    const { kept } = narrowSources(ingress.sources, exceptions);
    if (areOpen(kept)) return { refused: "The exceptions, taken together, are the internet themselves." };
    const { ranges: _ranges, ...others } = judgedRule.source;
    const hasSource = kept.length > 0 || Object.values(others).some((list) => list.length > 0);
    const withMatch = (match: { [field: string]: Json }) => ({ ...from, match: { ...from.match, ...match } });
    if (safe.length === 0) {
      const to = hasSource ? withMatch({ srcIpRanges: kept }) : { ...from, disabled: true };
      rules.push({ from, to, companion: null });
      continue;
    }
    const to = withMatch({ layer4Configs: configsOf(safe) });
    if (!hasSource) {
      rules.push({ from, to, companion: null });
      continue;
    }
    // Right beside the rule, so that no other is asked between the two.
    const priority = [from.priority + 1, from.priority - 1].find(
      (free) => free >= 0 && free <= lastPriority && !taken.has(free),
    );
    if (priority === undefined) {
      return {
        refused: `Rule ${from.priority} of policy ${policy.name} has to be split in two, and both priorities beside it are taken.`,
      };
    }
    taken.add(priority);
    const companion = { ...withMatch({ srcIpRanges: kept, layer4Configs: configsOf(offending) }), priority };
    rules.push({ from, to, companion });
  }
  return { rules };
}

const trafficOf = ({ match }: PolicyRule): Traffic[] => {
  const { layer4Configs } = match;
  return (Array.isArray(layer4Configs) ? layer4Configs : []).flatMap((config): Traffic[] => {
    if (typeof config !== "object" || config === null || Array.isArray(config)) return [];
    const { ipProtocol, ports } = config;
    return typeof ipProtocol === "string"
      ? [{ IPProtocol: ipProtocol, ports: Array.isArray(ports) ? ports.map(String) : [] }]
      : [];
  });
};

const configsOf = (traffic: readonly Traffic[]): Json[] =>
  traffic.map(({ IPProtocol, ports }) => ({
    ipProtocol: IPProtocol,
    ...(ports.length > 0 ? { ports } : {}),
  }));
