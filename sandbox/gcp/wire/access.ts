import type { GcpIdentity, GcpProject, ProjectAccess } from "../model.ts";

/** Reading, but for the contents of storage and tables, and for tokens. */
const viewing = /\.(?:get|list|search|query|test)\w*$/;
const secrets =
  /^(?:storage\.objects\.|bigquery\.tables\.getData$|iam\.serviceAccounts\.get\w*Token$|cloudkms\.\w+\.use)/;

/** Whether an identity may do something in a project. */
export function isAllowed(project: GcpProject, identity: GcpIdentity, permission: string): boolean {
  const access = project.access.get(identity.email);
  return access !== undefined && grants(access, permission);
}

function grants(access: ProjectAccess, permission: string): boolean {
  if (access === "editor") return true;
  if (access === "viewer") return viewing.test(permission) && !secrets.test(permission);
  return access.some((pattern) =>
    pattern.endsWith("*") ? permission.startsWith(pattern.slice(0, -1)) : pattern === permission,
  );
}
