import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const appIdentity = defineCheck({
  id: "azure.appservice.app-identity",
  title: "App Service app has a managed identity",
  severity: "low",
  resource: "azure.appservice.app",
  permissions: ["Microsoft.Web/sites/read"],
  risk: "Without an identity of its own, an app reaches databases and vaults by passwords in its settings. These are read by everyone who may read the app, and seldom changed.",
  remediation: {
    text: "Give the app a managed identity, grant it what it needs, and take passwords out of its settings.",
    url: "https://learn.microsoft.com/azure/app-service/overview-managed-identity",
    console: [
      "Open the app in the portal, then Settings, Identity.",
      "Set System assigned to On, then Save.",
      "Grant the identity its roles under Azure role assignments.",
    ],
    cli: "az webapp identity assign --ids {uid}",
    terraform: `resource "azurerm_linux_web_app" "this" {
  name                = "{name}"
  resource_group_name = "GROUP"
  location            = "{region}"
  service_plan_id     = azurerm_service_plan.this.id

  identity {
    type = "SystemAssigned"
  }

  site_config {}
}`,
  },
  evaluate: ({ identities }) => {
    if (identities === undefined) return unknown("identity");
    return identities.length ? pass() : fail("The app has no managed identity.", "/identities");
  },
});
