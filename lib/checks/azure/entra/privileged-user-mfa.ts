import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const privilegedUserMfa = defineCheck({
  id: "azure.entra.privileged-user-mfa",
  title: "Administrator has registered a second factor",
  severity: "critical",
  resource: "azure.entra.user",
  permissions: ["User.Read.All", "AuditLog.Read.All"],
  risk: "The password of an administrator of the directory is then enough to take over the tenant, and with it every subscription that trusts it.",
  remediation: {
    text: "Have the administrator register a method that resists phishing, such as a passkey, at once; or take the role away.",
    url: "https://learn.microsoft.com/entra/identity/role-based-access-control/best-practices",
    console: [
      "Microsoft Entra admin center: Users; open the user.",
      "Authentication methods, Add authentication method, and follow the steps with the administrator.",
      "Assigned roles: remove those that are not needed.",
    ],
    cli: "az rest --method get --url https://graph.microsoft.com/v1.0/users/{id}/authentication/methods",
    terraform: `resource "azuread_conditional_access_policy" "administrators" {
  display_name = "Require MFA of administrators"
  state        = "enabled"

  conditions {
    client_app_types = ["all"]
    applications { included_applications = ["All"] }
    users { included_roles = ["62e90394-69f5-4237-9190-012177145e10"] }
  }

  grant_controls {
    operator          = "OR"
    built_in_controls = ["mfa"]
  }
}`,
  },
  evaluate: ({ enabled, registration }) => {
    if (enabled === false || registration?.mfaCapable || registration?.isAdmin === false) return pass();
    if (!registration) return unknown("registration of second factors");
    if (enabled === undefined) return unknown("whether the user can sign in");
    return fail(
      "An administrator of the directory has registered no second factor.",
      "/registration/mfaCapable",
    );
  },
});
