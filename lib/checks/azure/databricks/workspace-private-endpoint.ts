import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const workspacePrivateEndpoint = defineCheck({
  id: "azure.databricks.workspace-private-endpoint",
  title: "Databricks workspace is reached by a private endpoint",
  severity: "medium",
  resource: "azure.databricks.workspace",
  permissions: ["Microsoft.Databricks/workspaces/read"],
  risk: "Without one, all use of the workspace crosses the public internet, where it can be neither kept apart nor filtered.",
  remediation: {
    text: "Create a private endpoint for the workspace, and approve it.",
    url: "https://learn.microsoft.com/azure/databricks/security/network/classic/private-link",
    console: [
      "Open the workspace in the Azure portal; Networking, Private endpoint connections.",
      "Add a private endpoint with the sub-resource databricks_ui_api.",
      "Approve the connection.",
    ],
    cli: "az network private-endpoint create --name NAME --resource-group GROUP --vnet-name NETWORK --subnet SUBNET --private-connection-resource-id {uid} --group-id databricks_ui_api --connection-name NAME",
    terraform: `resource "azurerm_private_endpoint" "databricks" {
  name                = "databricks"
  resource_group_name = azurerm_resource_group.data.name
  location            = "{region}"
  subnet_id           = azurerm_subnet.endpoints.id

  private_service_connection {
    name                           = "databricks"
    private_connection_resource_id = "{uid}"
    subresource_names              = ["databricks_ui_api"]
    is_manual_connection           = false
  }
}`,
  },
  evaluate: ({ privateEndpoints }) => {
    if (privateEndpoints === undefined) return unknown("private endpoint connections");
    if (privateEndpoints.some(({ status }) => status === "Approved")) return pass();
    const [first] = privateEndpoints;
    return fail(
      first
        ? `No private endpoint connection is approved; the first is ${first.status.toLowerCase()}.`
        : "The workspace has no private endpoint.",
      "/privateEndpoints",
    );
  },
});
