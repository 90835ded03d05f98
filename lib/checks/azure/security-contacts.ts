import { fail, pass, unknown, type Verdict } from "#lib/checks/model.ts";
import type { AzureDefenderKinds, SecurityContact } from "#lib/inventory/azure/defender.kinds.ts";

type Defender = AzureDefenderKinds["azure.defender.subscription"];

export const securityContactsPermission = "Microsoft.Security/securityContacts/read";

/**
 * Passes when a contact that is on does what is asked of it.
 *
 * @param lacks The reason when contacts are on, but none does.
 */
export function judgeContacts(
  { contacts }: Defender,
  does: (contact: SecurityContact) => boolean,
  lacks: string,
): Verdict {
  if (contacts === undefined) return unknown("security contacts");
  if (!contacts || contacts.length === 0)
    return fail("The subscription has no security contact.", "/contacts");
  const on = contacts.filter(({ enabled }) => enabled);
  if (on.length === 0) return fail("The subscription's security contact is switched off.", "/contacts");
  return on.some(does) ? pass() : fail(lacks, "/contacts");
}

/** One call sets the whole contact: what it leaves out is taken away. */
export const setSecurityContact = `az rest --method put --url "https://management.azure.com/subscriptions/{account}/providers/Microsoft.Security/securityContacts/default?api-version=2023-12-01-preview" --body '{"properties":{"isEnabled":true,"emails":"SECURITY_ADDRESS","notificationsByRole":{"state":"On","roles":["Owner"]},"notificationsSources":[{"sourceType":"Alert","minimalSeverity":"Medium"},{"sourceType":"AttackPath","minimalRiskLevel":"High"}]}}'`;

export const securityContactTerraform = `resource "azapi_resource" "security_contact" {
  type      = "Microsoft.Security/securityContacts@2023-12-01-preview"
  name      = "default"
  parent_id = "/subscriptions/{account}"
  body = {
    properties = {
      isEnabled           = true
      emails              = "security@example.com"
      notificationsByRole = { state = "On", roles = ["Owner"] }
      notificationsSources = [
        { sourceType = "Alert", minimalSeverity = "Medium" },
        { sourceType = "AttackPath", minimalRiskLevel = "High" },
      ]
    }
  }
}`;
