import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const virtualNetworkDdos = defineCheck({
  id: "azure.network.virtual-network-ddos",
  title: "Virtual network has DDoS Network Protection",
  severity: "low",
  resource: "azure.network.virtual-network",
  permissions: ["Microsoft.Network/virtualNetworks/read"],
  risk: "Azure's basic protection guards the platform, not one customer's addresses: a flood small enough for Azure can still take a service down. Nobody is alerted, and nobody helps.",
  remediation: {
    text: "Link the virtual network to a DDoS protection plan; one plan serves the whole tenant and is paid for once.",
    url: "https://learn.microsoft.com/azure/ddos-protection/manage-ddos-protection",
    console: [
      "Open the virtual network in the portal, then DDoS protection.",
      "Choose Enable and select the plan.",
      "Save.",
    ],
    cli: "az network vnet update --ids {uid} --ddos-protection true --ddos-protection-plan PLAN_ID",
    terraform: `resource "azurerm_virtual_network" "this" {
  name                = "{name}"
  location            = "{region}"
  resource_group_name = "GROUP"
  address_space       = ["10.0.0.0/16"]

  ddos_protection_plan {
    id     = azurerm_network_ddos_protection_plan.this.id
    enable = true
  }
}`,
  },
  evaluate: ({ ddosProtection }) => {
    if (ddosProtection === undefined) return unknown("DDoS protection");
    return ddosProtection ? pass() : fail("No DDoS protection plan guards the network.", "/ddosProtection");
  },
});
