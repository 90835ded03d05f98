import type { SecurityContact } from "#lib/inventory/azure/defender.kinds.ts";

/** A contact that is told of everything. */
export const contact: SecurityContact = {
  name: "default",
  enabled: true,
  emails: ["security@acme.example"],
  roles: ["Owner"],
  alertSeverity: "Medium",
  attackPathRisk: "High",
};
