import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const wafPolicyPrevention = defineCheck({
  id: "azure.network.waf-policy-prevention",
  title: "Firewall policy blocks attacks instead of only logging them",
  severity: "medium",
  resource: "azure.network.waf-policy",
  permissions: ["Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies/read"],
  risk: "In detection mode the firewall writes down what it recognises and lets it through. An attack is then recorded, and succeeds.",
  remediation: {
    text: "Look through the log for false alarms, add exclusions for them, then switch the policy to prevention.",
    url: "https://learn.microsoft.com/azure/web-application-firewall/ag/best-practices",
    console: [
      "Open the Application Gateway WAF policy in the portal, then Overview.",
      "Select Switch to prevention mode.",
      "Make sure that the policy's state is Enabled.",
    ],
    cli: "az network application-gateway waf-policy policy-setting update --subscription {account} --resource-group GROUP --policy-name {name} --state Enabled --mode Prevention",
    terraform: `resource "azurerm_web_application_firewall_policy" "this" {
  name                = "{name}"
  location            = "{region}"
  resource_group_name = "GROUP"

  policy_settings {
    enabled = true
    mode    = "Prevention"
  }

  managed_rules {
    managed_rule_set {
      type    = "Microsoft_DefaultRuleSet"
      version = "2.1"
    }
  }
}`,
  },
  evaluate: ({ enabled, mode }) => {
    if (enabled === false) return fail("The policy is disabled.", "/enabled");
    if (mode === "Detection") return fail("The policy is in detection mode.", "/mode");
    return enabled === undefined || mode === undefined ? unknown("state and mode of the policy") : pass();
  },
});
