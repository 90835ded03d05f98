import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const bastionHost = defineCheck({
  id: "azure.network.bastion-host",
  title: "Subscription has an Azure Bastion host",
  severity: "low",
  resource: "azure.network.subscription",
  permissions: ["Microsoft.Network/virtualNetworks/read", "Microsoft.Network/bastionHosts/read"],
  risk: "Without a bastion, machines are administered through open ports and public addresses. Each of them is one more door to guard.",
  remediation: {
    text: "Deploy Azure Bastion and administer machines through it; a bastion in a hub network that is peered, in another subscription even, serves as well, and the finding can then be accepted.",
    url: "https://learn.microsoft.com/azure/bastion/tutorial-create-host-portal",
    console: [
      "Open Bastions in the portal, then Create.",
      "Choose the virtual network; it gets a subnet AzureBastionSubnet.",
      "Review + create.",
    ],
    cli: "az network bastion create --subscription {account} --resource-group GROUP --name bastion --vnet-name VNET --public-ip-address ADDRESS --location REGION",
    terraform: `resource "azurerm_bastion_host" "this" {
  name                = "bastion"
  location            = "REGION"
  resource_group_name = "GROUP"

  ip_configuration {
    name                 = "configuration"
    subnet_id            = azurerm_subnet.bastion.id
    public_ip_address_id = azurerm_public_ip.bastion.id
  }
}`,
  },
  evaluate: ({ bastionIds, virtualNetworks }) => {
    if (bastionIds?.length) return pass();
    if (virtualNetworks === 0) return pass();
    if (!bastionIds || virtualNetworks === undefined) return unknown("Bastion hosts and virtual networks");
    const networks = virtualNetworks === 1 ? "1 virtual network" : `${virtualNetworks} virtual networks`;
    return fail(`The subscription has ${networks} and no Bastion host.`, "/bastionIds");
  },
});
