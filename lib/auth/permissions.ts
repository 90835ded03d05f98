import type { Role } from "#db/identity/schema.ts";

export const permissions = [
  "findings:read",
  "findings:triage",
  "risk:ask",
  "risk:decide",
  "remediation:read",
  "remediation:propose",
  "remediation:decide",
  "remediation:run",
  "remediation:freeze",
  "remediation:manage",
  "views:own",
  "views:share",
  "resources:read",
  "scans:read",
  "scans:run",
  "accounts:read",
  "accounts:manage",
  "imports:read",
  "imports:run",
  "sla:manage",
  "audit:read",
  "audit:export",
  "audit:manage",
  "audit:erase",
  "sessions:own",
  "tokens:own",
  "users:manage",
] as const;
export type Permission = (typeof permissions)[number];

const reading: readonly Permission[] = [
  "findings:read",
  "resources:read",
  "scans:read",
  "accounts:read",
  "imports:read",
  "remediation:read",
  "views:own",
  "sessions:own",
  "tokens:own",
];
const triaging: readonly Permission[] = [
  "findings:triage",
  "risk:ask",
  "views:share",
  "scans:run",
  "remediation:propose",
  "remediation:run",
];

/** What each role may do. The admin runs the installation; approving a change or a risk is never theirs by default. */
export const rolePermissions: Readonly<Record<Role, readonly Permission[]>> = {
  ciso: [...reading, "audit:read", "risk:decide", "views:share", "remediation:decide", "remediation:freeze"],
  analyst: [...reading, ...triaging, "imports:run"],
  manager: [...reading, ...triaging, "risk:decide", "sla:manage", "remediation:decide", "remediation:freeze"],
  auditor: [...reading, "audit:read", "audit:export"],
  admin: [
    ...reading,
    ...triaging,
    "imports:run",
    "sla:manage",
    "accounts:manage",
    "audit:read",
    "audit:export",
    "audit:manage",
    "audit:erase",
    "users:manage",
    "remediation:freeze",
    "remediation:manage",
  ],
};
