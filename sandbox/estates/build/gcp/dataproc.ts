import { clustersOf } from "#sandbox/gcp/handlers/dataproc.ts";
import { type GcpSite, type Labels, timeAgo } from "./site.ts";

export type ClusterOptions = { labels?: Labels; kmsKey?: string; isVirtual?: boolean; state?: string };

export function addCluster(
  site: GcpSite,
  region: string,
  name: string,
  { labels, kmsKey, isVirtual = false, state = "RUNNING" }: ClusterOptions = {},
): void {
  const { project, random } = site;
  clustersOf(project).set(`${region}/${name}`, {
    projectId: project.id,
    clusterName: name,
    clusterUuid: random.uuid(),
    status: { state, stateStartTime: timeAgo(site, 12) },
    ...(labels ? { labels } : {}),
    ...(isVirtual
      ? { virtualClusterConfig: { kubernetesClusterConfig: { kubernetesNamespace: name } } }
      : {
          config: {
            configBucket: `dataproc-staging-${region}-${project.number}-${random.hex(8)}`,
            gceClusterConfig: {
              zoneUri: `https://www.googleapis.com/compute/v1/projects/${project.id}/zones/${region}-b`,
            },
            ...(kmsKey ? { encryptionConfig: { gcePdKmsKeyName: kmsKey } } : {}),
          },
        }),
  });
}
