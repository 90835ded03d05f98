import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const zoneDnssec = defineCheck({
  id: "gcp.dns.zone-dnssec",
  title: "Public DNS zone is signed with DNSSEC",
  severity: "medium",
  resource: "gcp.dns.zone",
  permissions: ["dns.managedZones.list"],
  risk: "Answers of an unsigned zone can be forged on the way. Visitors and mail then go to whoever forged them.",
  remediation: {
    text: "Turn on DNSSEC for the zone, and hand its DS record to the registrar of the domain.",
    url: "https://docs.cloud.google.com/dns/docs/dnssec-config",
    console: [
      "Open Cloud DNS, choose the zone, and Edit.",
      "DNSSEC: On, then Save.",
      "Registrar setup: copy the DS record to the domain's registrar.",
    ],
    cli: "gcloud dns managed-zones update {name} --project {account} --dnssec-state on",
    terraform: `resource "google_dns_managed_zone" "this" {
  # …
  dnssec_config {
    state = "on"
  }
}`,
  },
  evaluate: ({ visibility, dnssec }) => {
    // Private zones are answered inside the network alone, and can't be signed.
    if (visibility === "private") return pass();
    if (!dnssec) return unknown("DNSSEC");
    return dnssec === "off" ? fail("DNSSEC is off.", "/dnssec") : pass();
  },
});
