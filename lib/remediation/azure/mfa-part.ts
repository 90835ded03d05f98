import type { PlaybookPart } from "../playbook-part.ts";

const required = "azure.entra.mfa-required";
const defaults = "azure.entra.security-defaults";
const way = "azureMfaWay";

/** What ENABLE-MFA does on Azure. Users are only told: the action that tells people is the playbook's own. */
export const azureMfa: PlaybookPart = {
  fixes: [required, defaults, "azure.entra.user-mfa", "azure.entra.privileged-user-mfa"],
  parameters: {
    azureMfaWay: {
      title: "How Entra asks for a second factor",
      help: "Security defaults are free and all or nothing; conditional access needs Entra ID P1, and can leave accounts for emergencies out.",
      type: "choice",
      choices: [
        { value: "conditional-access", title: "Conditional access policy, on" },
        { value: "report", title: "Conditional access policy that only reports" },
        { value: "security-defaults", title: "Security defaults" },
      ],
      default: "conditional-access",
    },
    azureEmergencyAccounts: {
      title: "Entra's accounts for emergencies",
      help: "One or two object ids, one per line, that the conditional access policy leaves out, so that nobody is locked out.",
      type: "list",
      default: [],
      pattern: "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}",
      maxItems: 2,
    },
  },
  actions: [
    {
      id: "azure-security-defaults",
      title: "Switch security defaults on",
      kind: "azure",
      operation: "azure.entra.enable-security-defaults",
      when: {
        any: [
          { checks: [defaults] },
          { checks: [required], parameter: { name: way, equals: "security-defaults" } },
        ],
      },
      timeoutSeconds: 60,
    },
    {
      id: "azure-require-mfa",
      title: "Have conditional access ask everyone for a second factor",
      kind: "azure",
      operation: "azure.entra.require-mfa",
      with: { mode: "enabled", emergencyAccounts: { $parameter: "azureEmergencyAccounts" } },
      when: {
        checks: [required],
        not: { checks: [defaults] },
        parameter: { name: way, equals: "conditional-access" },
      },
      timeoutSeconds: 60,
    },
    {
      id: "azure-report-mfa",
      title: "Have conditional access report whom it would ask for a second factor",
      kind: "azure",
      operation: "azure.entra.require-mfa",
      with: { mode: "report", emergencyAccounts: { $parameter: "azureEmergencyAccounts" } },
      when: {
        checks: [required],
        not: { checks: [defaults] },
        parameter: { name: way, equals: "report" },
      },
      timeoutSeconds: 60,
    },
  ],
  irreversible: [],
  leftToPeople: [
    "Entra: each user registers a method at https://aka.ms/mfasetup; until then the user's finding stays open and the plan ends as changed, not verified.",
    "Entra: keep the accounts for emergencies safe with passkeys of their own, and watch their sign-ins.",
  ],
};
