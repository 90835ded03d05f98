import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const applicationInsights = defineCheck({
  id: "azure.monitor.application-insights",
  title: "Application Insights is in use",
  severity: "low",
  resource: "azure.monitor.subscription",
  context: ["azure.monitor.application-insights"],
  permissions: ["Microsoft.Insights/Components/read"],
  risk: "Applications of which nobody records requests, failures and dependencies leave nothing to reconstruct an attack or an outage from.",
  remediation: {
    text: "Create an Application Insights resource for the applications of the subscription, and have them send to it.",
    url: "https://learn.microsoft.com/azure/azure-monitor/app/create-workspace-resource",
    console: [
      "Application Insights, Create.",
      "Choose the resource group, region and Log Analytics workspace.",
      "Create it, and give its connection string to the applications.",
    ],
    cli: "az monitor app-insights component create --app NAME --location LOCATION --resource-group GROUP --workspace WORKSPACE_ID --subscription {account}",
    terraform: `resource "azurerm_application_insights" "this" {
  name                = "applications"
  location            = azurerm_resource_group.monitoring.location
  resource_group_name = azurerm_resource_group.monitoring.name
  workspace_id        = azurerm_log_analytics_workspace.monitoring.id
  application_type    = "web"
}`,
  },
  evaluate: (_subscription, { related }) => {
    const { items, complete } = related.of("azure.monitor.application-insights");
    if (items.length > 0) return pass();
    return complete
      ? fail("The subscription has no Application Insights resource.")
      : unknown("Application Insights resources");
  },
});
