import { closeInRule, remoteDesktop } from "#lib/checks/gcp/admin-ports.ts";
import { judgeFirewall } from "#lib/checks/gcp/firewall-verdict.ts";
import { defineCheck } from "#lib/checks/model.ts";

export const firewallRdp = defineCheck({
  id: "gcp.compute.firewall-rdp",
  title: "VPC firewall rule keeps Remote Desktop (port 3389) closed to the internet",
  severity: "high",
  resource: "gcp.compute.firewall",
  context: ["gcp.compute.firewall", "gcp.compute.network"],
  permissions: ["compute.firewalls.list", "compute.networks.list", "compute.networks.getEffectiveFirewalls"],
  risk: remoteDesktop.risk,
  remediation: closeInRule(remoteDesktop),
  evaluate: (rule, input) => judgeFirewall(remoteDesktop, rule, input),
});
