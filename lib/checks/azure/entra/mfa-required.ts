import { asksEveryoneForMfa } from "#lib/checks/azure/access-policies.ts";
import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const mfaRequired = defineCheck({
  id: "azure.entra.mfa-required",
  title: "All users are asked for a second factor",
  severity: "critical",
  resource: "azure.entra.tenant",
  permissions: ["Policy.Read.All"],
  risk: "A registered second factor is of no use where sign-in doesn't ask for it. A password that was phished or guessed is then enough.",
  remediation: {
    text: "Switch security defaults on, or have a conditional access policy ask all users for multifactor authentication at all applications, but for two accounts for emergencies.",
    url: "https://learn.microsoft.com/entra/identity/conditional-access/policy-all-users-mfa-strength",
    console: [
      "Microsoft Entra admin center: Entra ID, Conditional Access, New policy.",
      "Users: All users, but for the accounts for emergencies. Target resources: All resources.",
      "Grant: Require multifactor authentication.",
      "Enable policy: On, and create it.",
    ],
    cli: `az rest --method patch --url "https://graph.microsoft.com/v1.0/policies/identitySecurityDefaultsEnforcementPolicy" --body '{"isEnabled":true}'`,
    terraform: `resource "azuread_conditional_access_policy" "mfa" {
  display_name = "Require MFA of all users"
  state        = "enabled"

  conditions {
    client_app_types = ["all"]
    applications { included_applications = ["All"] }
    users {
      included_users = ["All"]
      excluded_users = var.emergency_account_ids
    }
  }

  grant_controls {
    operator          = "OR"
    built_in_controls = ["mfa"]
  }
}`,
  },
  evaluate: ({ securityDefaults, accessPolicies }) => {
    if (securityDefaults) return pass();
    const judged = (accessPolicies ?? []).map((policy) => ({ policy, asks: asksEveryoneForMfa(policy) }));
    if (judged.some(({ asks }) => asks === true)) return pass();
    if (securityDefaults === undefined) return unknown("security defaults");
    if (accessPolicies === undefined) return unknown("conditional access policies");
    if (judged.some(({ asks }) => asks === undefined))
      return unknown("members of the groups that conditional access leaves out");
    const near = judged.flatMap(({ policy, asks }) => (asks === null ? [] : [`${policy.name} ${asks}`]));
    const without =
      "Security defaults are off, and no conditional access policy asks everyone for a second factor";
    return fail(
      near.length === 0 ? `${without}.` : `${without}: ${near.slice(0, 5).join(", ")}.`,
      "/securityDefaults",
      "/accessPolicies",
    );
  },
});
