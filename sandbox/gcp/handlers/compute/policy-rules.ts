import type { compute_v1 } from "googleapis/build/src/apis/compute/v1.js";
import { type GcpCall, GcpError, type GcpRoute } from "../../model.ts";
import { newId } from "../../operations.ts";
import { found, pathWithin } from "./state.ts";
import { operationOn } from "./writes.ts";

type Rule = compute_v1.Schema$FirewallPolicyRule;

const root = "/compute/v1/projects/{project}";

const invalid = (message: string) => new GcpError("INVALID_ARGUMENT", message, { reason: "invalid" });

/** A call that changes the rules of a policy, global or of one region. */
const changing = (verb: string, change: (rules: Rule[], call: GcpCall) => Rule[]): GcpRoute[] =>
  ["global", "regions/{place}"].map((place) => ({
    method: "POST",
    path: `${root}/${place}/firewallPolicies/{name}/${verb}`,
    permissions: ["compute.firewallPolicies.update"],
    handler: (call) => {
      const policy = found(call, "firewallPolicies");
      policy.rules = change(policy.rules ?? [], call).toSorted(
        (a, b) => (a.priority ?? 0) - (b.priority ?? 0),
      );
      policy.fingerprint = newId();
      return operationOn(call, verb, pathWithin(call, "firewallPolicies"));
    },
  }));

function ruleAt(rules: readonly Rule[], { query }: GcpCall): Rule {
  const rule = rules.find(({ priority }) => String(priority) === query.get("priority"));
  if (!rule) throw invalid("The firewall policy does not contain a rule at the given priority.");
  return rule;
}

/** What every rule of a policy has to say. */
function checked(rule: Rule): Rule {
  const { match, action, priority } = rule;
  if (!/^(allow|deny|goto_next|apply_security_profile_group)$/.test(action ?? "")) {
    throw invalid(`Invalid value for field 'resource.action': '${action}'.`);
  }
  if (typeof priority !== "number" || priority < 0 || priority > 2_147_483_647) {
    throw invalid("Invalid value for field 'resource.priority'.");
  }
  if (!match?.layer4Configs?.length) throw invalid("layer4Configs must be specified.");
  const sources = Object.entries(match).filter(
    ([field, value]) => field.startsWith("src") && Array.isArray(value) && value.length > 0,
  );
  if ((rule.direction ?? "INGRESS") === "INGRESS" && sources.length === 0 && !match.destIpRanges?.length) {
    throw invalid("At least one source must be specified for an ingress rule.");
  }
  return rule;
}

export const policyRuleRoutes: readonly GcpRoute[] = [
  ...changing("addRule", (rules, { body }) => {
    const rule: Rule = {
      kind: "compute#firewallPolicyRule",
      direction: "INGRESS",
      disabled: false,
      enableLogging: false,
      ...body,
    };
    if (rules.some(({ priority }) => priority === rule.priority)) {
      throw invalid("The priority of the rule is already in use by another rule of the firewall policy.");
    }
    return [...rules, checked(rule)];
  }),
  ...changing("patchRule", (rules, call) => {
    const rule = ruleAt(rules, call);
    return rules.map((one) => (one === rule ? checked({ ...one, ...call.body }) : one));
  }),
  ...changing("removeRule", (rules, call) => {
    const rule = ruleAt(rules, call);
    return rules.filter((one) => one !== rule);
  }),
];
