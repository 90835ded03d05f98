import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const appTls = defineCheck({
  id: "azure.appservice.app-tls",
  title: "App Service app accepts TLS 1.2 or newer alone",
  severity: "medium",
  resource: "azure.appservice.app",
  permissions: ["Microsoft.Web/sites/config/read"],
  risk: "TLS 1.0 and 1.1 rest on broken ciphers and hashes. Who sits on the path can force a browser down to them and read or alter what is sent.",
  remediation: {
    text: "Set the minimum inbound TLS version to 1.2 or 1.3.",
    url: "https://learn.microsoft.com/azure/app-service/configure-ssl-bindings",
    console: [
      "Open the app in the portal, then Settings, Configuration, General settings.",
      "Set Minimum Inbound TLS Version to 1.2.",
      "Save.",
    ],
    cli: "az webapp config set --ids {uid} --min-tls-version 1.2",
    terraform: `resource "azurerm_linux_web_app" "this" {
  name                = "{name}"
  resource_group_name = "GROUP"
  location            = "{region}"
  service_plan_id     = azurerm_service_plan.this.id

  site_config {
    minimum_tls_version = "1.2"
  }
}`,
  },
  evaluate: ({ minTlsVersion }) => {
    if (minTlsVersion === undefined || !/^\d+\.\d+$/.test(minTlsVersion))
      return unknown("minimum TLS version");
    return Number(minTlsVersion) < 1.2 ? fail(`TLS ${minTlsVersion} is accepted.`, "/minTlsVersion") : pass();
  },
});
