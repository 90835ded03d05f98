import type { compute_v1 } from "googleapis/build/src/apis/compute/v1.js";
import { cut, readPromised, required } from "../answers.ts";
import type { Resource } from "../model.ts";
import type { GcpCollector, GcpContext } from "./collector.ts";
import { fullName, maxResults } from "./compute-common.ts";
import { listAggregated, regionOf, timeFrom } from "./list.ts";

export const backendServices: GcpCollector<"gcp.compute.backend-service"> = {
  kind: "gcp.compute.backend-service",
  cloud: "gcp",
  service: "compute",
  scope: "global",
  permissions: ["compute.backendServices.list"],
  collect: async function* (context) {
    const api = await context.clients.compute();
    const found = listAggregated(
      context,
      "compute.backendServices.list",
      (page, options) =>
        api.backendServices.aggregatedList({ project: context.account, maxResults, ...page }, options),
      "backendServices",
    );
    yield* context.each(found, (service) => describeBackendService(context, service));
  },
};

async function describeBackendService(
  context: GcpContext,
  service: compute_v1.Schema$BackendService,
): Promise<Resource<"gcp.compute.backend-service">> {
  const uid = fullName(required(service.selfLink, "selfLink"));
  const { loadBalancingScheme, protocol, logConfig } = service;
  const { read, unread } = await readPromised(context, uid, "compute.backendServices.list", {
    scheme: loadBalancingScheme ? cut(loadBalancingScheme) : undefined,
    protocol: protocol ? cut(protocol) : undefined,
  });
  return {
    uid,
    kind: "gcp.compute.backend-service",
    account: context.account,
    region: service.region ? regionOf(service.region) : "global",
    name: required(service.name, "name"),
    tags: {},
    config: {
      logging: { enabled: logConfig?.enable ?? false, sampleRate: logConfig?.sampleRate ?? null },
      securityPolicy: service.securityPolicy ? fullName(service.securityPolicy) : null,
      createdAt: timeFrom(service.creationTimestamp),
      ...read,
    },
    unread,
  };
}
