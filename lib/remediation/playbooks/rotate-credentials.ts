import { awsCredentials } from "../aws/credentials-part.ts";
import { azureCredentials } from "../azure/credentials-part.ts";
import { gcpCredentials } from "../gcp/credentials-part.ts";
import { definePlaybook } from "../playbook.ts";
import { composeParts } from "../playbook-part.ts";

const parts = composeParts({ aws: awsCredentials, azure: azureCredentials, gcp: gcpCredentials });

export const rotateCredentials = definePlaybook({
  id: "ROTATE-CREDENTIALS",
  title: "Rotate old credentials",
  description:
    "Makes a new credential, hands its secret over once to whoever asked for the plan, and deactivates the old one, which can be activated again. Deleting the old one is a playbook of its own, for later.",
  category: "credentials",
  severity: "medium",
  prerequisites: ["write_identity", "resource_present", "check_failing"],
  risk: "medium",
  ...parts,
  approvals: parts.irreversible.length > 0 ? 2 : 1,
});
