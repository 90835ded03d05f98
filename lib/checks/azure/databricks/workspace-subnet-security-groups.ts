import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const workspaceSubnetSecurityGroups = defineCheck({
  id: "azure.databricks.workspace-subnet-security-groups",
  title: "Subnets of a Databricks workspace have network security groups",
  severity: "medium",
  resource: "azure.databricks.workspace",
  context: ["azure.network.virtual-network"],
  permissions: ["Microsoft.Databricks/workspaces/read", "Microsoft.Network/virtualNetworks/read"],
  risk: "Without a security group, everything in the virtual network and all that peers with it can reach the clusters, which hold credentials for the data.",
  remediation: {
    text: "Associate both subnets of the workspace with a network security group; Databricks adds the rules that it needs.",
    url: "https://learn.microsoft.com/azure/databricks/security/network/classic/vnet-inject",
    console: [
      "Open the virtual network in the Azure portal; Subnets.",
      "Open each of the workspace's two subnets; choose a network security group.",
      "Save.",
    ],
    cli: "az network vnet subnet update --resource-group GROUP --vnet-name NETWORK --name SUBNET --network-security-group SECURITY_GROUP",
    terraform: `resource "azurerm_subnet_network_security_group_association" "databricks" {
  for_each                  = toset([azurerm_subnet.public.id, azurerm_subnet.private.id])
  subnet_id                 = each.value
  network_security_group_id = azurerm_network_security_group.databricks.id
}`,
  },
  evaluate: ({ network }, { related }) => {
    if (network === undefined) return unknown("parameters of the workspace");
    // A network that Databricks manages comes with a security group that can't be taken off.
    if (network === null) return pass();
    const { items } = related.of("azure.network.virtual-network");
    const id = network.id.toLowerCase();
    const subnets = items.find(({ uid }) => uid.toLowerCase() === id)?.config.subnets;
    const found = [network.publicSubnet, network.privateSubnet].map((name) =>
      subnets?.find((subnet) => name !== null && subnet.name.toLowerCase() === name.toLowerCase()),
    );
    const open = found.find((subnet) => subnet && subnet.securityGroupId === null);
    if (open) return fail(`Subnet ${open.name} has no network security group.`, "/network");
    return found.includes(undefined) ? unknown("subnets of the workspace") : pass();
  },
});
