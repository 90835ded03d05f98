import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const wafPolicyBodyInspection = defineCheck({
  id: "azure.network.waf-policy-body-inspection",
  title: "Firewall policy inspects the bodies of requests",
  severity: "medium",
  resource: "azure.network.waf-policy",
  permissions: ["Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies/read"],
  risk: "Forms, JSON and uploads travel in the body, and so do attacks on them. A firewall that reads headers and addresses alone lets these pass.",
  remediation: {
    text: "Enable request body inspection in the policy's settings; exclude single fields where it finds too much.",
    url: "https://learn.microsoft.com/azure/web-application-firewall/ag/application-gateway-waf-request-size-limits",
    console: [
      "Open the Application Gateway WAF policy in the portal, then Policy settings.",
      "Set Enforce request body inspection to on.",
      "Save.",
    ],
    cli: "az network application-gateway waf-policy policy-setting update --subscription {account} --resource-group GROUP --policy-name {name} --request-body-check true",
    terraform: `resource "azurerm_web_application_firewall_policy" "this" {
  name                = "{name}"
  location            = "{region}"
  resource_group_name = "GROUP"

  policy_settings {
    enabled            = true
    mode               = "Prevention"
    request_body_check = true
  }

  managed_rules {
    managed_rule_set {
      type    = "Microsoft_DefaultRuleSet"
      version = "2.1"
    }
  }
}`,
  },
  evaluate: ({ bodyCheck }) => {
    if (bodyCheck === undefined) return unknown("inspection of request bodies");
    return bodyCheck ? pass() : fail("Request bodies are not inspected.", "/bodyCheck");
  },
});
