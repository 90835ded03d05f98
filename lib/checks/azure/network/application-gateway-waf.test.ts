import { testCheck } from "#lib/checks/test-check.ts";
import { applicationGatewayWaf } from "./application-gateway-waf.ts";

const policyId =
  "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/applicationGatewayWebApplicationFirewallPolicies/Shop";
const gateway = {
  tier: "WAF_v2",
  http2: true,
  tlsPolicies: [],
  hasTlsPolicy: false,
  defaultTlsPolicy: null,
  firewall: null,
  firewallPolicyId: null,
};
const guarded = { ...gateway, firewallPolicyId: policyId };
const policy = (enabled?: boolean) => ({
  kind: "azure.network.waf-policy" as const,
  uid: policyId.toLowerCase(),
  name: "Shop",
  config: { ...(enabled === undefined ? {} : { enabled }), gatewayIds: [] },
});

testCheck(applicationGatewayWaf, {
  pass: [
    { config: guarded, related: [policy(true)] },
    { config: { ...gateway, tier: "WAF", firewall: { enabled: true } } },
  ],
  fail: [
    [{ config: { ...gateway, tier: "Standard_v2" } }, "Tier Standard_v2 has no firewall."],
    [{ config: gateway }, "The gateway has neither a firewall policy nor settings of its own."],
    [{ config: { ...gateway, firewall: { enabled: false } } }, "The gateway's firewall is switched off."],
    [{ config: guarded, related: [policy(false)] }, "The firewall policy Shop is disabled."],
  ],
  unknown: [
    { config: guarded },
    { config: guarded, related: [policy()] },
    { config: { ...guarded, tier: undefined } },
  ],
});
