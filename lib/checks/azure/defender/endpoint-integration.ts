import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const endpointIntegration = defineCheck({
  id: "azure.defender.endpoint-integration",
  title: "Machines are protected by Defender for Endpoint",
  severity: "medium",
  resource: "azure.defender.subscription",
  permissions: ["Microsoft.Security/settings/read"],
  risk: "Without it, what malware and intruders do within a machine is seen by nobody. Alerts on the machine don't reach Defender for Cloud either.",
  remediation: {
    text: "Switch on endpoint protection, by which Defender for Cloud puts Defender for Endpoint on the machines.",
    url: "https://learn.microsoft.com/azure/defender-for-cloud/enable-defender-for-endpoint",
    console: [
      "Microsoft Defender for Cloud, Environment settings; choose the subscription.",
      "Defender plans: Servers, Settings; set Endpoint protection to On.",
      "Continue, and save.",
    ],
    cli: "az security setting update --name WDATP --enabled true --subscription {account}",
    terraform: `resource "azurerm_security_center_setting" "endpoint" {
  setting_name = "WDATP"
  enabled      = true
}`,
  },
  evaluate: ({ settings }) => {
    if (settings === undefined) return unknown("settings of Defender for Cloud");
    if (settings === null)
      return fail("Defender for Cloud was never set up for the subscription.", "/settings");
    const at = settings.findIndex(({ name }) => name === "WDATP");
    if (at === -1) return unknown("setting for endpoint protection");
    return settings[at]?.enabled ? pass() : fail("Endpoint protection is off.", `/settings/${at}/enabled`);
  },
});
