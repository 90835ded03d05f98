import { awsRotatedCredentials } from "../aws/credentials-part.ts";
import { azureRotatedCredentials } from "../azure/credentials-part.ts";
import { gcpRotatedCredentials } from "../gcp/credentials-part.ts";
import { definePlaybook } from "../playbook.ts";
import { composeParts } from "../playbook-part.ts";

/** Without `check_failing`: the check passes once the old credential is inactive. */
export const deleteRotatedCredentials = definePlaybook({
  id: "DELETE-ROTATED-CREDENTIALS",
  title: "Delete credentials that were rotated",
  description:
    "Deletes credentials that are inactive, such as those that rotation left behind. What is active is never touched.",
  category: "credentials",
  severity: "medium",
  prerequisites: ["write_identity", "resource_present"],
  risk: "high",
  approvals: 2,
  ...composeParts({ aws: awsRotatedCredentials, azure: azureRotatedCredentials, gcp: gcpRotatedCredentials }),
});
