import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const workspaceNoPublicIp = defineCheck({
  id: "azure.databricks.workspace-no-public-ip",
  title: "Databricks clusters have no public IP addresses",
  severity: "high",
  resource: "azure.databricks.workspace",
  permissions: ["Microsoft.Databricks/workspaces/read"],
  risk: "Cluster nodes with public addresses can be reached from the internet, or reach out to it unseen. A rule too many in a security group is enough.",
  remediation: {
    text: "Switch secure cluster connectivity (no public IP) on.",
    url: "https://learn.microsoft.com/azure/databricks/security/network/classic/secure-cluster-connectivity",
    console: [
      "Open the workspace in the Azure portal; Networking.",
      "Secure cluster connectivity (no public IP): Enabled.",
      "Save, and restart running clusters.",
    ],
    cli: "az databricks workspace update --ids {uid} --enable-no-public-ip true",
    terraform: `resource "azurerm_databricks_workspace" "this" {
  name                = "{name}"
  resource_group_name = azurerm_resource_group.data.name
  location            = "{region}"
  sku                 = "premium"

  custom_parameters {
    no_public_ip = true
  }
}`,
  },
  evaluate: ({ noPublicIp }) => {
    if (noPublicIp === undefined) return unknown("parameters of the workspace");
    return noPublicIp ? pass() : fail("Cluster nodes get public IP addresses.", "/noPublicIp");
  },
});
