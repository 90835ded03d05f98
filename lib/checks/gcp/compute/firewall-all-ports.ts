import { judgeFirewall } from "#lib/checks/gcp/firewall-verdict.ts";
import { defineCheck } from "#lib/checks/model.ts";

export const firewallAllPorts = defineCheck({
  id: "gcp.compute.firewall-all-ports",
  title: "VPC firewall rule doesn't open every port to the internet",
  severity: "critical",
  resource: "gcp.compute.firewall",
  context: ["gcp.compute.firewall", "gcp.compute.network"],
  permissions: ["compute.firewalls.list", "compute.networks.list", "compute.networks.getEffectiveFirewalls"],
  risk: "Whatever listens on an instance can be reached by anyone, including services nobody meant to publish. The firewall protects nothing.",
  remediation: {
    text: "Replace the rule by one for each port that is really served, from the networks that need it.",
    url: "https://docs.cloud.google.com/firewall/docs/using-firewalls",
    console: [
      "Open VPC network, Firewall, and choose the rule.",
      "Edit.",
      "Replace the protocols and ports by those that are served, then Save.",
    ],
    cli: "gcloud compute firewall-rules update {name} --project {account} --rules tcp:443",
    terraform: `resource "google_compute_firewall" "this" {
  name          = "{name}"
  network       = "NETWORK"
  source_ranges = ["0.0.0.0/0"]

  allow {
    protocol = "tcp"
    ports    = ["443"]
  }
}`,
  },
  evaluate: (rule, input) => judgeFirewall("every port", rule, input),
});
