import type { Remediation } from "#lib/checks/model.ts";
import type { LogEvent } from "./log-events.ts";

const delta = "protoPayload.serviceData.policyDelta";
const method = (comparator: ":" | "=", ...names: string[]) =>
  `(${names.map((name) => `protoPayload.methodName${comparator}"${name}"`).join(" OR ")})`;
const ownerDelta = (action: string) =>
  `(${delta}.bindingDeltas.action="${action}" AND ${delta}.bindingDeltas.role="roles/owner")`;
const compute = (type: string, ...names: string[]) =>
  `resource.type="${type}" AND ${method(":", ...names.map((name) => `compute.${name}`))}`;

/** For each change, a filter that lets through every form of it. */
export const logAlertFilters: Record<LogEvent, string> = {
  ownership: `protoPayload.serviceName="cloudresourcemanager.googleapis.com" AND (ProjectOwnership OR projectOwnerInvitee OR ${ownerDelta("REMOVE")} OR ${ownerDelta("ADD")})`,
  "audit-config": `protoPayload.methodName="SetIamPolicy" AND ${delta}.auditConfigDeltas:*`,
  "custom-role": `resource.type="iam_role" AND ${method("=", "google.iam.admin.v1.CreateRole", "google.iam.admin.v1.UpdateRole", "google.iam.admin.v1.DeleteRole")}`,
  firewall: compute("gce_firewall_rule", "firewalls.insert", "firewalls.patch", "firewalls.delete"),
  route: compute("gce_route", "routes.insert", "routes.delete"),
  network: compute(
    "gce_network",
    "networks.insert",
    "networks.patch",
    "networks.delete",
    "networks.addPeering",
    "networks.removePeering",
  ),
  "bucket-iam": `resource.type="gcs_bucket" AND protoPayload.methodName="storage.setIamPermissions"`,
  "sql-instance": `protoPayload.methodName="cloudsql.instances.update"`,
};

/** How to have an alert for a change: a log metric, and an alert policy over it. */
export const logAlertRemediation = (event: LogEvent): Remediation => ({
  text: "Count the change with a log-based metric, and have an alert policy tell somebody whenever the metric is above zero.",
  url: "https://docs.cloud.google.com/logging/docs/logs-based-metrics/charts-and-alerts",
  console: [
    "Open Logging, Log-based metrics, Create metric: Counter, with the filter of the command below.",
    "In the metric's menu choose Create alert from metric; threshold 0, with a notification channel.",
    "Create policy.",
  ],
  cli: `gcloud logging metrics create ${event}-changes --project={account} --description="Changes to be told of" --log-filter='${logAlertFilters[event]}'  # then an alert policy: gcloud monitoring policies create --policy-from-file=policy.json`,
  terraform: `resource "google_logging_metric" "changes" {
  project = "{account}"
  name    = "${event}-changes"
  filter  = <<-EOT
    ${logAlertFilters[event]}
  EOT
}
resource "google_monitoring_alert_policy" "changes" {
  project               = "{account}"
  display_name          = "${event}-changes"
  combiner              = "OR"
  notification_channels = [google_monitoring_notification_channel.security.id]
  conditions {
    display_name = "any"
    condition_threshold {
      filter     = "metric.type=\\"logging.googleapis.com/user/\${google_logging_metric.changes.name}\\" AND resource.type=\\"global\\""
      comparison = "COMPARISON_GT"
      duration   = "0s"
    }
  }
}`,
});
