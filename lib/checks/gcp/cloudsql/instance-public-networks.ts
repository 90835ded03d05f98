import { areOpenTogether, familyOf, weightOf } from "#lib/checks/ip-ranges.ts";
import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const instancePublicNetworks = defineCheck({
  id: "gcp.cloudsql.instance-public-networks",
  title: "Cloud SQL instance does not admit the whole internet",
  severity: "critical",
  resource: "gcp.cloudsql.instance",
  dependsOnTime: true,
  permissions: ["cloudsql.instances.list"],
  risk: "A database that takes connections from everywhere is one guessed password away from anyone. Databases are what ransom gangs look for.",
  remediation: {
    text: "Remove the wide network from the authorized ones, and reach the instance by private IP or the Cloud SQL Auth Proxy.",
    url: "https://docs.cloud.google.com/sql/docs/mysql/authorize-networks",
    console: [
      "Open the instance in the Cloud SQL console, Connections, Networking.",
      "Authorized networks: delete 0.0.0.0/0 and ranges like it.",
      "Save.",
    ],
    cli: "gcloud sql instances patch {name} --project {account} --authorized-networks 203.0.113.0/24",
    terraform: `resource "google_sql_database_instance" "this" {
  # …
  settings {
    # …
    ip_configuration {
      authorized_networks {
        name  = "office"
        value = "203.0.113.0/24"
      }
    }
  }
}`,
  },
  evaluate: ({ publicIp, authorizedNetworks }, { asOf }) => {
    // Without a public address the list has nothing to admit to.
    if (publicIp === false) return pass();
    if (!authorizedNetworks) return unknown("authorized networks");
    const inForce = authorizedNetworks.flatMap(({ cidr, expiresAt }, index) =>
      expiresAt !== null && new Date(expiresAt) <= asOf ? [] : [{ cidr: cidrOf(cidr), index }],
    );
    const alone = inForce.filter(({ cidr }) => areOpenTogether(familyOf(cidr), [cidr]));
    const ipv4 = inForce.filter(({ cidr }) => familyOf(cidr) === "ipv4" && weightOf(cidr) > 0);
    const all = ipv4.map(({ cidr }) => cidr);
    const open = alone.length > 0 ? alone : areOpenTogether("ipv4", all) ? ipv4 : [];
    if (open.length === 0) return pass();
    if (publicIp === undefined) return unknown("public address");
    const shown = open.slice(0, 3).map(({ cidr }) => cidr);
    const more = open.length > 3 ? ` and ${open.length - 3} more` : "";
    return fail(
      `The instance admits ${shown.join(", ")}${more}.`,
      ...open.map(({ index }) => `/authorizedNetworks/${index}`),
    );
  },
});

/** An address alone is taken for a network of one. */
const cidrOf = (value: string) =>
  value.includes("/") ? value : `${value}/${value.includes(":") ? 128 : 32}`;
