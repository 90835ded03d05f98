import { definePlaybook } from "../playbook.ts";

export const gcpPublicBucket = definePlaybook({
  id: "GCP-PUBLIC-BUCKET",
  title: "Close a public bucket or dataset of Google Cloud",
  description:
    "Takes everyone (allUsers) and every Google account (allAuthenticatedUsers) out of the bucket's IAM policy, its ACL and the ACL of objects to come, and prevents public access to the bucket; or out of the access to a BigQuery dataset. All other members, roles and conditions stay.",
  category: "exposure",
  clouds: ["gcp"],
  severity: "critical",
  fixes: ["gcp.storage.bucket-public-access", "gcp.bigquery.dataset-public-access"],
  parameters: {
    preventPublicAccess: {
      type: "boolean",
      title: "Prevent public access to the bucket",
      help: "Enforces public access prevention on the bucket, which also closes objects that were opened one by one. Without it, only grants on the bucket are removed.",
      default: true,
    },
  },
  prerequisites: ["write_identity", "resource_present", "check_failing"],
  risk: "medium",
  approvals: 1,
  irreversible: [],
  leftToPeople: ["Serve content that is meant for everyone through Cloud CDN instead."],
  actions: [
    {
      id: "close-bucket",
      title: "Take the public out of the bucket",
      kind: "gcp",
      operation: "gcp.storage.close-bucket",
      with: { preventPublicAccess: { $parameter: "preventPublicAccess" } },
      when: { kinds: ["gcp.storage.bucket"] },
      timeoutSeconds: 120,
    },
    {
      id: "close-dataset",
      title: "Take the public out of the dataset's access",
      kind: "gcp",
      operation: "gcp.bigquery.close-dataset",
      when: { kinds: ["gcp.bigquery.dataset"] },
      timeoutSeconds: 120,
    },
  ],
});
