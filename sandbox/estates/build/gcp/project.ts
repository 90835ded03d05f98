import type { GcpEstate, GcpIdentity, GcpProject, ProjectAccess } from "#sandbox/gcp/model.ts";

export const newGcpEstate = (maxPageSize: number): GcpEstate => ({
  projects: new Map(),
  identities: new Map(),
  refreshTokens: new Map(),
  serviceAccountKeys: new Map(),
  federations: new Map(),
  maxPageSize,
});

export type ProjectOptions = {
  id: string;
  number: string;
  name: string;
  labels?: Record<string, string>;
  createdAt: Date;
  apis: readonly string[];
};

export function addProject(estate: GcpEstate, { apis, labels = {}, ...given }: ProjectOptions): GcpProject {
  const project: GcpProject = {
    ...given,
    labels,
    enabledApis: new Set(apis),
    access: new Map(),
    collections: new Map(),
  };
  estate.projects.set(project.id, project);
  return project;
}

/** Somebody who can hold tokens, with what they may do in which projects. */
export function addIdentity(
  estate: GcpEstate,
  identity: GcpIdentity,
  access: Readonly<Record<string, ProjectAccess>> = {},
): GcpIdentity {
  estate.identities.set(identity.email, identity);
  for (const [projectId, level] of Object.entries(access)) {
    const project = estate.projects.get(projectId);
    if (!project) throw new Error(`The estate has no project ${projectId}.`);
    project.access.set(identity.email, level);
  }
  return identity;
}
