import type { NetworkInterface, PublicIPAddress } from "@azure/arm-network";
import { oneOf, readPromised } from "../answers.ts";
import type { Resource } from "../model.ts";
import { armResource, referredId } from "./arm.ts";
import { armListing } from "./arm-list.ts";
import type { AzureCollector, AzureContext } from "./collector.ts";

const readInterfaces = "Microsoft.Network/networkInterfaces/read";

export const interfaces: AzureCollector<"azure.network.interface"> = {
  kind: "azure.network.interface",
  cloud: "azure",
  service: "network",
  scope: "global",
  permissions: [readInterfaces],
  collect(context) {
    const { clients, signal } = context;
    const cards = clients.network.networkInterfaces.listAll({ abortSignal: signal });
    return context.each(armListing(readInterfaces, cards), (card) => describeInterface(context, card));
  },
};

async function describeInterface(
  context: AzureContext,
  card: NetworkInterface,
): Promise<Resource<"azure.network.interface">> {
  const common = armResource(context, card);
  const { ipConfigurations } = card;
  const { read, unread } = await readPromised(context, common.uid, readInterfaces, {
    publicIpIds:
      ipConfigurations &&
      distinct(ipConfigurations.map((each) => referredId(each.publicIPAddress, "publicIPAddress.id"))),
  });
  return {
    ...common,
    kind: "azure.network.interface",
    config: {
      machineId: referredId(card.virtualMachine, "virtualMachine.id"),
      securityGroupId: referredId(card.networkSecurityGroup, "networkSecurityGroup.id"),
      ...read,
      privateIps: distinct((ipConfigurations ?? []).map((each) => each.privateIPAddress)),
      subnetIds: distinct((ipConfigurations ?? []).map((each) => referredId(each.subnet, "subnet.id"))),
      ipForwarding: card.enableIPForwarding ?? false,
    },
    unread,
  };
}

const readPublicIps = "Microsoft.Network/publicIPAddresses/read";

export const publicIps: AzureCollector<"azure.network.public-ip"> = {
  kind: "azure.network.public-ip",
  cloud: "azure",
  service: "network",
  scope: "global",
  permissions: [readPublicIps],
  collect(context) {
    const { clients, signal } = context;
    const addresses = clients.network.publicIPAddresses.listAll({ abortSignal: signal });
    return context.each(armListing(readPublicIps, addresses), async (address) =>
      describePublicIp(context, address),
    );
  },
};

function describePublicIp(
  context: AzureContext,
  address: PublicIPAddress,
): Resource<"azure.network.public-ip"> {
  return {
    ...armResource(context, address),
    kind: "azure.network.public-ip",
    config: {
      address: address.ipAddress ?? null,
      version: oneOf(address.publicIPAddressVersion ?? "IPv4", ["IPv4", "IPv6"], "publicIPAddressVersion"),
      sku: address.sku?.name ?? null,
      attachedTo: referredId(address.ipConfiguration, "ipConfiguration.id"),
      ddosProtection: address.ddosSettings?.protectionMode ?? null,
    },
    unread: [],
  };
}

/** The values that are there, each once and in order, so that another order in the answer is no change. */
const distinct = (values: Iterable<string | null | undefined>): string[] =>
  [...new Set(values)].filter((value): value is string => Boolean(value)).sort();
