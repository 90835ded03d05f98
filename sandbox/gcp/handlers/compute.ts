import type { GcpApi } from "../model.ts";
import { computeOperationRoutes } from "../operations.ts";
import { listAnswer } from "../paging.ts";
import { instanceRoutes } from "./compute/instances.ts";
import { networkRoutes } from "./compute/networks.ts";
import { gcpRegions, linkTo, zonesOf } from "./compute/state.ts";

export { gcpRegions } from "./compute/state.ts";

export const computeApi: GcpApi = {
  host: "compute.googleapis.com",
  title: "Compute Engine API",
  errors: "legacy",
  routes: [
    ...computeOperationRoutes,
    ...instanceRoutes,
    ...networkRoutes,
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
            zones: zonesOf(name).map((zone) => linkTo(call.project, `zones/${zone}`)),
            selfLink: linkTo(call.project, `regions/${name}`),
          })),
          {
            kind: "compute#regionList",
            id: `projects/${call.project.id}/regions`,
            selfLink: linkTo(call.project, "regions"),
          },
          { defaultSize: 500, maxSize: 500 },
        ),
    },
  ],
};
