import { contact } from "#lib/checks/azure/security-contacts.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { alertsToOwners } from "./alerts-to-owners.ts";

const lacking = { ...contact, roles: ["Contributor"] };

testCheck(alertsToOwners, {
  pass: [{ config: { contacts: [contact] } }, { config: { contacts: [lacking, contact] } }],
  fail: [
    [{ config: { contacts: [lacking] } }, "No security contact has owners of the subscription mailed."],
    [
      { config: { contacts: [{ ...contact, roles: [] }] } },
      "No security contact has owners of the subscription mailed.",
    ],
    [{ config: { contacts: [] } }, "The subscription has no security contact."],
    [{ config: { contacts: null } }, "The subscription has no security contact."],
    [
      { config: { contacts: [{ ...contact, enabled: false }] } },
      "The subscription's security contact is switched off.",
    ],
  ],
  unknown: [{ config: {} }],
});
