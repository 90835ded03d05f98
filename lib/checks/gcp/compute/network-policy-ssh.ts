import { judgePolicies } from "#lib/checks/gcp/firewall-verdict.ts";
import { defineCheck } from "#lib/checks/model.ts";

export const networkPolicySsh = defineCheck({
  id: "gcp.compute.network-policy-ssh",
  title: "Network firewall policies keep SSH closed to the internet",
  severity: "high",
  resource: "gcp.compute.network",
  context: ["gcp.compute.firewall"],
  permissions: [
    "compute.networks.list",
    "compute.networks.getEffectiveFirewalls",
    "compute.firewallPolicies.list",
    "compute.firewalls.list",
  ],
  risk: "SSH on the internet is found by scanners within minutes and tried with stolen and guessed credentials. One weak key or one flaw in the daemon is then a shell inside the network.",
  remediation: {
    text: "Allow SSH only from known networks, or connect through Identity-Aware Proxy, whose range is 35.235.240.0/20, and close the port to all others. A hierarchical policy is changed where it was made, on the organization or folder.",
    url: "https://docs.cloud.google.com/firewall/docs/use-network-firewall-policies",
    console: [
      "Open VPC network, Firewall policies, and choose the policy.",
      "Choose the rule and Edit.",
      "Replace the source ranges by the networks that need it, then Save; or delete the rule.",
    ],
    cli: "gcloud compute network-firewall-policies rules update PRIORITY --firewall-policy POLICY --global-firewall-policy --project {account} --src-ip-ranges 203.0.113.0/24",
    terraform: `resource "google_compute_network_firewall_policy_rule" "this" {
  firewall_policy = "POLICY"
  priority        = 1000
  direction       = "INGRESS"
  action          = "allow"

  match {
    src_ip_ranges = ["203.0.113.0/24"] # the network that needs it

    layer4_configs {
      ip_protocol = "tcp"
      ports       = ["22"]
    }
  }
}`,
  },
  evaluate: (network, input) => judgePolicies({ port: 22, protocols: ["tcp"] }, network, input),
});
