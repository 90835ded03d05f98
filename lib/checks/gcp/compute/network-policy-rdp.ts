import { closeInPolicy, remoteDesktop } from "#lib/checks/gcp/admin-ports.ts";
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
  risk: remoteDesktop.risk,
  remediation: closeInPolicy(remoteDesktop),
  evaluate: (network, input) => judgePolicies(remoteDesktop, network, input),
});
