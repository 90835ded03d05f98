import type { VirtualNetworkGateway } from "@azure/arm-network";
import { cut, namingFailures, oneOf, required } from "../answers.ts";
import type { Resource } from "../model.ts";
import { armId, armResource, resourceGroupOf } from "./arm.ts";
import { allOf, armListing } from "./arm-list.ts";
import type { AzureCollector, AzureContext } from "./collector.ts";
import { listedBelow } from "./listed-below.ts";

const readResources = "Microsoft.Resources/subscriptions/resources/read";
const readGateways = "Microsoft.Network/virtualNetworkGateways/read";

/** Gateways can be listed by resource group alone, so it is first asked which groups have one. */
export const gateways: AzureCollector<"azure.network.gateway"> = {
  kind: "azure.network.gateway",
  cloud: "azure",
  service: "network",
  scope: "global",
  permissions: [readResources, readGateways],
  collect(context) {
    const { clients, signal } = context;
    const found = listedBelow(groupsWithGateways(context), (group) => {
      const list = clients.network.virtualNetworkGateways.list(group, { abortSignal: signal });
      return namingFailures(readGateways, () => allOf(list));
    });
    return context.each(found, async (gateway) => describeGateway(context, gateway));
  },
};

async function* groupsWithGateways({ clients, signal }: AzureContext): AsyncGenerator<string> {
  const resources = clients.resources.resources.list({
    filter: "resourceType eq 'Microsoft.Network/virtualNetworkGateways'",
    abortSignal: signal,
  });
  const groups = new Set<string>();
  for await (const { id } of armListing(readResources, resources)) groups.add(resourceGroupOf(armId(id)));
  yield* [...groups].sort();
}

function describeGateway(
  context: AzureContext,
  gateway: VirtualNetworkGateway,
): Resource<"azure.network.gateway"> {
  const { vpnClientConfiguration: client } = gateway;
  // Azure keeps an empty configuration when point-to-site is taken away.
  const hasClients = Boolean(client?.vpnClientAddressPool?.addressPrefixes?.length);
  return {
    ...armResource(context, gateway),
    kind: "azure.network.gateway",
    config: {
      type: oneOf(
        required(gateway.gatewayType, "gatewayType"),
        ["Vpn", "ExpressRoute", "LocalGateway"],
        "gatewayType",
      ),
      sku: gateway.sku?.name ?? null,
      pointToSite:
        client && hasClients
          ? {
              ...(client.vpnAuthenticationTypes
                ? { authentication: client.vpnAuthenticationTypes.map(cut).sort() }
                : {}),
              protocols: (client.vpnClientProtocols ?? []).map(cut).sort(),
            }
          : null,
    },
    unread: [],
  };
}
