import { testCheck } from "#lib/checks/test-check.ts";
import type { EssentialContact } from "#lib/inventory/gcp/essentialcontacts.kinds.ts";
import { projectContacts } from "./project-contacts.ts";

const contact = (...categories: string[]): EssentialContact => ({
  email: "a@example.com",
  categories,
  valid: true,
});
const project = (...contacts: EssentialContact[]) => ({ config: { contacts } });

testCheck(projectContacts, {
  pass: [
    project(contact("ALL")),
    project(contact("LEGAL", "SECURITY", "SUSPENSION", "TECHNICAL")),
    project(contact("LEGAL", "TECHNICAL"), contact("SUSPENSION", "SECURITY", "BILLING")),
  ],
  fail: [
    [project(), "No working contact is on record for legal, security, suspension and technical notices."],
    [
      project(contact("SECURITY", "LEGAL", "BILLING"), contact("TECHNICAL")),
      "No working contact is on record for suspension notices.",
    ],
    [
      project({ ...contact("ALL"), valid: false }, contact("SECURITY", "SUSPENSION", "LEGAL")),
      "No working contact is on record for technical notices.",
    ],
  ],
  unknown: [{ config: {} }],
});
