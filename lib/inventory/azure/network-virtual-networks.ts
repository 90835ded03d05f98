import type { Subnet as SubnetAnswer, VirtualNetwork } from "@azure/arm-network";
import { cut, readAndUnread, readPromised, required } from "../answers.ts";
import type { Resource } from "../model.ts";
import { armId, armResource, referredId, regionOf, subscriptionUid } from "./arm.ts";
import { allOf, armListing } from "./arm-list.ts";
import type { AzureCollector, AzureContext } from "./collector.ts";
import type { NetworkWatcher, Subnet } from "./network.kinds.ts";
import { rawFields } from "./raw-fields.ts";

const readNetworks = "Microsoft.Network/virtualNetworks/read";

const listNetworks = ({ clients, signal }: AzureContext) =>
  clients.network.virtualNetworks.listAll({ abortSignal: signal });

export const virtualNetworks: AzureCollector<"azure.network.virtual-network"> = {
  kind: "azure.network.virtual-network",
  cloud: "azure",
  service: "network",
  scope: "global",
  permissions: [readNetworks],
  collect(context) {
    const { clients, signal } = context;
    const { onResponse, has } = rawFields(["properties", "enableDdosProtection"]);
    const networks = clients.network.virtualNetworks.listAll({ abortSignal: signal, onResponse });
    return context.each(armListing(readNetworks, networks), (network) =>
      describeNetwork(context, network, has(network.id)),
    );
  },
};

async function describeNetwork(
  context: AzureContext,
  network: VirtualNetwork,
  saysDdosProtection: boolean,
): Promise<Resource<"azure.network.virtual-network">> {
  const common = armResource(context, network);
  const { read, unread } = await readPromised(context, common.uid, readNetworks, {
    subnets: network.subnets?.map(subnetOf),
    ddosProtection: saysDdosProtection ? network.enableDdosProtection : undefined,
  });
  return {
    ...common,
    kind: "azure.network.virtual-network",
    config: {
      prefixes: network.addressSpace?.addressPrefixes ?? [],
      ...read,
      ddosPlanId: referredId(network.ddosProtectionPlan, "ddosProtectionPlan.id"),
      peeredWith: (network.virtualNetworkPeerings ?? [])
        .flatMap(
          ({ remoteVirtualNetwork }) => referredId(remoteVirtualNetwork, "remoteVirtualNetwork.id") ?? [],
        )
        .sort(),
    },
    unread,
  };
}

function subnetOf(subnet: SubnetAnswer): Subnet {
  const prefixes = subnet.addressPrefixes?.length ? subnet.addressPrefixes : [subnet.addressPrefix];
  return {
    name: cut(required(subnet.name, "subnets.name")),
    id: armId(subnet.id, "subnets.id"),
    prefixes: prefixes.filter((prefix) => prefix !== undefined),
    securityGroupId: referredId(subnet.networkSecurityGroup, "networkSecurityGroup.id"),
    delegations: (subnet.delegations ?? []).flatMap(({ serviceName }) => serviceName ?? []).sort(),
  };
}

const readWatchers = "Microsoft.Network/networkWatchers/read";

export const networkRegions: AzureCollector<"azure.network.region"> = {
  kind: "azure.network.region",
  cloud: "azure",
  service: "network",
  scope: "global",
  permissions: [readNetworks, readWatchers],
  async *collect(context) {
    const { account, clients, signal, read } = context;
    const networks = new Map<string, number>();
    for await (const { location } of armListing(readNetworks, listNetworks(context))) {
      const region = regionOf(required(location, "location"));
      networks.set(region, (networks.get(region) ?? 0) + 1);
    }
    const own = subscriptionUid(context, "Microsoft.Network");
    const found = networks.size
      ? await read(own, readWatchers, () =>
          allOf(clients.network.networkWatchers.listAll({ abortSignal: signal })),
        )
      : [];
    for (const [region, count] of [...networks].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const watchers = found
        ?.filter(({ location }) => regionOf(location) === region)
        .map(
          ({ id, provisioningState }): NetworkWatcher => ({
            id: armId(id),
            state: provisioningState ?? "Unknown",
          }),
        );
      const facets = readAndUnread({ watchers });
      yield {
        uid: `${own}/locations/${region}`,
        kind: "azure.network.region",
        account,
        region,
        name: region,
        tags: {},
        config: { virtualNetworks: count, ...facets.read },
        unread: facets.unread,
      };
    }
  },
};

const readBastions = "Microsoft.Network/bastionHosts/read";

export const networkSubscription: AzureCollector<"azure.network.subscription"> = {
  kind: "azure.network.subscription",
  cloud: "azure",
  service: "network",
  scope: "global",
  permissions: [readNetworks, readBastions],
  async *collect(context) {
    const { account, clients, signal, read } = context;
    const uid = subscriptionUid(context, "Microsoft.Network");
    const [networks, bastions] = await Promise.all([
      read(uid, readNetworks, () => allOf(listNetworks(context))),
      read(uid, readBastions, () => allOf(clients.network.bastionHosts.list({ abortSignal: signal }))),
    ]);
    const facets = readAndUnread({
      virtualNetworks: networks?.length,
      bastionIds: bastions?.map(({ id }) => armId(id)).sort(),
    });
    yield {
      uid,
      kind: "azure.network.subscription",
      account,
      region: "global",
      name: account,
      tags: {},
      config: facets.read,
      unread: facets.unread,
    };
  },
};
