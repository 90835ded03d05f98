import type { dataproc_v1 } from "googleapis/build/src/apis/dataproc/v1.js";
import { cut, Listing, readPromised, required, tagRecord } from "../answers.ts";
import type { Resource } from "../model.ts";
import type { GcpCollector, GcpContext } from "./collector.ts";
import { listAll } from "./list.ts";
import { inEach } from "./places.ts";

/** Reads a project's clusters, region by region: the API has no list of all. */
export const clusters: GcpCollector<"gcp.dataproc.cluster"> = {
  kind: "gcp.dataproc.cluster",
  cloud: "gcp",
  service: "dataproc",
  scope: "global",
  permissions: ["compute.regions.list", "dataproc.clusters.list"],
  collect: async function* (context) {
    const listed = new Listing("dataproc.clusters.list", listClusters(context));
    yield* context.each(listed, (cluster) => describeCluster(context, cluster));
  },
};

type ClusterInRegion = { region: string; cluster: dataproc_v1.Schema$Cluster };

async function* listClusters(context: GcpContext): AsyncGenerator<ClusterInRegion> {
  const { account, clients } = context;
  const [api, compute] = await Promise.all([clients.dataproc(), clients.compute()]);
  // Clusters are made of Compute Engine's machines: without its API there are none, and no regions either.
  const regions = listAll(
    context,
    "compute.regions.list",
    (page, options) => compute.regions.list({ project: account, maxResults: 500, ...page }, options),
    (page) => page.items,
  );
  yield* inEach(regions, async function* ({ name }) {
    const region = required(name, "name");
    const listed = listAll(
      context,
      "dataproc.clusters.list",
      (page, options) =>
        api.projects.regions.clusters.list({ projectId: account, region, pageSize: 1000, ...page }, options),
      (page) => page.clusters,
    );
    for await (const cluster of listed) yield { region, cluster };
  });
}

async function describeCluster(
  context: GcpContext,
  { region, cluster }: ClusterInRegion,
): Promise<Resource<"gcp.dataproc.cluster">> {
  const { account } = context;
  const name = required(cluster.clusterName, "clusterName");
  const uid = `//dataproc.googleapis.com/projects/${account}/regions/${region}/clusters/${name}`;
  const isVirtual = cluster.virtualClusterConfig !== undefined;
  const { encryptionConfig } = cluster.config ?? {};
  const facets = await readPromised(context, uid, "dataproc.clusters.list", {
    diskKmsKey:
      isVirtual || cluster.config
        ? // The newer of the two is for job arguments and disks alike.
          encryptionConfig?.gcePdKmsKeyName || encryptionConfig?.kmsKey || null
        : undefined,
  });
  return {
    uid,
    kind: "gcp.dataproc.cluster",
    account,
    region,
    name,
    tags: tagRecord(Object.entries(cluster.labels ?? {})),
    config: { state: cluster.status?.state ? cut(cluster.status.state) : null, isVirtual, ...facets.read },
    unread: facets.unread,
  };
}
