import { awsLogging } from "../aws/logging-part.ts";
import { azureLogging } from "../azure/logging-part.ts";
import { gcpLogging } from "../gcp/logging-part.ts";
import { definePlaybook } from "../playbook.ts";
import { composeParts } from "../playbook-part.ts";

export const enableLogging = definePlaybook({
  id: "ENABLE-LOGGING",
  title: "Turn on logging",
  description:
    "Turns on the records that an incident is reconstructed from: who called which API, who changed what, and what went over the network. What is recorded already is left as it is; what logs cost is billed by the provider.",
  category: "logging",
  severity: "high",
  prerequisites: ["write_identity", "resource_present", "check_failing"],
  risk: "low",
  approvals: 1,
  ...composeParts({ aws: awsLogging, azure: azureLogging, gcp: gcpLogging }),
});
