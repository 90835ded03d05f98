import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

const sees = {
  member: "as much of the directory as members",
  limited: "the members of groups that they are in, and look others up",
  other: "what a role of the tenant's own choice allows",
};

export const guestAccess = defineCheck({
  id: "azure.entra.guest-access",
  title: "Guests see nothing of the directory but themselves",
  severity: "medium",
  resource: "azure.entra.tenant",
  permissions: ["Policy.Read.All"],
  risk: "A guest, or whoever took over a guest's account, can list users and groups, and then knows whom to phish next.",
  remediation: {
    text: "Restrict guests to properties and memberships of their own directory objects.",
    url: "https://learn.microsoft.com/entra/identity/users/users-restrict-guest-permissions",
    console: [
      "Microsoft Entra admin center: External Identities, External collaboration settings.",
      "Guest user access: choose the most restrictive.",
      "Save.",
    ],
    cli: `az rest --method patch --url "https://graph.microsoft.com/v1.0/policies/authorizationPolicy" --body '{"guestUserRoleId":"2af84b1e-32c8-42b7-82bc-daa82404023b"}'`,
    terraform: `resource "azuread_authentication_strength_policy" "guests" {
  # What guests may see can't be set by Terraform; this is for a conditional access policy on them.
  display_name         = "Guests"
  allowed_combinations = ["password,microsoftAuthenticatorPush", "federatedMultiFactor"]
}`,
  },
  evaluate: ({ guestAccess: access }) => {
    if (access === undefined) return unknown("authorization policy");
    return access === "restricted" ? pass() : fail(`Guests can see ${sees[access]}.`, "/guestAccess");
  },
});
