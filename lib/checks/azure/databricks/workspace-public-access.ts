import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const workspacePublicAccess = defineCheck({
  id: "azure.databricks.workspace-public-access",
  title: "Databricks workspace is closed to public networks",
  severity: "high",
  resource: "azure.databricks.workspace",
  permissions: ["Microsoft.Databricks/workspaces/read"],
  risk: "Anyone on the internet can then reach the workspace's sign-in and API. A stolen token works from anywhere.",
  remediation: {
    text: "Reach the workspace by private endpoints, and disable public network access.",
    url: "https://learn.microsoft.com/azure/databricks/security/network/classic/private-link",
    console: [
      "Open the workspace in the Azure portal; Networking.",
      "Add private endpoints for databricks_ui_api first.",
      "Public network access: Disabled, and save.",
    ],
    cli: "az databricks workspace update --ids {uid} --public-network-access Disabled --required-nsg-rules NoAzureDatabricksRules",
    terraform: `resource "azurerm_databricks_workspace" "this" {
  name                = "{name}"
  resource_group_name = azurerm_resource_group.data.name
  location            = "{region}"
  sku                 = "premium"

  public_network_access_enabled         = false
  network_security_group_rules_required = "NoAzureDatabricksRules"
}`,
  },
  evaluate: ({ publicNetworkAccess }) => {
    if (publicNetworkAccess === undefined) return unknown("public network access");
    return publicNetworkAccess === "Disabled"
      ? pass()
      : fail("Public network access is enabled.", "/publicNetworkAccess");
  },
});
