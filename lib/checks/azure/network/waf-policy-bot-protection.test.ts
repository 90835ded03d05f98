import { testCheck } from "#lib/checks/test-check.ts";
import { wafPolicyBotProtection } from "./waf-policy-bot-protection.ts";

const policy = (...types: string[]) => ({
  config: { gatewayIds: [], ruleSets: types.map((type) => ({ type, version: "1.0", disabledRules: 0 })) },
});

testCheck(wafPolicyBotProtection, {
  pass: [policy("OWASP", "Microsoft_BotManagerRuleSet"), policy("microsoft_botmanagerruleset")],
  fail: [
    [policy("Microsoft_DefaultRuleSet"), "The policy has no rule set against bots."],
    [policy(), "The policy has no rule set against bots."],
  ],
  unknown: [{ config: { gatewayIds: [] } }],
});
