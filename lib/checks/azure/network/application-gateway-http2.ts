import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const applicationGatewayHttp2 = defineCheck({
  id: "azure.network.application-gateway-http2",
  title: "Application gateway speaks HTTP/2",
  severity: "low",
  resource: "azure.network.application-gateway",
  permissions: ["Microsoft.Network/applicationGateways/read"],
  risk: "HTTP/1.1's way of telling where a request ends is what request smuggling plays with. Pages also load more slowly over it.",
  remediation: {
    text: "Switch HTTP/2 on; clients that don't know it go on with HTTP/1.1.",
    url: "https://learn.microsoft.com/azure/application-gateway/features",
    console: [
      "Open the application gateway in the portal, then Configuration.",
      "Set HTTP2 to Enabled.",
      "Save.",
    ],
    cli: "az network application-gateway update --ids {uid} --http2 Enabled",
    terraform: `resource "azurerm_application_gateway" "this" {
  name                = "{name}"
  location            = "{region}"
  resource_group_name = "GROUP"
  enable_http2        = true
  # listeners, pools and rules as they are
}`,
  },
  evaluate: ({ http2 }) => {
    if (http2 === undefined) return unknown("HTTP/2");
    if (http2) return pass();
    return fail(http2 === null ? "HTTP/2 was never switched on." : "HTTP/2 is switched off.", "/http2");
  },
});
