import { z } from "zod";
import { canonicalJson } from "#lib/canonical-json.ts";
import type { PlannedCall, Target } from "../model.ts";
import { defineOperation } from "../operation.ts";
import { Exceptions } from "./cidrs.ts";
import { narrowPolicy } from "./narrow-policy.ts";
import { type NetworkPolicy, type PolicyRule, readNetworkPolicies } from "./policy-state.ts";

type State = { policies: NetworkPolicy[] };

export const restrictNetworkPolicies = defineOperation<"gcp", State, { exceptions: string[] }>({
  id: "gcp.compute.restrict-network-policies",
  cloud: "gcp",
  title: "Remove what the network's firewall policies open to the internet",
  kinds: ["gcp.compute.network"],
  parameters: z.object({ exceptions: Exceptions }),
  reads: ["compute.firewallPolicies.get", "compute.firewallPolicies.list", "compute.networks.get"],
  calls: [
    "gcp.compute.networkFirewallPolicies.addRule",
    "gcp.compute.networkFirewallPolicies.patchRule",
    "gcp.compute.networkFirewallPolicies.removeRule",
  ],

  async read(access, { target, signal }) {
    const policies = await readNetworkPolicies(access, target, signal);
    return policies && { policies };
  },

  plan(state, { exceptions }, target) {
    const notes: string[] = [];
    const policies: NetworkPolicy[] = [];
    for (const policy of state.policies) {
      const narrowed = narrowPolicy(policy, target.uid, exceptions);
      if ("refused" in narrowed) return { outcome: "refused", reason: narrowed.refused };
      const { rules } = narrowed;
      const byPriority = new Map(rules.map((rule) => [rule.from.priority, rule]));
      policies.push({
        ...policy,
        rules: policy.rules
          .flatMap((rule) => {
            const { to = rule, companion = null } = byPriority.get(rule.priority) ?? {};
            return companion ? [to, companion] : [to];
          })
          .sort((a, b) => a.priority - b.priority),
      });
      const others = policy.networks.filter((uid) => uid !== target.uid);
      if (rules.length > 0 && others.length > 0) {
        const names = others.map((uid) => uid.slice(uid.lastIndexOf("/") + 1)).join(", ");
        notes.push(`Policy ${policy.name} is also on ${names}, for which it is narrowed, too.`);
      }
      for (const { from, to, companion } of rules) {
        const what = `Rule ${from.priority} of policy ${policy.name}`;
        if (to.disabled) notes.push(`Nothing is left of ${what.toLowerCase()}, so it is switched off.`);
        if (companion) notes.push(`${what} is split: rule ${companion.priority} lets in who may stay.`);
      }
    }
    const calls = between(target, state, { policies });
    if (calls.length === 0) {
      return {
        outcome: "nothing",
        reason:
          "No firewall policy of the project opens the network. One of a folder or of the organization is changed where it was made.",
      };
    }
    return { outcome: "change", after: { policies }, calls, notes };
  },

  // The rule beside a split one would, half-way, be in the way of the same split made anew.
  isHalfway: (before, after, present) =>
    present.policies.length === before.policies.length &&
    present.policies.every((policy, index) => {
      const [was, will] = [before.policies[index], after.policies[index]];
      if (!was || !will || !same({ ...policy, rules: [] }, { ...was, rules: [] })) return false;
      const isOf = ({ rules }: NetworkPolicy, rule: PolicyRule) => rules.some((one) => same(one, rule));
      return (
        was.rules.every(({ priority }) => policy.rules.some((rule) => rule.priority === priority)) &&
        policy.rules.every((rule) => isOf(was, rule) || isOf(will, rule))
      );
    }),

  wayBack: (before, present, target) => ({ calls: between(target, present, before) }),
});

const same = (a: object, b: object): boolean => canonicalJson(a) === canonicalJson(b);

/** What leads from one state to another: rules are added before others are narrowed, and removed last. */
function between({ account: project }: Target, from: State, to: State): PlannedCall[] {
  const [adding, changing, removing]: PlannedCall[][] = [[], [], []];
  for (const policy of to.policies) {
    const old = from.policies.find(({ name, region }) => name === policy.name && region === policy.region);
    if (!old) continue;
    const call = (
      verb: "add" | "patch" | "remove",
      priority: number,
      more: { [field: string]: PolicyRule },
    ) => ({
      id: `${verb}-${policy.region}-${policy.name}-${priority}`,
      api: `gcp.compute.networkFirewallPolicies.${verb}Rule`,
      input: { project, region: policy.region, firewallPolicy: policy.name, priority, ...more },
    });
    const known = new Map(old.rules.map((rule) => [rule.priority, rule]));
    for (const rule of policy.rules) {
      const was = known.get(rule.priority);
      known.delete(rule.priority);
      if (!was) adding?.push(call("add", rule.priority, { rule }));
      else if (!same(was, rule)) changing?.push(call("patch", rule.priority, { rule }));
    }
    for (const priority of known.keys()) removing?.push(call("remove", priority, {}));
  }
  return [...(adding ?? []), ...(changing ?? []), ...(removing ?? [])];
}
