import { logAlertRemediation } from "#lib/checks/gcp/log-alert-filters.ts";
import { judgeLogAlert, logAlertContext, logAlertPermissions } from "#lib/checks/gcp/log-alerts.ts";
import { defineCheck } from "#lib/checks/model.ts";

export const alertBucketIamChanges = defineCheck({
  id: "gcp.logging.alert-bucket-iam-changes",
  title: "A change of bucket permissions raises an alert",
  severity: "low",
  resource: "gcp.resourcemanager.project",
  context: logAlertContext,
  permissions: logAlertPermissions,
  risk: "One grant opens a bucket to another company, or to everyone. The sooner somebody looks, the less is copied.",
  remediation: logAlertRemediation("bucket-iam"),
  evaluate: (_project, input) => judgeLogAlert("bucket-iam", "changes of bucket permissions", input),
});
