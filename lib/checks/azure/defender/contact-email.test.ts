import { contact } from "#lib/checks/azure/security-contacts.test-data.ts";
import { testCheck } from "#lib/checks/test-check.ts";
import { contactEmail } from "./contact-email.ts";

const lacking = { ...contact, emails: [] };

testCheck(contactEmail, {
  pass: [{ config: { contacts: [contact] } }, { config: { contacts: [lacking, contact] } }],
  fail: [
    [{ config: { contacts: [lacking] } }, "No security contact has an email address."],
    [{ config: { contacts: [] } }, "The subscription has no security contact."],
    [{ config: { contacts: null } }, "The subscription has no security contact."],
    [
      { config: { contacts: [{ ...contact, enabled: false }] } },
      "The subscription's security contact is switched off.",
    ],
  ],
  unknown: [{ config: {} }],
});
