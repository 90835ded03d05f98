import type { RelatedExample } from "#lib/checks/test-check.ts";
import type { FirewallPolicy, FirewallPolicyRule } from "#lib/inventory/gcp/compute.kinds.ts";
import type { ResourceConfigs } from "#lib/inventory/kinds.ts";

type Firewall = ResourceConfigs["gcp.compute.firewall"];
type Network = ResourceConfigs["gcp.compute.network"];

export const networkUid = "//compute.googleapis.com/projects/p/global/networks/main";

/** An allowing rule for everyone, unless told otherwise. `traffic` is such as `tcp:22,80` or `all`. */
export function firewall(traffic: string, rest: Partial<Firewall> = {}): { name: string; config: Firewall } {
  return {
    name: "allow",
    config: {
      network: networkUid,
      direction: "INGRESS",
      priority: 1000,
      disabled: false,
      action: "allow",
      traffic: trafficOf(traffic),
      sourceRanges: ["0.0.0.0/0"],
      sourceTags: [],
      sourceServiceAccounts: [],
      destinationRanges: [],
      targetTags: [],
      targetServiceAccounts: [],
      description: null,
      createdAt: null,
      logging: false,
      ...rest,
    },
  };
}

export const trafficOf = (text: string) =>
  text.split(" ").map((part) => {
    const [protocol = "", ports] = part.split(":");
    return { protocol, ports: ports?.split(",") ?? [] };
  });

/** Another rule of the project, a denial with more priority unless told otherwise. */
export const other = (
  traffic: string,
  rest: Partial<Firewall> = {},
): Extract<RelatedExample<"gcp.compute.firewall">, { kind: "gcp.compute.firewall" }> => ({
  kind: "gcp.compute.firewall",
  name: "deny",
  config: firewall(traffic, { action: "deny", priority: 900, ...rest }).config,
});

export const network = (rest: Partial<Network> = {}): { uid: string; config: Network } => ({
  uid: networkUid,
  config: {
    isDefault: false,
    mode: "custom",
    routingMode: null,
    mtu: null,
    createdAt: null,
    peerings: [],
    policyOrder: "after",
    policies: [],
    regionalPolicies: [],
    ...rest,
  },
});

export const onNetwork = (
  rest: Partial<Network> = {},
): Extract<RelatedExample<"gcp.compute.network">, { kind: "gcp.compute.network" }> => ({
  kind: "gcp.compute.network",
  ...network(rest),
});

const nobody = { ranges: [], regionCodes: [], threatLists: [], addressGroups: [], fqdns: [], secureTags: [] };

/** A rule of a policy: allows everyone, unless told otherwise. */
export const policyRule = (
  traffic: string,
  { source, destination, ...rest }: PolicyRuleParts = {},
): FirewallPolicyRule => ({
  priority: 1000,
  action: "allow",
  direction: "INGRESS",
  disabled: false,
  traffic: trafficOf(traffic),
  source: { ...nobody, ...(source ?? { ranges: ["0.0.0.0/0"] }) },
  destination: { ...nobody, ...destination },
  sourceNetworkType: null,
  targetNetworks: [],
  targetServiceAccounts: [],
  targetSecureTags: [],
  targetType: "INSTANCES",
  ...rest,
});

type PolicyRuleParts = Partial<Omit<FirewallPolicyRule, "source" | "destination">> & {
  source?: Partial<FirewallPolicyRule["source"]>;
  destination?: Partial<FirewallPolicyRule["destination"]>;
};

export const policy = (level: FirewallPolicy["level"], ...rules: FirewallPolicyRule[]): FirewallPolicy => ({
  name: `${level}-edge`,
  level,
  rules,
});
