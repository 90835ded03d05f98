import { judgeFirewall } from "#lib/checks/gcp/firewall-verdict.ts";
import { defineCheck } from "#lib/checks/model.ts";

export const firewallSsh = defineCheck({
  id: "gcp.compute.firewall-ssh",
  title: "VPC firewall rule keeps SSH (port 22) closed to the internet",
  severity: "high",
  resource: "gcp.compute.firewall",
  context: ["gcp.compute.firewall", "gcp.compute.network"],
  permissions: ["compute.firewalls.list", "compute.networks.list", "compute.networks.getEffectiveFirewalls"],
  risk: "SSH on the internet is found by scanners within minutes and tried with stolen and guessed credentials. One weak key or one flaw in the daemon is then a shell inside the network.",
  remediation: {
    text: "Allow SSH only from known networks, or connect through Identity-Aware Proxy, whose range is 35.235.240.0/20, and close the port to all others.",
    url: "https://docs.cloud.google.com/firewall/docs/using-firewalls",
    console: [
      "Open VPC network, Firewall, and choose the rule.",
      "Edit.",
      "Replace the source ranges by the networks that need it, then Save; or delete the rule.",
    ],
    cli: "gcloud compute firewall-rules update {name} --project {account} --source-ranges 203.0.113.0/24",
    terraform: `resource "google_compute_firewall" "this" {
  name          = "{name}"
  network       = "NETWORK"
  source_ranges = ["203.0.113.0/24"] # the network that needs it

  allow {
    protocol = "tcp"
    ports    = ["22"]
  }
}`,
  },
  evaluate: (rule, input) => judgeFirewall({ port: 22, protocols: ["tcp"] }, rule, input),
});
