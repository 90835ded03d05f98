import { awsMfa } from "../aws/mfa-part.ts";
import { azureMfa } from "../azure/mfa-part.ts";
import { gcpMfa } from "../gcp/mfa-part.ts";
import { definePlaybook } from "../playbook.ts";
import { composeParts } from "../playbook-part.ts";

const parts = composeParts({ aws: awsMfa, azure: azureMfa, gcp: gcpMfa });

export const enableMfa = definePlaybook({
  id: "ENABLE-MFA",
  title: "Ask for a second factor",
  description:
    "Sets the policy by which nothing works without a second factor, as far as the provider's API lets it, and tells who looks after the account. No API can register a person's device: that stays with the person.",
  category: "identity",
  severity: "high",
  prerequisites: ["write_identity", "resource_present", "check_failing"],
  risk: "medium",
  approvals: 1,
  ...parts,
  actions: [
    ...parts.actions,
    {
      id: "tell-people",
      title: "Tell who looks after it",
      kind: "notification",
      operation: "notify",
      with: {
        owners: true,
        assignees: true,
        requester: true,
        message:
          "A second factor is asked for from now on. Have a device registered; the finding closes when a scan has seen it.",
      },
      timeoutSeconds: 60,
    },
  ],
});
