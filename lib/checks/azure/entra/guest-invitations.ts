import { defineCheck, fail, pass, unknown } from "#lib/checks/model.ts";

const invite: Record<string, string> = {
  adminsGuestInvitersAndAllMembers: "All members may invite guests.",
  everyone: "Everyone may invite guests, guests included.",
};

export const guestInvitations = defineCheck({
  id: "azure.entra.guest-invitations",
  title: "Guests are invited by those in charge alone",
  severity: "low",
  resource: "azure.entra.tenant",
  permissions: ["Policy.Read.All"],
  risk: "Where anyone can invite, accounts from outside pile up that nobody answers for. An intruder can invite an account of their own and come back through it.",
  remediation: {
    text: "Let only administrators, and those with the role Guest Inviter, invite guests.",
    url: "https://learn.microsoft.com/entra/external-id/external-collaboration-settings-configure",
    console: [
      "Microsoft Entra admin center: External Identities, External collaboration settings.",
      "Guest invite settings: Only users assigned to specific admin roles can invite.",
      "Save.",
    ],
    cli: `az rest --method patch --url "https://graph.microsoft.com/v1.0/policies/authorizationPolicy" --body '{"allowInvitesFrom":"adminsAndGuestInviters"}'`,
    terraform: `resource "azuread_directory_role_assignment" "guest_inviter" {
  # Who may invite can't be set by Terraform; this makes someone a Guest Inviter, who may once it is restricted.
  role_id             = azuread_directory_role.guest_inviter.template_id
  principal_object_id = var.principal_id
}`,
  },
  evaluate: ({ guestInviters }) => {
    if (guestInviters === undefined) return unknown("authorization policy");
    if (guestInviters === "none" || guestInviters === "adminsAndGuestInviters") return pass();
    return fail(invite[guestInviters] ?? `Those who may invite guests: ${guestInviters}.`, "/guestInviters");
  },
});
