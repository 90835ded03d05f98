import type { compute_v1 } from "googleapis/build/src/apis/compute/v1.js";
import { oneOf, readPromised, required } from "../answers.ts";
import type { Reading } from "../collector.ts";
import type { Resource } from "../model.ts";
import type { GcpCollector, GcpContext } from "./collector.ts";
import type { ComputeKinds } from "./compute.kinds.ts";
import { fullName, maxResults, textOrNull } from "./compute-common.ts";
import { policiesOf } from "./compute-policies.ts";
import { listAggregated, listAll, regionOf, timeFrom } from "./list.ts";

type Network = ComputeKinds["gcp.compute.network"];

/**
 * Reads networks, and the firewall policies in force on each: one call per network, and one for each region that has a
 * policy of its own. Other than the policies themselves, what is in force can be read from the project alone, also where
 * a policy was set on the organisation.
 */
export const networks: GcpCollector<"gcp.compute.network"> = {
  kind: "gcp.compute.network",
  cloud: "gcp",
  service: "compute",
  scope: "global",
  permissions: [
    "compute.networks.list",
    "compute.networks.getEffectiveFirewalls",
    "compute.networks.getRegionEffectiveFirewalls",
    "compute.firewallPolicies.list",
  ],
  collect: async function* (context) {
    const api = await context.clients.compute();
    const found = listAll(
      context,
      "compute.networks.list",
      (page, options) => api.networks.list({ project: context.account, maxResults, ...page }, options),
      (page) => page.items,
    );
    // Listed once, when the first network asks; a refusal is a gap on each of them.
    let regional: Promise<RegionsOfNetworks> | undefined;
    const regionsOf = (network: string) => {
      regional ??= listRegionalPolicies(context, api);
      return regional.then((regions) => regions.get(network) ?? new Set<string>());
    };
    yield* context.each(found, (network) => describeNetwork(context, api, network, regionsOf));
  },
};

/** The regions with policies of their own, by network. */
type RegionsOfNetworks = Map<string, Set<string>>;

async function listRegionalPolicies(
  context: GcpContext,
  api: compute_v1.Compute,
): Promise<RegionsOfNetworks> {
  const regions: RegionsOfNetworks = new Map();
  const policies = listAggregated(
    context,
    "compute.firewallPolicies.list",
    (page, options) =>
      api.networkFirewallPolicies.aggregatedList({ project: context.account, maxResults, ...page }, options),
    "firewallPolicies",
  );
  for await (const { region, associations } of policies) {
    if (!region) continue;
    for (const { attachmentTarget } of associations ?? []) {
      const network = fullName(required(attachmentTarget, "attachmentTarget"));
      regions.set(network, (regions.get(network) ?? new Set()).add(regionOf(region)));
    }
  }
  return regions;
}

async function describeNetwork(
  context: GcpContext,
  api: compute_v1.Compute,
  network: compute_v1.Schema$Network,
  regionsOf: (network: string) => Promise<Set<string>>,
): Promise<Resource<"gcp.compute.network">> {
  const uid = fullName(required(network.selfLink, "selfLink"));
  const name = required(network.name, "name");
  const { read, unread } = await readPromised(context, uid, "compute.networks.list", {
    mode: modeOf(network),
  });
  const policies = await readPolicies(context, api, uid, name);
  const regionalPolicies = await readRegionalPolicies(context, api, uid, name, regionsOf);
  return {
    uid,
    kind: "gcp.compute.network",
    account: context.account,
    region: "global",
    name,
    tags: {},
    config: {
      isDefault: name === "default",
      routingMode: textOrNull(network.routingConfig?.routingMode),
      mtu: network.mtu ?? null,
      createdAt: timeFrom(network.creationTimestamp),
      peerings: (network.peerings ?? []).flatMap((peering) =>
        peering.network ? [fullName(peering.network)] : [],
      ),
      policyOrder:
        oneOf(
          network.networkFirewallPolicyEnforcementOrder ?? "AFTER_CLASSIC_FIREWALL",
          ["AFTER_CLASSIC_FIREWALL", "BEFORE_CLASSIC_FIREWALL"],
          "networkFirewallPolicyEnforcementOrder",
        ) === "BEFORE_CLASSIC_FIREWALL"
          ? "before"
          : "after",
      ...read,
      ...(policies ? { policies } : {}),
      ...(regionalPolicies ? { regionalPolicies } : {}),
    },
    unread: [...unread, ...(policies ? [] : ["policies"]), ...(regionalPolicies ? [] : ["regionalPolicies"])],
  };
}

/** A VPC network says how its subnets came about; a legacy network has one range in their place. */
function modeOf({ autoCreateSubnetworks, IPv4Range }: compute_v1.Schema$Network): Network["mode"] {
  if (autoCreateSubnetworks !== undefined && autoCreateSubnetworks !== null)
    return autoCreateSubnetworks ? "auto" : "custom";
  return IPv4Range ? "legacy" : undefined;
}

const gone = ["NOT_FOUND"];

/** The answers repeat every firewall rule of the network, which are read by their own list. */
const onlyPolicies = "firewallPolicys";

const readPolicies = (
  { account, signal, read }: GcpContext,
  api: compute_v1.Compute,
  uid: string,
  network: string,
): Promise<Reading<NonNullable<Network["policies"]>>> =>
  read(
    uid,
    "compute.networks.getEffectiveFirewalls",
    async () => {
      const { data } = await api.networks.getEffectiveFirewalls(
        { project: account, network, fields: onlyPolicies },
        { signal },
      );
      return policiesOf(data.firewallPolicys, (type) => !type.endsWith("_REGIONAL"));
    },
    { gone },
  );

const readRegionalPolicies = async (
  { account, signal, read }: GcpContext,
  api: compute_v1.Compute,
  uid: string,
  name: string,
  regionsOf: (network: string) => Promise<Set<string>>,
): Promise<Reading<NonNullable<Network["regionalPolicies"]>>> => {
  const regions = await read(uid, "compute.firewallPolicies.list", () => regionsOf(uid));
  if (!regions) return undefined;
  const found: NonNullable<Network["regionalPolicies"]> = [];
  for (const region of [...regions].sort()) {
    const policies = await read(
      uid,
      "compute.networks.getRegionEffectiveFirewalls",
      async () => {
        const { data } = await api.regionNetworkFirewallPolicies.getEffectiveFirewalls(
          {
            project: account,
            region,
            network: `projects/${account}/global/networks/${name}`,
            fields: onlyPolicies,
          },
          { signal },
        );
        return policiesOf(data.firewallPolicys, (type) => type === "NETWORK_REGIONAL");
      },
      { gone },
    );
    if (!policies) return undefined;
    for (const policy of policies) found.push({ ...policy, region });
  }
  return found;
};
