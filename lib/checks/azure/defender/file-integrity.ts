import { judgeServersExtension } from "#lib/checks/azure/defender-plans.ts";
import { defineCheck } from "#lib/checks/model.ts";

export const fileIntegrity = defineCheck({
  id: "azure.defender.file-integrity",
  title: "Changes to machines' files are watched",
  severity: "low",
  resource: "azure.defender.subscription",
  permissions: ["Microsoft.Security/pricings/read"],
  risk: "Changed system files, registry keys and programs go unseen. They are how an intruder stays after a restart.",
  remediation: {
    text: "Switch Defender for Servers on in Plan 2, with file integrity monitoring.",
    url: "https://learn.microsoft.com/azure/defender-for-cloud/file-integrity-monitoring-overview",
    console: [
      "Microsoft Defender for Cloud, Environment settings; choose the subscription.",
      "Defender plans: Servers, Settings; set File integrity monitoring to On.",
      "Continue, and save.",
    ],
    cli: "az security pricing create --name VirtualMachines --tier standard --subplan P2 --extensions name=FileIntegrityMonitoring isEnabled=True --subscription {account}",
    terraform: `resource "azurerm_security_center_subscription_pricing" "servers" {
  tier          = "Standard"
  resource_type = "VirtualMachines"
  subplan       = "P2"

  extension {
    name = "FileIntegrityMonitoring"
  }
}`,
  },
  evaluate: (config) => judgeServersExtension(config, "FileIntegrityMonitoring", "File integrity monitoring"),
});
