import { idKey } from "#lib/checks/azure/same-id.ts";
import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";
import type { Subnet } from "#lib/inventory/azure/network.kinds.ts";
import type { Resource } from "#lib/inventory/model.ts";

const isOn = (log: Resource<"azure.network.flow-log">) => log.config.enabled === true;

export const virtualNetworkFlowLogs = defineCheck({
  id: "azure.network.virtual-network-flow-logs",
  title: "Virtual network records its traffic in a flow log",
  severity: "medium",
  resource: "azure.network.virtual-network",
  context: ["azure.network.flow-log"],
  permissions: [
    "Microsoft.Network/virtualNetworks/read",
    "Microsoft.Network/networkWatchers/read",
    "Microsoft.Network/networkWatchers/flowLogs/read",
  ],
  risk: "Without flow logs there is no record of who talked to what, so scans and stolen data leave no trace in the network. An intrusion can then be neither seen nor retraced.",
  remediation: {
    text: "Create a flow log on the virtual network, with a storage account to keep it and, better, traffic analytics to read it.",
    url: "https://learn.microsoft.com/azure/network-watcher/vnet-flow-logs-overview",
    console: [
      "Open Network Watcher in the portal, then Flow logs, Create.",
      "Choose Virtual network as the type and select the network.",
      "Choose a storage account and the retention, then Review + create.",
    ],
    cli: "az network watcher flow-log create --subscription {account} --location {region} --name {name}-flow-log --resource-group GROUP --vnet {uid} --storage-account STORAGE_ACCOUNT_ID --retention 90",
    terraform: `resource "azurerm_network_watcher_flow_log" "this" {
  name                 = "{name}-flow-log"
  network_watcher_name = "NetworkWatcher_{region}"
  resource_group_name  = "NetworkWatcherRG"
  target_resource_id   = "{uid}"
  storage_account_id   = azurerm_storage_account.logs.id
  enabled              = true

  retention_policy {
    enabled = true
    days    = 90
  }
}`,
  },
  evaluate: ({ subnets }, { resource, related }) => {
    const { items, complete } = related.of("azure.network.flow-log");
    const recorded = new Set(items.filter(isOn).map(({ config }) => idKey(config.targetId)));
    if (recorded.has(idKey(resource.uid))) return pass();
    // Logs of every subnet, or of the security group on it, together record the whole network.
    const isRecorded = ({ id, securityGroupId }: Subnet) =>
      recorded.has(idKey(id)) || (securityGroupId !== null && recorded.has(idKey(securityGroupId)));
    if (subnets?.length && subnets.every(isRecorded)) return pass();
    if (!complete || items.some(({ config }) => config.enabled === undefined)) return unknown("flow logs");
    if (!subnets) return unknown("subnets");
    const bare = subnets.findIndex((subnet) => !isRecorded(subnet));
    return subnets.some(isRecorded)
      ? fail(`No flow log records subnet ${subnets[bare]?.name}.`, `/subnets/${bare}`)
      : fail("No flow log that is on records the network.");
  },
});
