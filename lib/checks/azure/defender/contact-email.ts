import {
  judgeContacts,
  securityContactsPermission,
  securityContactTerraform,
  setSecurityContact,
} from "#lib/checks/azure/security-contacts.ts";
import { defineCheck } from "#lib/checks/model.ts";

export const contactEmail = defineCheck({
  id: "azure.defender.contact-email",
  title: "Security contact has an address",
  severity: "medium",
  resource: "azure.defender.subscription",
  permissions: [securityContactsPermission],
  risk: "Microsoft and Defender for Cloud then have nobody to tell when they find that resources are compromised.",
  remediation: {
    text: "Enter the address of those who deal with security incidents.",
    url: "https://learn.microsoft.com/azure/defender-for-cloud/configure-email-notifications",
    console: [
      "Microsoft Defender for Cloud, Environment settings; choose the subscription.",
      "Email notifications.",
      "Enter the addresses under Additional email addresses.",
      "Save.",
    ],
    cli: setSecurityContact,
    terraform: securityContactTerraform,
  },
  evaluate: (config) =>
    judgeContacts(config, ({ emails }) => emails.length > 0, "No security contact has an email address."),
});
