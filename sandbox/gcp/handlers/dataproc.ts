import { collectionOf, type GcpApi, GcpError, type GcpProject } from "../model.ts";
import { listAnswer } from "../paging.ts";

/** A cluster as the API has it. `dataproc.clusters`, by `<region>/<name>`. */
export type ClusterJson = {
  projectId: string;
  clusterName: string;
  clusterUuid: string;
  labels?: Record<string, string>;
  status: { state: string; stateStartTime: string };
  config?: {
    configBucket: string;
    gceClusterConfig: { zoneUri: string };
    encryptionConfig?: { gcePdKmsKeyName?: string; kmsKey?: string };
  };
  virtualClusterConfig?: { kubernetesClusterConfig: { kubernetesNamespace: string } };
};

export const clustersOf = (project: GcpProject): Map<string, ClusterJson> =>
  collectionOf(project, "dataproc.clusters");

export const dataprocApi: GcpApi = {
  host: "dataproc.googleapis.com",
  title: "Cloud Dataproc API",
  errors: "rpc",
  routes: [
    {
      method: "GET",
      path: "/v1/projects/{project}/regions/{region}/clusters",
      permissions: ["dataproc.clusters.list"],
      handler: (call) => {
        const here = [...clustersOf(call.project)].filter(([key]) =>
          key.startsWith(`${call.labels.region}/`),
        );
        return listAnswer(
          call,
          "clusters",
          here.map(([, cluster]) => cluster),
        );
      },
    },
    {
      method: "GET",
      path: "/v1/projects/{project}/regions/{region}/clusters/{cluster}",
      permissions: ["dataproc.clusters.get"],
      handler: ({ project, labels }) => {
        const found = clustersOf(project).get(`${labels.region}/${labels.cluster}`);
        if (found) return found;
        const name = `projects/${project.id}/regions/${labels.region}/clusters/${labels.cluster}`;
        throw new GcpError("NOT_FOUND", `Not found: Cluster ${name}`);
      },
    },
  ],
};
