import {
  judgeContacts,
  securityContactsPermission,
  securityContactTerraform,
  setSecurityContact,
} from "#lib/checks/azure/security-contacts.ts";
import { defineCheck } from "#lib/checks/model.ts";

export const alertsToOwners = defineCheck({
  id: "azure.defender.alerts-to-owners",
  title: "Subscription owners are mailed security alerts",
  severity: "low",
  resource: "azure.defender.subscription",
  permissions: [securityContactsPermission],
  risk: "An alert that reaches only a mailbox nobody reads is lost. Owners can act at once.",
  remediation: {
    text: "Have the default security contact mail those with the role Owner.",
    url: "https://learn.microsoft.com/azure/defender-for-cloud/configure-email-notifications",
    console: [
      "Microsoft Defender for Cloud, Environment settings; choose the subscription.",
      "Email notifications.",
      "Set All users with the following roles to Owner.",
      "Save.",
    ],
    cli: setSecurityContact,
    terraform: securityContactTerraform,
  },
  evaluate: (config) =>
    judgeContacts(
      config,
      ({ roles }) => roles.includes("Owner"),
      "No security contact has owners of the subscription mailed.",
    ),
});
