import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const securityDefaults = defineCheck({
  id: "azure.entra.security-defaults",
  title: "Entra security defaults are on",
  severity: "medium",
  resource: "azure.entra.tenant",
  permissions: ["Policy.Read.All"],
  risk: "Without them, users need not register a second factor, and old protocols that can't ask for one still work. A tenant then rests on whatever else was set up in their place.",
  remediation: {
    text: "Switch security defaults on. A tenant that has conditional access policies in their place, which exclude them, may accept this finding.",
    url: "https://learn.microsoft.com/entra/fundamentals/security-defaults",
    console: [
      "Microsoft Entra admin center: Entra ID, Overview, Properties.",
      "Manage security defaults: set to Enabled.",
      "Save.",
    ],
    cli: `az rest --method patch --url "https://graph.microsoft.com/v1.0/policies/identitySecurityDefaultsEnforcementPolicy" --body '{"isEnabled":true}'`,
    terraform: `resource "azuread_conditional_access_policy" "mfa" {
  # Security defaults can't be set by Terraform; this asks for a second factor in their place.
  display_name = "Require MFA of all users"
  state        = "enabled"

  conditions {
    client_app_types = ["all"]
    applications { included_applications = ["All"] }
    users { included_users = ["All"] }
  }

  grant_controls {
    operator          = "OR"
    built_in_controls = ["mfa"]
  }
}`,
  },
  evaluate: ({ securityDefaults: areOn, accessPolicies }) => {
    if (areOn === undefined) return unknown("security defaults");
    if (areOn) return pass();
    const enforced = accessPolicies?.filter(({ state }) => state === "enabled").length ?? 0;
    const instead =
      enforced === 0
        ? ""
        : `; ${enforced} conditional access ${enforced === 1 ? "policy is" : "policies are"} on`;
    return fail(`Security defaults are off${instead}.`, "/securityDefaults");
  },
});
