import { isElsewhere } from "#lib/checks/gcp/sql-instances.ts";
import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const instanceBackups = defineCheck({
  id: "gcp.cloudsql.instance-backups",
  title: "Cloud SQL instance is backed up automatically",
  severity: "medium",
  resource: "gcp.cloudsql.instance",
  permissions: ["cloudsql.instances.list"],
  risk: "Without backups, a dropped table or an encrypted disk is gone for good. Replicas copy the damage within seconds.",
  remediation: {
    text: "Turn on automated backups, and point-in-time recovery for what changes between them.",
    url: "https://docs.cloud.google.com/sql/docs/mysql/backup-recovery/backing-up",
    console: [
      "Open the instance in the Cloud SQL console, Backups, Settings.",
      "Automated backups: On, and choose a window.",
      "Save.",
    ],
    cli: "gcloud sql instances patch {name} --project {account} --backup-start-time 02:00",
    terraform: `resource "google_sql_database_instance" "this" {
  # …
  settings {
    # …
    backup_configuration {
      enabled    = true
      start_time = "02:00"
    }
  }
}`,
  },
  evaluate: ({ instanceType, backups }) => {
    // A replica is restored from its primary, and is not backed up itself.
    if (instanceType === "READ_REPLICA_INSTANCE" || isElsewhere(instanceType)) return pass();
    if (!backups) return unknown("backups");
    return backups.enabled ? pass() : fail("Automated backups are off.", "/backups/enabled");
  },
});
