import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const appHttpsOnly = defineCheck({
  id: "azure.appservice.app-https-only",
  title: "App Service app answers over HTTPS alone",
  severity: "medium",
  resource: "azure.appservice.app",
  permissions: ["Microsoft.Web/sites/read"],
  risk: "Over plain HTTP, whoever sits on the path reads cookies and forms and changes what is shown. The first request of a visitor is often one.",
  remediation: {
    text: "Switch HTTPS Only on: plain requests are then redirected.",
    url: "https://learn.microsoft.com/azure/app-service/configure-ssl-bindings",
    console: [
      "Open the app in the portal, then Settings, Configuration, General settings.",
      "Set HTTPS Only to On.",
      "Save.",
    ],
    cli: "az webapp update --ids {uid} --https-only true",
    terraform: `resource "azurerm_linux_web_app" "this" {
  name                = "{name}"
  resource_group_name = "GROUP"
  location            = "{region}"
  service_plan_id     = azurerm_service_plan.this.id
  https_only          = true

  site_config {}
}`,
  },
  evaluate: ({ httpsOnly }) => {
    if (httpsOnly === undefined) return unknown("HTTPS only");
    return httpsOnly ? pass() : fail("The app answers over plain HTTP as well.", "/httpsOnly");
  },
});
