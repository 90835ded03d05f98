import { judgeServersExtension } from "#lib/checks/azure/defender-plans.ts";
import { defineCheck } from "#lib/checks/model.ts";

export const agentlessScanning = defineCheck({
  id: "azure.defender.agentless-scanning",
  title: "Machines are scanned without agents",
  severity: "low",
  resource: "azure.defender.subscription",
  permissions: ["Microsoft.Security/pricings/read"],
  risk: "Machines on which no agent runs are then searched for neither malware, secrets nor missing patches. Those are just the machines that nobody looks after.",
  remediation: {
    text: "Switch Defender for Servers on in Plan 2, with agentless scanning.",
    url: "https://learn.microsoft.com/azure/defender-for-cloud/enable-agentless-scanning-vms",
    console: [
      "Microsoft Defender for Cloud, Environment settings; choose the subscription.",
      "Defender plans: Servers, Settings; set Agentless scanning to On.",
      "Continue, and save.",
    ],
    cli: "az security pricing create --name VirtualMachines --tier standard --subplan P2 --extensions name=AgentlessVmScanning isEnabled=True --subscription {account}",
    terraform: `resource "azurerm_security_center_subscription_pricing" "servers" {
  tier          = "Standard"
  resource_type = "VirtualMachines"
  subplan       = "P2"

  extension {
    name = "AgentlessVmScanning"
  }
}`,
  },
  evaluate: (config) => judgeServersExtension(config, "AgentlessVmScanning", "Agentless scanning"),
});
