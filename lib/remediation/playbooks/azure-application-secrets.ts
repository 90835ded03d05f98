import { definePlaybook } from "../playbook.ts";

export const azureApplicationSecrets = definePlaybook({
  id: "AZURE-APPLICATION-SECRETS",
  title: "Remove client secrets that a newer one has replaced",
  description:
    "Removes an application's client secrets that are older than 180 days, where it has a newer one. Run it when nothing signs in with the old ones any more, after ROTATE-CREDENTIALS has made the new one.",
  category: "credentials",
  clouds: ["azure"],
  severity: "medium",
  fixes: ["azure.entra.application-secret-age"],
  parameters: {},
  prerequisites: ["write_identity", "resource_present", "check_failing"],
  risk: "high",
  approvals: 2,
  irreversible: [
    "A client secret that was removed can't be brought back: whoever still has it can't sign in.",
  ],
  leftToPeople: [
    "Look at the application's sign-ins, and move whatever still uses an old secret, before the plan is run.",
  ],
  actions: [
    {
      id: "remove-old-secrets",
      title: "Remove the old client secrets",
      kind: "azure",
      operation: "azure.entra.remove-old-secrets",
      timeoutSeconds: 120,
    },
  ],
});
