import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const networkWatcher = defineCheck({
  id: "azure.network.network-watcher",
  title: "Network Watcher runs in each region with a virtual network",
  severity: "low",
  resource: "azure.network.region",
  permissions: ["Microsoft.Network/virtualNetworks/read", "Microsoft.Network/networkWatchers/read"],
  risk: "Flow logs, packet captures and connection tests all need the region's Network Watcher. Where it is missing, an incident in the network can't be looked into.",
  remediation: {
    text: "Enable Network Watcher in the region; it costs nothing until its tools are used.",
    url: "https://learn.microsoft.com/azure/network-watcher/network-watcher-create",
    console: [
      "Open Network Watcher in the portal, then Overview.",
      "Create, and choose the subscription and the region.",
      "Select Add.",
    ],
    cli: "az network watcher configure --subscription {account} --resource-group NetworkWatcherRG --locations {region} --enabled true",
    terraform: `resource "azurerm_network_watcher" "this" {
  name                = "NetworkWatcher_{region}"
  location            = "{region}"
  resource_group_name = "NetworkWatcherRG"
}`,
  },
  evaluate: ({ virtualNetworks, watchers }) => {
    if (!watchers) return unknown("Network Watchers");
    const [watcher] = watchers;
    const networks = virtualNetworks === 1 ? "1 virtual network" : `${virtualNetworks} virtual networks`;
    if (!watcher) return fail(`The region has ${networks} and no Network Watcher.`, "/watchers");
    return watchers.some(({ state }) => state === "Succeeded")
      ? pass()
      : fail(`The region's Network Watcher is in state ${watcher.state}.`, "/watchers/0/state");
  },
});
