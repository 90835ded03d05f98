import { judgeKeys } from "#lib/checks/gcp/zone-keys.ts";
import { defineCheck } from "#lib/checks/model.ts";

export const zoneZoneSigningAlgorithm = defineCheck({
  id: "gcp.dns.zone-zone-signing-algorithm",
  title: "Zone-signing key of the DNS zone does not use RSASHA1",
  severity: "medium",
  resource: "gcp.dns.zone",
  permissions: ["dns.managedZones.list"],
  risk: "Collisions in SHA-1 can be made for a price that criminals can pay, and resolvers have begun to treat such signatures as none. A zone signed so is protected in name only.",
  remediation: {
    text: "Turn DNSSEC off, choose RSASHA256 or ECDSAP256SHA256, and turn it on again. Take the DS record away from the registrar first, and add the new one afterwards.",
    url: "https://docs.cloud.google.com/dns/docs/dnssec-advanced",
    console: [
      "Remove the DS record at the domain's registrar, and wait until it has expired.",
      "Turn DNSSEC off for the zone in Cloud DNS.",
      "Turn it on again with a stronger algorithm by the command line, and hand over the new DS record.",
    ],
    cli: "gcloud dns managed-zones update {name} --project {account} --dnssec-state off && gcloud dns managed-zones update {name} --project {account} --dnssec-state on --zsk-algorithm rsasha256 --zsk-key-length 2048",
    terraform: `resource "google_dns_managed_zone" "this" {
  # …
  dnssec_config {
    state = "on"

    default_key_specs {
      algorithm  = "rsasha256"
      key_length = 2048
      key_type   = "zoneSigning"
    }
  }
}`,
  },
  evaluate: (zone) => judgeKeys(zone, "zoneSigning"),
});
