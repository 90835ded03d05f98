import type { Role } from "#db/identity/schema.ts";

export const permissions = [
  "findings:read",
  "scans:read",
  "scans:run",
  "accounts:read",
  "accounts:manage",
  "audit:read",
  "sessions:own",
  "users:manage",
] as const;
export type Permission = (typeof permissions)[number];

const reading: readonly Permission[] = ["findings:read", "scans:read", "accounts:read", "sessions:own"];

/** What each role may do. The admin runs the installation; approving a change is never theirs by default. */
export const rolePermissions: Readonly<Record<Role, readonly Permission[]>> = {
  ciso: reading,
  analyst: [...reading, "scans:run"],
  manager: [...reading, "scans:run"],
  auditor: [...reading, "audit:read"],
  admin: [...reading, "scans:run", "accounts:manage", "audit:read", "users:manage"],
};
