import type { Permission } from "../auth/permissions.ts";

/**
 * What each permission lets a token do, in a line; null for those that no token can have. A token makes no other tokens
 * and ends nobody's session: whoever found it could otherwise stay.
 */
export const tokenPermissionWords: Readonly<Record<Permission, string | null>> = {
  "findings:read": "Read findings, their evidence, comments and history",
  "findings:triage": "Assign, set the status and due date, mute, comment",
  "risk:ask": "Ask for a risk to be accepted",
  "risk:decide": "Grant, reject or end the acceptance of a risk",
  "remediation:read": "Read playbooks, plans and executions",
  "remediation:propose": "Propose and submit fixes",
  "remediation:decide": "Approve and reject fixes that others proposed",
  "remediation:run": "Start approved fixes, cancel them, roll them back",
  "remediation:freeze": "Freeze all changes, and lift that",
  "remediation:manage": "Write playbooks; set limits, change windows and automatic approvals",
  "views:own": "Read saved views, and keep one's own",
  "views:share": "Share one's views with everyone",
  "resources:read": "Read the inventory",
  "scans:read": "Read scans and what they could not see",
  "scans:run": "Start and cancel scans",
  "accounts:read": "Read connected accounts, without secrets",
  "accounts:manage": "Connect, change, test and delete accounts",
  "imports:read": "Read imports and their rejected rows",
  "imports:run": "Import findings from other tools",
  "sla:manage": "Set the days within which findings are due",
  "audit:read": "Read the audit trail, its statistics and its state",
  "audit:export": "Take the audit trail away, with its proofs",
  "audit:manage": "Set how long the audit trail is kept, and whom it is sent to",
  "audit:erase": null,
  "sessions:own": null,
  "tokens:own": null,
  "users:manage": "List the organisation's people",
};

const isPermission = (word: string): word is Permission => word in tokenPermissionWords;

/** The permissions that a token can have. */
export const tokenPermissions: readonly Permission[] = Object.keys(tokenPermissionWords)
  .filter(isPermission)
  .filter((permission) => tokenPermissionWords[permission] !== null);
