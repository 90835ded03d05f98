import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const workspaceOwnNetwork = defineCheck({
  id: "azure.databricks.workspace-own-network",
  title: "Databricks workspace runs in a network of your own",
  severity: "medium",
  resource: "azure.databricks.workspace",
  permissions: ["Microsoft.Databricks/workspaces/read"],
  risk: "Traffic of clusters in a network that Databricks manages passes none of your firewalls, flow logs or routes. What leaves it, nobody sees.",
  remediation: {
    text: "Deploy the workspace anew into a virtual network of your own (VNet injection); this can't be changed afterwards.",
    url: "https://learn.microsoft.com/azure/databricks/security/network/classic/vnet-inject",
    console: [
      "Create a virtual network with two subnets delegated to Microsoft.Databricks/workspaces.",
      "Create a workspace; Networking: Deploy in your own virtual network, Yes.",
      "Move notebooks and jobs over, and delete this workspace.",
    ],
    cli: "az databricks workspace create --name NAME --resource-group GROUP --location {region} --sku premium --vnet NETWORK_ID --public-subnet PUBLIC_SUBNET --private-subnet PRIVATE_SUBNET --enable-no-public-ip true",
    terraform: `resource "azurerm_databricks_workspace" "this" {
  name                = "{name}"
  resource_group_name = azurerm_resource_group.data.name
  location            = "{region}"
  sku                 = "premium"

  custom_parameters {
    virtual_network_id  = azurerm_virtual_network.data.id
    public_subnet_name  = "databricks-public"
    private_subnet_name = "databricks-private"
    no_public_ip        = true
  }
}`,
  },
  evaluate: ({ network }) => {
    if (network === undefined) return unknown("parameters of the workspace");
    return network ? pass() : fail("The workspace lies in a network that Databricks manages.", "/network");
  },
});
