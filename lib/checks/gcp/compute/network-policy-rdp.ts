import { judgePolicies } from "#lib/checks/gcp/firewall-verdict.ts";
import { defineCheck } from "#lib/checks/model.ts";

export const networkPolicyRdp = defineCheck({
  id: "gcp.compute.network-policy-rdp",
  title: "Network firewall policies keep Remote Desktop closed to the internet",
  severity: "high",
  resource: "gcp.compute.network",
  context: ["gcp.compute.firewall"],
  permissions: [
    "compute.networks.list",
    "compute.networks.getEffectiveFirewalls",
    "compute.firewallPolicies.list",
    "compute.firewalls.list",
  ],
  risk: "Remote Desktop on the internet is a common way in for ransomware, through guessed passwords and flaws that need no login. Whoever gets in sits at a full desktop inside the network.",
  remediation: {
    text: "Allow Remote Desktop only from known networks, or connect through Identity-Aware Proxy, whose range is 35.235.240.0/20, and close the port to all others. A hierarchical policy is changed where it was made, on the organization or folder.",
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
      ports       = ["3389"]
    }
  }
}`,
  },
  evaluate: (network, input) => judgePolicies({ port: 3389, protocols: ["tcp", "udp"] }, network, input),
});
