import { readRolePermissions } from "#lib/roles/permissions.ts";
import type { RolePermissions } from "./role-files.ts";

/** What the role templates are made from; asked on the server, whose collectors a browser need not load. */
export const rolePermissions = (): RolePermissions => ({
  aws: readRolePermissions("aws"),
  azure: { account: readRolePermissions("azure"), directory: readRolePermissions("azure", "directory") },
  gcp: readRolePermissions("gcp"),
});
