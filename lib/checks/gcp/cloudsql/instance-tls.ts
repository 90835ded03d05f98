import { isElsewhere } from "#lib/checks/gcp/sql-instances.ts";
import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const instanceTls = defineCheck({
  id: "gcp.cloudsql.instance-tls",
  title: "Cloud SQL instance takes encrypted connections only",
  severity: "high",
  resource: "gcp.cloudsql.instance",
  permissions: ["cloudsql.instances.list"],
  risk: "A client that connects without TLS sends its password and every row in the clear. Whoever sits on the way reads or changes them.",
  remediation: {
    text: "Allow only SSL connections; require trusted client certificates where clients can hold them. Clients that connect without TLS are cut off.",
    url: "https://docs.cloud.google.com/sql/docs/mysql/configure-ssl-instance",
    console: [
      "Open the instance in the Cloud SQL console, Connections, Security.",
      "SSL mode: Allow only SSL connections, or Require trusted client certificates.",
      "Save.",
    ],
    cli: "gcloud sql instances patch {name} --project {account} --ssl-mode ENCRYPTED_ONLY",
    terraform: `resource "google_sql_database_instance" "this" {
  # …
  settings {
    # …
    ip_configuration {
      ssl_mode = "ENCRYPTED_ONLY"
    }
  }
}`,
  },
  evaluate: ({ instanceType, sslMode }) => {
    if (isElsewhere(instanceType)) return pass();
    if (!sslMode) return unknown("SSL mode");
    return sslMode === "unencrypted-allowed"
      ? fail("The instance takes unencrypted connections.", "/sslMode")
      : pass();
  },
});
