import { type CheckInput, fail, pass, unknown, type Verdict } from "#lib/checks/model.ts";
import type { FirewallPolicy } from "#lib/inventory/gcp/compute.kinds.ts";
import type { ResourceConfigs } from "#lib/inventory/kinds.ts";
import { type IngressRule, type Reach, reachOfEveryPort, reachOfPort } from "./firewall-exposure.ts";
import {
  denialsOfPolicy,
  denialsOn,
  isIngress,
  type PolicyOrder,
  ruleOfFirewall,
  rulesOfPolicy,
} from "./firewall-rules.ts";

/** Which ports must not be open: one by number, or every one. */
export type Question = { port: number; protocols: readonly string[] } | "every port";

const reach = (question: Question, rule: IngressRule, denials: readonly IngressRule[]): Reach =>
  question === "every port"
    ? reachOfEveryPort(rule, denials)
    : reachOfPort(rule, denials, question.protocols, question.port);

/** The verdict on one VPC firewall rule, given the project's others and the policies that come before it. */
export function judgeFirewall(
  question: Question,
  config: ResourceConfigs["gcp.compute.firewall"],
  {
    resource,
    related,
  }: CheckInput<"gcp.compute.firewall", "gcp.compute.firewall" | "gcp.compute.network", false>,
): Verdict {
  if (!isIngress(config) || config.action === "deny") return pass();
  if (!config.traffic) return unknown("protocols and ports");
  if (!config.action) return unknown("action");
  const alone = reach(question, ruleOfFirewall(resource.name, config, "after"), []);
  if (alone.status === "closed") return pass();

  const networks = related.of("gcp.compute.network");
  const network = networks.items.find(({ uid }) => uid === config.network)?.config;
  const order = network?.policyOrder ?? "after";
  const rule = ruleOfFirewall(resource.name, config, order);
  const firewalls = related.of("gcp.compute.firewall");
  const found = denialsOn(config.network, firewalls.items);
  const ofNetwork = found.denials.map((denial) => ruleOfFirewall(denial.name, denial.config, order));
  const left = reach(question, rule, [
    ...ofNetwork,
    ...(network?.policies ?? []).flatMap((policy, place) =>
      denialsOfPolicy(rulesOfPolicy(policy, place, config.network, order)),
    ),
  ]);
  // A denial that was not seen could only take more away.
  if (left.status !== "open") return pass();
  if (!firewalls.complete || found.unread.some(({ priority }) => priority <= config.priority))
    return unknown("the network's other firewall rules");
  if (network ? !network.policies : !networks.complete) return unknown("the network's firewall policies");
  return fail(
    `${describeOpening(question, left, config.network)}${describeShadows(left.shadows)}.`,
    ...config.sourceRanges.flatMap((cidr, index) =>
      left.cidrs.includes(cidr) ? [`/sourceRanges/${index}`] : [],
    ),
    "/traffic",
  );
}

/** The verdict on the firewall policies of a network. */
export function judgePolicies(
  question: Question,
  config: ResourceConfigs["gcp.compute.network"],
  { resource, related }: CheckInput<"gcp.compute.network", "gcp.compute.firewall", false>,
): Verdict {
  const order = config.policyOrder;
  const open: Opening[] = [];
  let unread: readonly string[] = [];
  let isFirewallNeeded = false;
  const firewalls = related.of("gcp.compute.firewall");
  const ofNetwork = denialsOn(resource.uid, firewalls.items);
  const vpc = ofNetwork.denials.map((denial) => ruleOfFirewall(denial.name, denial.config, order));
  for (const { policies, pointer, judged } of groups(config)) {
    const rules = policies.map((policy, place) => rulesOfPolicy(policy, place, resource.uid, order));
    const denials = [...vpc, ...rules.flatMap(denialsOfPolicy)];
    for (const [at, found] of rules.entries()) {
      if (at < judged) continue;
      for (const { rule, index, ingress } of found) {
        if (rule.action !== "allow" && rule.action !== "apply_security_profile_group") continue;
        const left = reach(question, ingress, denials);
        if (left.status === "unread") unread = left.sources;
        if (left.status !== "open") continue;
        if (comesAfterVpc(policies[at], order)) isFirewallNeeded = true;
        open.push({
          left,
          name: `rule ${rule.priority} of policy ${policies[at]?.name}`,
          path: pointer(at, index),
        });
      }
    }
  }
  if (open.length > 0 && isFirewallNeeded && (!firewalls.complete || ofNetwork.unread.length > 0))
    return unknown("the network's firewall rules");
  if (open.length > 0 && config.policies) return failFor(question, open, resource.uid);
  if (!config.policies || !config.regionalPolicies) return unknown("firewall policies");
  return unread.length > 0 ? unknown(`addresses of ${unread.join(", ")}`) : pass();
}

type Opening = { left: Extract<Reach, { status: "open" }>; name: string; path: string };

/**
 * The chains of policies that traffic passes: in every region the same first ones, then the region's own. `judged` is how
 * many at the front were judged before.
 */
function groups({ policies = [], regionalPolicies = [] }: ResourceConfigs["gcp.compute.network"]) {
  const common = {
    policies: policies as readonly FirewallPolicy[],
    judged: 0,
    pointer: (at: number, rule: number) => `/policies/${at}/rules/${rule}`,
  };
  const regions = [...new Set(regionalPolicies.map(({ region }) => region))];
  return [
    common,
    ...regions.map((region) => {
      const own = regionalPolicies.flatMap((policy, at) =>
        policy.region === region ? [{ policy, at }] : [],
      );
      return {
        policies: [...policies, ...own.map(({ policy }) => policy)],
        judged: policies.length,
        pointer: (at: number, rule: number) =>
          `/regionalPolicies/${own[at - policies.length]?.at}/rules/${rule}`,
      };
    }),
  ];
}

const comesAfterVpc = (policy: FirewallPolicy | undefined, order: PolicyOrder) =>
  order === "after" && (policy?.level === "global" || policy?.level === "regional");

function failFor(question: Question, open: readonly Opening[], network: string): Verdict {
  const [first] = open;
  if (!first) return pass();
  const more = open.length > 1 ? ` and by ${open.length - 1} more` : "";
  return fail(
    `${describeOpening(question, first.left, network)} by ${first.name}${more}${describeShadows(first.left.shadows)}.`,
    ...open.map(({ path }) => path),
  );
}

/** Such as `Port 22 is open to 0.0.0.0/0 for every instance of network default`. */
function describeOpening(question: Question, left: Opening["left"], network: string): string {
  const { protocol, ports, cidrs, targets } = left;
  const what =
    question !== "every port"
      ? `Port ${question.port} is`
      : ports >= 65_535
        ? `Every ${protocol} port is`
        : `${ports} ${protocol} ports are`;
  const whom = targets ? describeTargets(targets) : "every instance";
  return `${what} open to ${list(cidrs)} for ${whom} of network ${network.split("/").at(-1)}`;
}

const kindsOfLabel: Record<string, string> = {
  tag: "tagged",
  account: "running as",
  "secure tag": "with secure tag",
};

/** Such as `instances tagged web and db`. */
function describeTargets(targets: readonly string[]): string {
  const byKind = new Map<string, string[]>();
  for (const label of targets) {
    const [, kind = "", value = ""] = /^([^:]*):(.*)$/.exec(label) ?? [];
    byKind.set(kind, [...(byKind.get(kind) ?? []), value]);
  }
  return `instances ${[...byKind].map(([kind, values]) => `${kindsOfLabel[kind]} ${list(values)}`).join(" or ")}`;
}

const describeShadows = (names: readonly string[]) =>
  names.length > 0 ? `, though ${list(names)} ${names.length > 1 ? "deny" : "denies"} part of it` : "";

function list(items: readonly string[]): string {
  const shown = items.length > 4 ? [...items.slice(0, 3), `${items.length - 3} more`] : items;
  return shown.length < 2 ? shown.join("") : `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}`;
}
