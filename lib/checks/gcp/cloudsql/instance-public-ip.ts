import { isElsewhere } from "#lib/checks/gcp/sql-instances.ts";
import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const sqlInstancePublicIp = defineCheck({
  id: "gcp.cloudsql.instance-public-ip",
  title: "Cloud SQL instance has no public IP address",
  severity: "medium",
  resource: "gcp.cloudsql.instance",
  permissions: ["cloudsql.instances.list"],
  risk: "With a public address, one entry in the authorized networks is all that keeps the internet out. A private address is reached from the network alone.",
  remediation: {
    text: "Give the instance a private IP or Private Service Connect, move clients over, and turn the public IP off.",
    url: "https://docs.cloud.google.com/sql/docs/mysql/configure-private-ip",
    console: [
      "Open the instance in the Cloud SQL console, Connections, Networking.",
      "Choose Private IP and its network, then clear Public IP.",
      "Save.",
    ],
    cli: "gcloud sql instances patch {name} --project {account} --network projects/{account}/global/networks/NETWORK --no-assign-ip",
    terraform: `resource "google_sql_database_instance" "this" {
  # …
  settings {
    # …
    ip_configuration {
      ipv4_enabled    = false
      private_network = google_compute_network.this.id
    }
  }
}`,
  },
  evaluate: ({ instanceType, publicIp, addresses }) => {
    if (isElsewhere(instanceType)) return pass();
    if (publicIp === undefined) return unknown("public address");
    if (!publicIp) return pass();
    const found = addresses.find(({ type }) => type === "PRIMARY")?.address;
    return fail(`The instance has a public address${found ? `, ${found}` : ""}.`, "/publicIp");
  },
});
