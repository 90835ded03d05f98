import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const appHttp2 = defineCheck({
  id: "azure.appservice.app-http2",
  title: "App Service app speaks HTTP/2",
  severity: "info",
  resource: "azure.appservice.app",
  permissions: ["Microsoft.Web/sites/config/read"],
  risk: "HTTP/1.1's way of telling where a request ends is what request smuggling plays with. Pages also load more slowly over it.",
  remediation: {
    text: "Set the HTTP version to 2.0; clients that don't know it go on with HTTP/1.1.",
    url: "https://learn.microsoft.com/azure/app-service/configure-common",
    console: [
      "Open the app in the portal, then Settings, Configuration, General settings.",
      "Set HTTP version to 2.0.",
      "Save.",
    ],
    cli: "az webapp config set --ids {uid} --http20-enabled true",
    terraform: `resource "azurerm_linux_web_app" "this" {
  name                = "{name}"
  resource_group_name = "GROUP"
  location            = "{region}"
  service_plan_id     = azurerm_service_plan.this.id

  site_config {
    http2_enabled = true
  }
}`,
  },
  evaluate: ({ http2 }) => {
    if (http2 === undefined) return unknown("HTTP version");
    return http2 ? pass() : fail("HTTP/2 is off.", "/http2");
  },
});
