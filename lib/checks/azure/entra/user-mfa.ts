import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

export const userMfa = defineCheck({
  id: "azure.entra.user-mfa",
  title: "User has registered a second factor",
  severity: "high",
  resource: "azure.entra.user",
  context: ["azure.entra.tenant"],
  permissions: ["User.Read.All", "AuditLog.Read.All", "Policy.Read.All"],
  risk: "Whoever learns the password of such a user can sign in as them, and register a second factor of their own.",
  remediation: {
    text: "Have the user register a method at https://aka.ms/mfasetup, or disable the account if nobody uses it.",
    url: "https://learn.microsoft.com/entra/identity/authentication/howto-mfa-userdevicesettings",
    console: [
      "Microsoft Entra admin center: Users; open the user.",
      "Authentication methods: Require re-register multifactor authentication, or add a method with the user.",
      "Have the user sign in, and follow the steps.",
    ],
    cli: "az rest --method get --url https://graph.microsoft.com/v1.0/users/{id}/authentication/methods",
    terraform: `resource "azuread_authentication_strength_policy" "mfa" {
  # What a user registers can't be set by Terraform; a conditional access policy with this asks for it at sign-in.
  display_name         = "Second factor"
  allowed_combinations = ["fido2", "windowsHelloForBusiness", "password,microsoftAuthenticatorPush"]
}`,
  },
  evaluate: ({ enabled, isGuest, registration }, { related }) => {
    if (enabled === false || registration?.mfaCapable) return pass();
    if (!registration) return unknown("registration of second factors");
    if (enabled === undefined) return unknown("whether the user can sign in");
    if (isGuest) {
      const { items, complete } = related.of("azure.entra.tenant");
      const isTrusted = items.some(({ config }) => config.trustsForeignMfa !== false);
      // A guest may show a second factor at home that this tenant believes but can't see.
      if (!complete || items.length === 0 || isTrusted)
        return unknown("second factor in the guest's own tenant");
    }
    return fail(
      registration.mfaRegistered
        ? "The user has registered no second factor that the tenant allows."
        : "The user has registered no second factor.",
      "/registration/mfaCapable",
    );
  },
});
