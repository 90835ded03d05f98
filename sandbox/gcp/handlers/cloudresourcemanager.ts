import type { GcpApi, GcpCall, GcpEstate, GcpIdentity, GcpProject } from "../model.ts";
import { listAnswer } from "../paging.ts";
import { isAllowed } from "../wire/access.ts";
import { hierarchyRoutes } from "./hierarchy.ts";

const projectJson = (project: GcpProject) => ({
  projectNumber: project.number,
  projectId: project.id,
  lifecycleState: "ACTIVE",
  name: project.name,
  createTime: project.createdAt.toISOString(),
  ...(Object.keys(project.labels).length > 0 ? { labels: project.labels } : {}),
});

/** A project as version 3 has it. */
const projectJsonV3 = (project: GcpProject) => ({
  name: `projects/${project.number}`,
  projectId: project.id,
  state: "ACTIVE",
  displayName: project.name,
  createTime: project.createdAt.toISOString(),
  etag: `W/"${project.number}"`,
  ...(Object.keys(project.labels).length > 0 ? { labels: project.labels } : {}),
});

/** Whoever asks is shown the projects that they may get, and nothing of the others. */
const visibleTo = (estate: GcpEstate, identity: GcpIdentity): GcpProject[] =>
  [...estate.projects.values()].filter((project) =>
    isAllowed(project, identity, "resourcemanager.projects.get"),
  );

const anyVisible = ({ estate }: Pick<GcpCall, "estate">, identity: GcpIdentity): string | undefined =>
  visibleTo(estate, identity)[0]?.id;

export const resourceManagerApi: GcpApi = {
  host: "cloudresourcemanager.googleapis.com",
  title: "Cloud Resource Manager API",
  errors: "rpc",
  routes: [
    {
      method: "GET",
      path: "/v1/projects",
      permissions: [],
      project: anyVisible,
      handler: (call) => listAnswer(call, "projects", visibleTo(call.estate, call.identity).map(projectJson)),
    },
    {
      method: "GET",
      path: "/v3/projects:search",
      permissions: [],
      project: anyVisible,
      handler: (call) =>
        listAnswer(call, "projects", visibleTo(call.estate, call.identity).map(projectJsonV3)),
    },
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
