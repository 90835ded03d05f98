import {
  judgeContacts,
  securityContactsPermission,
  securityContactTerraform,
  setSecurityContact,
} from "#lib/checks/azure/security-contacts.ts";
import { defineCheck } from "#lib/checks/model.ts";

export const alertMails = defineCheck({
  id: "azure.defender.alert-mails",
  title: "Security alerts are mailed",
  severity: "medium",
  resource: "azure.defender.subscription",
  permissions: [securityContactsPermission],
  risk: "Alerts then wait in the portal for someone to look. Minutes count once an intruder is in.",
  remediation: {
    text: "Have the default security contact mailed alerts from a severity on.",
    url: "https://learn.microsoft.com/azure/defender-for-cloud/configure-email-notifications",
    console: [
      "Microsoft Defender for Cloud, Environment settings; choose the subscription.",
      "Email notifications.",
      "Check Notify about alerts with the following severity (or higher), and choose one.",
      "Save.",
    ],
    cli: setSecurityContact,
    terraform: securityContactTerraform,
  },
  evaluate: (config) =>
    judgeContacts(
      config,
      ({ alertSeverity }) => alertSeverity !== null,
      "No security contact is mailed alerts.",
    ),
});
