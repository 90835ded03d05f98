import { closeInRule, ssh } from "#lib/checks/gcp/admin-ports.ts";
import { judgeFirewall } from "#lib/checks/gcp/firewall-verdict.ts";
import { defineCheck } from "#lib/checks/model.ts";

export const firewallSsh = defineCheck({
  id: "gcp.compute.firewall-ssh",
  title: "VPC firewall rule keeps SSH (port 22) closed to the internet",
  severity: "high",
  resource: "gcp.compute.firewall",
  context: ["gcp.compute.firewall", "gcp.compute.network"],
  permissions: ["compute.firewalls.list", "compute.networks.list", "compute.networks.getEffectiveFirewalls"],
  risk: ssh.risk,
  remediation: closeInRule(ssh),
  evaluate: (rule, input) => judgeFirewall(ssh, rule, input),
});
