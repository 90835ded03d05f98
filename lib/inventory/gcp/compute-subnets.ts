import type { compute_v1 } from "googleapis/build/src/apis/compute/v1.js";
import { cut, required } from "../answers.ts";
import type { Resource } from "../model.ts";
import type { GcpCollector, GcpContext } from "./collector.ts";
import { fullName, maxResults, textOrNull } from "./compute-common.ts";
import { lastStep, listAggregated, timeFrom } from "./list.ts";

export const subnets: GcpCollector<"gcp.compute.subnet"> = {
  kind: "gcp.compute.subnet",
  cloud: "gcp",
  service: "compute",
  scope: "global",
  permissions: ["compute.subnetworks.list"],
  collect: async function* (context) {
    const api = await context.clients.compute();
    const found = listAggregated(
      context,
      "compute.subnetworks.list",
      (page, options) =>
        api.subnetworks.aggregatedList({ project: context.account, maxResults, ...page }, options),
      "subnetworks",
    );
    yield* context.each(found, async (subnet) => describeSubnet(context, subnet));
  },
};

function describeSubnet(
  { account }: GcpContext,
  subnet: compute_v1.Schema$Subnetwork,
): Resource<"gcp.compute.subnet"> {
  const { logConfig } = subnet;
  return {
    uid: fullName(required(subnet.selfLink, "selfLink")),
    kind: "gcp.compute.subnet",
    account,
    region: cut(lastStep(required(subnet.region, "region"))),
    name: required(subnet.name, "name"),
    tags: {},
    config: {
      network: fullName(required(subnet.network, "network")),
      purpose: textOrNull(subnet.purpose) ?? "PRIVATE",
      cidr: textOrNull(subnet.ipCidrRange),
      ipv6Cidr: textOrNull(subnet.externalIpv6Prefix) ?? textOrNull(subnet.internalIpv6Prefix),
      privateGoogleAccess: subnet.privateIpGoogleAccess ?? false,
      // Where it was never set, it is left out, and off.
      flowLogs: {
        enabled: logConfig?.enable ?? subnet.enableFlowLogs ?? false,
        interval: textOrNull(logConfig?.aggregationInterval),
        sampling: logConfig?.flowSampling ?? null,
        metadata: textOrNull(logConfig?.metadata),
        filter: textOrNull(logConfig?.filterExpr),
      },
      createdAt: timeFrom(subnet.creationTimestamp),
    },
    unread: [],
  };
}
