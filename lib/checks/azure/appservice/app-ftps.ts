import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const appFtps = defineCheck({
  id: "azure.appservice.app-ftps",
  title: "App Service app takes no uploads over plain FTP",
  severity: "medium",
  resource: "azure.appservice.app",
  permissions: ["Microsoft.Web/sites/config/read"],
  risk: "FTP sends the publishing password and the code in the clear. Whoever reads them can put code of their own in the app.",
  remediation: {
    text: "Disable FTP, and deploy over HTTPS; where FTP is needed, allow FTPS alone.",
    url: "https://learn.microsoft.com/azure/app-service/deploy-ftp",
    console: [
      "Open the app in the portal, then Settings, Configuration, General settings.",
      "Set FTP state to Disabled or FTPS only.",
      "Save.",
    ],
    cli: "az webapp config set --ids {uid} --ftps-state Disabled",
    terraform: `resource "azurerm_linux_web_app" "this" {
  name                = "{name}"
  resource_group_name = "GROUP"
  location            = "{region}"
  service_plan_id     = azurerm_service_plan.this.id

  site_config {
    ftps_state = "Disabled"
  }
}`,
  },
  evaluate: ({ ftps }) => {
    if (ftps === undefined) return unknown("FTP state");
    return ftps === "AllAllowed" ? fail("Plain FTP is allowed.", "/ftps") : pass();
  },
});
