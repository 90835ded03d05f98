import type { GcpApi } from "../model.ts";
import { computeOperationRoutes } from "../operations.ts";
import { listAnswer } from "../paging.ts";

/** A few of Google's regions, for names to be checked by. */
export const gcpRegions = [
  "asia-northeast1",
  "europe-north1",
  "europe-west1",
  "europe-west3",
  "europe-west4",
  "us-central1",
  "us-east1",
  "us-west1",
] as const;

const link = (project: string, rest: string) =>
  `https://www.googleapis.com/compute/v1/projects/${project}/${rest}`;

export const computeApi: GcpApi = {
  host: "compute.googleapis.com",
  title: "Compute Engine API",
  errors: "legacy",
  routes: [
    ...computeOperationRoutes,
    {
      method: "GET",
      path: "/compute/v1/projects/{project}/regions",
      permissions: ["compute.regions.list"],
      handler: (call) =>
        listAnswer(
          call,
          "items",
          gcpRegions.map((name, index) => ({
            kind: "compute#region",
            id: String(1000 + index * 10),
            name,
            description: name,
            status: "UP",
            zones: ["b", "c", "d"].map((zone) => link(call.project.id, `zones/${name}-${zone}`)),
            selfLink: link(call.project.id, `regions/${name}`),
          })),
          {
            kind: "compute#regionList",
            id: `projects/${call.project.id}/regions`,
            selfLink: link(call.project.id, "regions"),
          },
          { defaultSize: 500, maxSize: 500 },
        ),
    },
  ],
};
