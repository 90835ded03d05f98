import type { compute_v1 } from "googleapis/build/src/apis/compute/v1.js";
import { computeState, hierarchicalPolicies, linkTo } from "#sandbox/gcp/handlers/compute/state.ts";
import { type GcpSite, makeNumber, timeAgo } from "./site.ts";

export type GcpNetwork = { name: string; link: string; subnets: Record<string, string> };

export type NetworkOptions = {
  mode?: "auto" | "custom" | "legacy";
  /** Whether its firewall policies are asked before its firewall rules. */
  policiesFirst?: boolean;
  ageDays?: number;
};

export function addNetwork(site: GcpSite, name: string, options: NetworkOptions = {}): GcpNetwork {
  const { mode = "custom", ageDays = 900 } = options;
  const path = `global/networks/${name}`;
  const link = linkTo(site.project, path);
  computeState(site.project, "networks").set(path, {
    kind: "compute#network",
    id: makeNumber(site),
    creationTimestamp: timeAgo(site, ageDays),
    name,
    selfLink: link,
    ...(mode === "legacy"
      ? { IPv4Range: "10.240.0.0/16", gatewayIPv4: "10.240.0.1" }
      : {
          autoCreateSubnetworks: mode === "auto",
          subnetworks: [],
          routingConfig: { routingMode: "REGIONAL" },
          mtu: 1460,
          networkFirewallPolicyEnforcementOrder: options.policiesFirst
            ? "BEFORE_CLASSIC_FIREWALL"
            : "AFTER_CLASSIC_FIREWALL",
        }),
  });
  return { name, link, subnets: {} };
}

export type SubnetOptions = {
  region: string;
  cidr: string;
  purpose?: string;
  /** `off` was switched off; left out, it was never set, and doesn't appear. */
  flowLogs?: "on" | "off";
};

/** A subnet; its link comes back, and its network knows it by its region. */
export function addSubnet(site: GcpSite, network: GcpNetwork, name: string, options: SubnetOptions): string {
  const { region, purpose = "PRIVATE", flowLogs } = options;
  const path = `regions/${region}/subnetworks/${name}`;
  const link = linkTo(site.project, path);
  computeState(site.project, "subnetworks").set(path, {
    kind: "compute#subnetwork",
    id: makeNumber(site),
    creationTimestamp: timeAgo(site, 800),
    name,
    network: network.link,
    ipCidrRange: options.cidr,
    gatewayAddress: options.cidr.replace(/\d+\/\d+$/, "1"),
    region: linkTo(site.project, `regions/${region}`),
    selfLink: link,
    privateIpGoogleAccess: purpose === "PRIVATE",
    fingerprint: site.random.hex(11),
    purpose,
    ...(purpose === "PRIVATE" ? { stackType: "IPV4_ONLY" } : { role: "ACTIVE" }),
    ...(flowLogs
      ? {
          enableFlowLogs: flowLogs === "on",
          logConfig: {
            enable: flowLogs === "on",
            ...(flowLogs === "on"
              ? {
                  aggregationInterval: "INTERVAL_5_SEC",
                  flowSampling: 0.5,
                  metadata: "INCLUDE_ALL_METADATA",
                }
              : {}),
          },
        }
      : {}),
  });
  computeState(site.project, "networks").get(`global/networks/${network.name}`)?.subnetworks?.push(link);
  if (purpose === "PRIVATE") network.subnets[region] = link;
  return link;
}

/** Protocols with their ports, such as `tcp:22,3389 icmp`. */
const trafficOf = (text: string) =>
  text.split(" ").map((part) => {
    const [protocol = "", ports] = part.split(":");
    return { protocol, ...(ports ? { ports: ports.split(",") } : {}) };
  });

export type FirewallOptions = {
  /** Such as `tcp:22,3389 icmp`; denied where the action says so. */
  traffic: string;
  action?: "allow" | "deny";
  from?: string[];
  fromTags?: string[];
  priority?: number;
  tags?: string[];
  accounts?: string[];
  direction?: "INGRESS" | "EGRESS";
  isDisabled?: boolean;
  description?: string;
  ageDays?: number;
};

export function addFirewall(
  site: GcpSite,
  network: GcpNetwork,
  name: string,
  options: FirewallOptions,
): void {
  const { direction = "INGRESS", action = "allow" } = options;
  const path = `global/firewalls/${name}`;
  const parts = trafficOf(options.traffic).map(({ protocol, ...rest }) => ({
    IPProtocol: protocol,
    ...rest,
  }));
  const from = options.from ?? (options.fromTags ? undefined : ["0.0.0.0/0"]);
  computeState(site.project, "firewalls").set(path, {
    kind: "compute#firewall",
    id: makeNumber(site),
    creationTimestamp: timeAgo(site, options.ageDays ?? 300),
    name,
    description: options.description ?? "",
    network: network.link,
    priority: options.priority ?? 1000,
    ...(from && direction === "INGRESS" ? { sourceRanges: from } : {}),
    ...(from && direction === "EGRESS" ? { destinationRanges: from } : {}),
    ...(options.fromTags ? { sourceTags: options.fromTags } : {}),
    ...(options.tags ? { targetTags: options.tags } : {}),
    ...(options.accounts ? { targetServiceAccounts: options.accounts } : {}),
    ...(action === "allow" ? { allowed: parts } : { denied: parts }),
    direction,
    logConfig: { enable: false },
    disabled: options.isDisabled ?? false,
    selfLink: linkTo(site.project, path),
  });
}

export type PolicyRuleOptions = {
  priority: number;
  action: "allow" | "deny" | "goto_next";
  traffic: string;
  match: compute_v1.Schema$FirewallPolicyRuleMatcher;
  networks?: GcpNetwork[];
  description?: string;
};

const ruleOf = ({
  traffic,
  match,
  networks,
  ...rest
}: PolicyRuleOptions): compute_v1.Schema$FirewallPolicyRule => ({
  kind: "compute#firewallPolicyRule",
  direction: "INGRESS",
  disabled: false,
  enableLogging: false,
  ...rest,
  ...(networks ? { targetResources: networks.map(({ link }) => link) } : {}),
  match: {
    ...match,
    layer4Configs: trafficOf(traffic).map(({ protocol, ...ports }) => ({ ipProtocol: protocol, ...ports })),
  },
});

/** What every policy ends with. */
const closing: PolicyRuleOptions[] = [
  {
    priority: 2_147_483_645,
    action: "goto_next",
    traffic: "all",
    match: { srcIpRanges: ["::/0"] },
    description: "default ingress rule ipv6",
  },
  {
    priority: 2_147_483_647,
    action: "goto_next",
    traffic: "all",
    match: { srcIpRanges: ["0.0.0.0/0"] },
    description: "default ingress rule",
  },
];

/** A policy of the project's own on some of its networks, global or of one region. */
export function addFirewallPolicy(
  site: GcpSite,
  name: string,
  { region, networks, rules }: { region?: string; networks: GcpNetwork[]; rules: PolicyRuleOptions[] },
): void {
  const place = region ? `regions/${region}` : "global";
  const path = `${place}/firewallPolicies/${name}`;
  computeState(site.project, "firewallPolicies").set(path, {
    kind: "compute#firewallPolicy",
    id: makeNumber(site),
    creationTimestamp: timeAgo(site, 200),
    name,
    ...(region ? { region: linkTo(site.project, place) } : {}),
    associations: networks.map((network) => ({
      name: `${name}-${network.name}`,
      attachmentTarget: network.link,
    })),
    rules: [...rules, ...closing].map(ruleOf),
    fingerprint: site.random.hex(11),
    selfLink: linkTo(site.project, path),
    ruleTupleCount: rules.length + closing.length,
  });
}

/** A policy that the organisation has set, and that holds for all networks of the project. */
export function addHierarchicalPolicy(site: GcpSite, shortName: string, rules: PolicyRuleOptions[]): void {
  hierarchicalPolicies(site.project).set(shortName, {
    kind: "compute#firewallPolicy",
    name: String(200_000_000_000 + site.random.int(1_000_000_000)),
    shortName,
    rules: [...rules, ...closing].map(ruleOf),
  });
}

export type BackendServiceOptions = {
  scheme?: string;
  protocol?: string;
  region?: string;
  logging?: { enable: boolean; sampleRate?: number };
};

export function addBackendService(site: GcpSite, name: string, options: BackendServiceOptions): void {
  const place = options.region ? `regions/${options.region}` : "global";
  const path = `${place}/backendServices/${name}`;
  computeState(site.project, "backendServices").set(path, {
    kind: "compute#backendService",
    id: makeNumber(site),
    creationTimestamp: timeAgo(site, 400),
    name,
    selfLink: linkTo(site.project, path),
    backends: [],
    timeoutSec: 30,
    protocol: options.protocol ?? "HTTPS",
    fingerprint: site.random.hex(11),
    loadBalancingScheme: options.scheme ?? "EXTERNAL_MANAGED",
    sessionAffinity: "NONE",
    ...(options.region ? { region: linkTo(site.project, place) } : {}),
    ...(options.logging ? { logConfig: options.logging } : {}),
  });
}
