import {
  judgeContacts,
  securityContactsPermission,
  securityContactTerraform,
  setSecurityContact,
} from "#lib/checks/azure/security-contacts.ts";
import { defineCheck } from "#lib/checks/model.ts";

export const attackPathMails = defineCheck({
  id: "azure.defender.attack-path-mails",
  title: "Attack paths are mailed",
  severity: "low",
  resource: "azure.defender.subscription",
  permissions: [securityContactsPermission],
  risk: "An open way from the internet to what is sensitive then waits in the portal until someone looks, or walks it.",
  remediation: {
    text: "Have the default security contact mailed attack paths from a risk level on.",
    url: "https://learn.microsoft.com/azure/defender-for-cloud/configure-email-notifications",
    console: [
      "Microsoft Defender for Cloud, Environment settings; choose the subscription.",
      "Email notifications.",
      "Check Notify about attack paths with the following risk level (or higher), and choose one.",
      "Save.",
    ],
    cli: setSecurityContact,
    terraform: securityContactTerraform,
  },
  evaluate: (config) =>
    judgeContacts(
      config,
      ({ attackPathRisk }) => attackPathRisk !== null,
      "No security contact is mailed attack paths.",
    ),
});
