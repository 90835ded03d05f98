import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

/** Azure refuses, or doesn't support, a security group on the subnets of these services. */
const without = new Set([
  "gatewaysubnet",
  "azurefirewallsubnet",
  "azurefirewallmanagementsubnet",
  "routeserversubnet",
]);

export const virtualNetworkSubnetGroups = defineCheck({
  id: "azure.network.virtual-network-subnet-groups",
  title: "Each subnet has a network security group",
  severity: "medium",
  resource: "azure.network.virtual-network",
  permissions: ["Microsoft.Network/virtualNetworks/read"],
  risk: "Without a group on the subnet, each machine is guarded only by what its own interface happens to have. A new one with a public address may stand open from its first minute.",
  remediation: {
    text: "Associate a network security group with the subnet; a group without rules of its own already keeps the internet out.",
    url: "https://learn.microsoft.com/azure/virtual-network/manage-network-security-group",
    console: [
      "Open the virtual network in the portal, then Subnets, and select the subnet.",
      "Choose a Network security group.",
      "Save.",
    ],
    cli: "az network vnet subnet update --subscription {account} --resource-group GROUP --vnet-name {name} --name SUBNET --network-security-group NSG_ID",
    terraform: `resource "azurerm_subnet_network_security_group_association" "this" {
  subnet_id                 = azurerm_subnet.this.id
  network_security_group_id = azurerm_network_security_group.this.id
}`,
  },
  evaluate: ({ subnets }) => {
    if (!subnets) return unknown("subnets");
    const bare = subnets
      .map(({ name, securityGroupId }, index) => ({ name, securityGroupId, index }))
      .filter(({ name, securityGroupId }) => securityGroupId === null && !without.has(name.toLowerCase()));
    if (!bare.length) return pass();
    const names = bare.slice(0, 3).map(({ name }) => name);
    const more = bare.length > 3 ? ` and ${bare.length - 3} more` : "";
    const [subject, verb] = bare.length === 1 ? ["Subnet", "has"] : ["Subnets", "have"];
    return fail(
      `${subject} ${names.join(", ")}${more} ${verb} no network security group.`,
      ...bare.map(({ index }) => `/subnets/${index}`),
    );
  },
});
