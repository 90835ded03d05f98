import { judgeRetention } from "#lib/checks/azure/flow-logs.ts";
import { defineCheck, pass } from "#lib/checks/model.ts";

export const flowLogRetentionSecurityGroup = defineCheck({
  id: "azure.network.flow-log-retention-security-group",
  title: "Flow log of a security group is kept for 90 days or more",
  severity: "low",
  resource: "azure.network.flow-log",
  permissions: ["Microsoft.Network/networkWatchers/flowLogs/read"],
  risk: "Break-ins are often noticed only months later. Records that are gone by then can't tell where the attacker came from and what was taken.",
  remediation: {
    text: "Keep the records for at least 90 days, or without a limit. Flow logs of security groups end in September 2027: move to those of virtual networks.",
    url: "https://learn.microsoft.com/azure/network-watcher/nsg-flow-logs-migrate",
    console: [
      "Open Network Watcher in the portal, then Flow logs, and select the flow log.",
      "Set Status to On.",
      "Set Retention (days) to 90 or more, or to 0 to keep records for ever, then Save.",
    ],
    cli: "az network watcher flow-log update --subscription {account} --location {region} --name {name} --enabled true --retention 90",
    terraform: `resource "azurerm_network_watcher_flow_log" "this" {
  name                 = "{name}"
  network_watcher_name = "NetworkWatcher_{region}"
  resource_group_name  = "NetworkWatcherRG"
  target_resource_id   = azurerm_network_security_group.this.id
  storage_account_id   = azurerm_storage_account.logs.id
  enabled              = true

  retention_policy {
    enabled = true
    days    = 90
  }
}`,
  },
  evaluate: (log) => (log.target === "security-group" ? judgeRetention(log) : pass()),
});
