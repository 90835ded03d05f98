import { byId, nameIn } from "#lib/checks/azure/by-id.ts";
import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const virtualMachinePublicIp = defineCheck({
  id: "azure.compute.virtual-machine-public-ip",
  title: "Virtual machine has no public IP address",
  severity: "medium",
  resource: "azure.compute.virtual-machine",
  context: ["azure.network.interface"],
  permissions: ["Microsoft.Compute/virtualMachines/read", "Microsoft.Network/networkInterfaces/read"],
  risk: "A public address makes every port that a security group opens, now or by mistake later, reachable from anywhere. Machines behind a load balancer or a NAT gateway need none.",
  remediation: {
    text: "Dissociate the address, publish services through a load balancer or gateway, and administer the machine through Azure Bastion.",
    url: "https://learn.microsoft.com/azure/virtual-network/ip-services/remove-public-ip-address-vm",
    console: [
      "Open the virtual machine in the portal, then Networking, and select its network interface.",
      "IP configurations, and select the one with a public address.",
      "Clear Associate public IP address, then Save.",
    ],
    cli: "az network nic ip-config update --subscription {account} --resource-group GROUP --nic-name INTERFACE --name CONFIGURATION --remove publicIpAddress",
    terraform: `resource "azurerm_network_interface" "this" {
  name                = "INTERFACE"
  location            = "{region}"
  resource_group_name = "GROUP"

  ip_configuration {
    name                          = "internal"
    subnet_id                     = azurerm_subnet.this.id
    private_ip_address_allocation = "Dynamic"
    # no public_ip_address_id
  }
}`,
  },
  evaluate: ({ interfaceIds }, { related }) => {
    if (!interfaceIds) return unknown("network interfaces");
    const { items } = related.of("azure.network.interface");
    const cards = interfaceIds.map((id) => ({ id, publicIpIds: byId(items, id)?.config.publicIpIds }));
    const open = cards
      .map(({ id, publicIpIds }, index) => ({ id, index, publicIpIds: publicIpIds ?? [] }))
      .filter(({ publicIpIds }) => publicIpIds.length);
    if (open.length) {
      const where = open.map(
        ({ id, publicIpIds }) => `${publicIpIds.map(nameIn).join(", ")} on ${nameIn(id)}`,
      );
      return fail(
        `The machine has the public address ${where.join(" and ")}.`,
        ...open.map(({ index }) => `/interfaceIds/${index}`),
      );
    }
    const unread = cards.find(({ publicIpIds }) => !publicIpIds);
    return unread ? unknown(`network interface ${nameIn(unread.id)}`) : pass();
  },
});
