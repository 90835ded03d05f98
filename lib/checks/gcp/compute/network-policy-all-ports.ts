import { judgePolicies } from "#lib/checks/gcp/firewall-verdict.ts";
import { defineCheck } from "#lib/checks/model.ts";

export const networkPolicyAllPorts = defineCheck({
  id: "gcp.compute.network-policy-all-ports",
  title: "Network firewall policies don't open every port to the internet",
  severity: "critical",
  resource: "gcp.compute.network",
  context: ["gcp.compute.firewall"],
  permissions: [
    "compute.networks.list",
    "compute.networks.getEffectiveFirewalls",
    "compute.firewallPolicies.list",
    "compute.firewalls.list",
  ],
  risk: "Whatever listens on an instance can be reached by anyone, including services nobody meant to publish. The firewall protects nothing.",
  remediation: {
    text: "Replace the rule of the policy by one for each port that is really served, from the networks that need it. A hierarchical policy is changed where it was made, on the organization or folder.",
    url: "https://docs.cloud.google.com/firewall/docs/use-network-firewall-policies",
    console: [
      "Open VPC network, Firewall policies, and choose the policy.",
      "Choose the rule and Edit.",
      "Replace the protocols and ports by those that are served, then Save.",
    ],
    cli: "gcloud compute network-firewall-policies rules update PRIORITY --firewall-policy POLICY --global-firewall-policy --project {account} --layer4-configs tcp:443",
    terraform: `resource "google_compute_network_firewall_policy_rule" "this" {
  firewall_policy = "POLICY"
  priority        = 1000
  direction       = "INGRESS"
  action          = "allow"

  match {
    src_ip_ranges = ["0.0.0.0/0"]

    layer4_configs {
      ip_protocol = "tcp"
      ports       = ["443"]
    }
  }
}`,
  },
  evaluate: (network, input) => judgePolicies("every port", network, input),
});
