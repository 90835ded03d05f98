import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const wafPolicyBotProtection = defineCheck({
  id: "azure.network.waf-policy-bot-protection",
  title: "Firewall policy has the rules against bots",
  severity: "medium",
  resource: "azure.network.waf-policy",
  permissions: ["Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies/read"],
  risk: "Bots try stolen passwords, copy content and look for flaws around the clock. Microsoft's list of their addresses and marks stops the known ones before they reach an application.",
  remediation: {
    text: "Add the managed rule set Microsoft_BotManagerRuleSet to the policy.",
    url: "https://learn.microsoft.com/azure/web-application-firewall/ag/bot-protection",
    console: [
      "Open the Application Gateway WAF policy in the portal, then Managed rules.",
      "Select Assign, and choose the newest Microsoft_BotManagerRuleSet.",
      "Save.",
    ],
    cli: "az network application-gateway waf-policy managed-rule rule-set add --subscription {account} --resource-group GROUP --policy-name {name} --type Microsoft_BotManagerRuleSet --version 1.1",
    terraform: `resource "azurerm_web_application_firewall_policy" "this" {
  name                = "{name}"
  location            = "{region}"
  resource_group_name = "GROUP"

  managed_rules {
    managed_rule_set {
      type    = "Microsoft_DefaultRuleSet"
      version = "2.1"
    }
    managed_rule_set {
      type    = "Microsoft_BotManagerRuleSet"
      version = "1.1"
    }
  }
}`,
  },
  evaluate: ({ ruleSets }) => {
    if (!ruleSets) return unknown("managed rule sets");
    return ruleSets.some(({ type }) => type.toLowerCase() === "microsoft_botmanagerruleset")
      ? pass()
      : fail("The policy has no rule set against bots.", "/ruleSets");
  },
});
