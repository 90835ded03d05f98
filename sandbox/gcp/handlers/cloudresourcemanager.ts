import type { GcpApi, GcpProject } from "../model.ts";
import { hierarchyRoutes } from "./hierarchy.ts";

const projectJson = (project: GcpProject) => ({
  projectNumber: project.number,
  projectId: project.id,
  lifecycleState: "ACTIVE",
  name: project.name,
  createTime: project.createdAt.toISOString(),
  ...(Object.keys(project.labels).length > 0 ? { labels: project.labels } : {}),
});

export const resourceManagerApi: GcpApi = {
  host: "cloudresourcemanager.googleapis.com",
  title: "Cloud Resource Manager API",
  errors: "rpc",
  routes: [
    {
      method: "GET",
      path: "/v1/projects/{project}",
      permissions: ["resourcemanager.projects.get"],
      handler: ({ project }) => projectJson(project),
    },
    {
      method: "POST",
      path: "/v1/projects/{project}:testIamPermissions",
      permissions: [],
      handler: ({ may, body }) => {
        const asked = Array.isArray(body.permissions) ? body.permissions.map(String) : [];
        const held = asked.filter(may);
        return held.length > 0 ? { permissions: held } : {};
      },
    },
    ...hierarchyRoutes,
  ],
};
