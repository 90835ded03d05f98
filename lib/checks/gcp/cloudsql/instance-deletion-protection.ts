import { isElsewhere } from "#lib/checks/gcp/sql-instances.ts";
import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const instanceDeletionProtection = defineCheck({
  id: "gcp.cloudsql.instance-deletion-protection",
  title: "Cloud SQL instance is protected from deletion",
  severity: "low",
  resource: "gcp.cloudsql.instance",
  permissions: ["cloudsql.instances.list"],
  risk: "Without the protection, one wrong command or one stolen session deletes the database. Automated backups go with the instance unless they were told to stay.",
  remediation: {
    text: "Turn on deletion protection.",
    url: "https://docs.cloud.google.com/sql/docs/mysql/deletion-protection",
    console: [
      "Open the instance in the Cloud SQL console, and Edit.",
      "Data protection: Enable deletion protection.",
      "Save.",
    ],
    cli: "gcloud sql instances patch {name} --project {account} --deletion-protection",
    terraform: `resource "google_sql_database_instance" "this" {
  # …
  settings {
    # …
    deletion_protection_enabled = true
  }
}`,
  },
  evaluate: ({ instanceType, deletionProtection }) => {
    if (instanceType === "READ_REPLICA_INSTANCE" || isElsewhere(instanceType)) return pass();
    if (deletionProtection === undefined) return unknown("deletion protection");
    return deletionProtection ? pass() : fail("Deletion protection is off.", "/deletionProtection");
  },
});
