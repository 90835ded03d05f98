import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const appRemoteDebugging = defineCheck({
  id: "azure.appservice.app-remote-debugging",
  title: "App Service app has remote debugging off",
  severity: "medium",
  resource: "azure.appservice.app",
  permissions: ["Microsoft.Web/sites/config/read"],
  risk: "A debugger can stop the app, read its memory and change what it does. Its ports stand open on the internet meanwhile.",
  remediation: {
    text: "Switch remote debugging off; it is meant for minutes, not for good.",
    url: "https://learn.microsoft.com/azure/app-service/configure-common",
    console: [
      "Open the app in the portal, then Settings, Configuration, General settings.",
      "Set Remote debugging to Off.",
      "Save.",
    ],
    cli: "az webapp config set --ids {uid} --remote-debugging-enabled false",
    terraform: `resource "azurerm_linux_web_app" "this" {
  name                = "{name}"
  resource_group_name = "GROUP"
  location            = "{region}"
  service_plan_id     = azurerm_service_plan.this.id

  site_config {
    remote_debugging_enabled = false
  }
}`,
  },
  evaluate: ({ remoteDebugging }) => {
    if (remoteDebugging === undefined) return unknown("remote debugging");
    return remoteDebugging ? fail("Remote debugging is on.", "/remoteDebugging") : pass();
  },
});
