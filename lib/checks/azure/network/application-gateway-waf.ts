import { sameId } from "#lib/checks/azure/same-id.ts";
import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const applicationGatewayWaf = defineCheck({
  id: "azure.network.application-gateway-waf",
  title: "Application gateway has its web application firewall on",
  severity: "medium",
  resource: "azure.network.application-gateway",
  context: ["azure.network.waf-policy"],
  permissions: [
    "Microsoft.Network/applicationGateways/read",
    "Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies/read",
  ],
  risk: "Requests with injected SQL, scripts or known exploits go straight through to the applications. One flaw in one of them is then enough.",
  remediation: {
    text: "Move the gateway to the tier WAF_v2 and give it a firewall policy that is enabled.",
    url: "https://learn.microsoft.com/azure/web-application-firewall/ag/ag-overview",
    console: [
      "Open the application gateway in the portal, then Web application firewall.",
      "Set Tier to WAF V2 and choose or create a policy.",
      "Save, then open the policy and make sure that it is enabled.",
    ],
    cli: "az network application-gateway update --ids {uid} --sku WAF_v2 --set firewallPolicy.id=POLICY_ID",
    terraform: `resource "azurerm_application_gateway" "this" {
  name                = "{name}"
  location            = "{region}"
  resource_group_name = "GROUP"
  firewall_policy_id  = azurerm_web_application_firewall_policy.this.id

  sku {
    name = "WAF_v2"
    tier = "WAF_v2"
  }
  # listeners, pools and rules as they are
}`,
  },
  evaluate: ({ tier, firewall, firewallPolicyId }, { related }) => {
    if (tier === undefined) return unknown("tier");
    if (!tier.startsWith("WAF")) return fail(`Tier ${tier} has no firewall.`, "/tier");
    if (firewallPolicyId !== null) {
      const { items } = related.of("azure.network.waf-policy");
      const policy = items.find(({ uid }) => sameId(uid, firewallPolicyId));
      if (policy?.config.enabled === undefined) return unknown("firewall policy");
      return policy.config.enabled
        ? pass()
        : fail(`The firewall policy ${policy.name} is disabled.`, "/firewallPolicyId");
    }
    if (!firewall)
      return fail("The gateway has neither a firewall policy nor settings of its own.", "/firewall");
    return firewall.enabled ? pass() : fail("The gateway's firewall is switched off.", "/firewall/enabled");
  },
});
