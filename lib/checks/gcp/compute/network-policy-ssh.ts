import { closeInPolicy, ssh } from "#lib/checks/gcp/admin-ports.ts";
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
  risk: ssh.risk,
  remediation: closeInPolicy(ssh),
  evaluate: (network, input) => judgePolicies(ssh, network, input),
});
