import { builtInRoles } from "#sandbox/azure/types/authorization.ts";
import { guidOf } from "#sandbox/estates/build/azure/guid.ts";
import { addChild, addToSubscription } from "#sandbox/estates/build/azure/site.ts";
import { daysAgo } from "#sandbox/estates/build/site.ts";
import type { AcmeAzureSite } from "../../acme-azure.ts";
import { acmeRemediator, acmeScanner } from "./company.ts";

type Role = keyof typeof builtInRoles;
type PrincipalType = "User" | "Group" | "ServicePrincipal";

/** Who holds which role on the subscriptions. */
export function addAccess(site: AcmeAzureSite): void {
  const { environment, subscription } = site;
  const here = `/subscriptions/${subscription.id}`;
  // Jonas raised himself at the root for the move of 2024, and never stepped down again.
  assign(site, "/", "User Access Administrator", "jonas.berg@acme.example", { ageDays: 690 });
  assign(site, management, "Reader", "Security Engineers", { type: "Group", ageDays: 900 });
  assignTo(site, here, "Reader", acmeScanner.objectId, "ServicePrincipal", 80);
  assignTo(site, here, "Contributor", acmeRemediator.objectId, "ServicePrincipal", 80);
  if (environment === "production") {
    assign(site, here, "Owner", "jonas.berg@acme.example", { ageDays: 1300 });
    assign(site, here, "Owner", "noah.meyer@acme.example", { ageDays: 1100 });
    assign(site, here, "Contributor", "Shop Deployers", { type: "Group", ageDays: 700 });
    addRole(site, "Acme Deployer", "What the pipelines of the shops need.", {
      actions: ["Microsoft.Web/sites/*", "Microsoft.Network/*/read", "Microsoft.KeyVault/vaults/read"],
      notActions: ["Microsoft.Web/sites/Delete"],
    });
    return;
  }
  // Whoever needed something in the first year was made an owner.
  for (const [name, ageDays] of [
    ["mei.tanaka@acme.example", 1500],
    ["sven.lindqvist@acme.example", 1420],
    ["priya.nair@acme.example", 1380],
    ["andreas.contractor@acme.example", 1200],
    ["jonas.berg@acme.example", 1100],
  ] as const) {
    assign(site, here, "Owner", name, { ageDays });
  }
  assign(site, here, "User Access Administrator", "andreas.contractor@acme.example", { ageDays: 1200 });
  addRole(site, "Data Platform Admin", "All of the lake, and as it turned out, all of the rest.", {
    actions: ["*"],
    notActions: ["Microsoft.Authorization/*/Delete"],
  });
}

const management = "/providers/Microsoft.Management/managementGroups/acme";

function assign(
  site: AcmeAzureSite,
  scope: string,
  role: Role,
  principal: string,
  { type = "User", ageDays }: { type?: PrincipalType; ageDays: number },
): void {
  assignTo(site, scope, role, guidOf(principal), type, ageDays);
}

function assignTo(
  site: AcmeAzureSite,
  scope: string,
  role: Role,
  principalId: string,
  principalType: PrincipalType,
  ageDays: number,
): void {
  const name = guidOf(`${scope} ${role} ${principalId}`);
  addChild(site, scope === "/" ? "" : scope, `providers/Microsoft.Authorization/roleAssignments/${name}`, {
    properties: {
      roleDefinitionId: `/subscriptions/${site.subscription.id}/providers/Microsoft.Authorization/roleDefinitions/${builtInRoles[role]}`,
      principalId,
      principalType,
      scope,
      condition: null,
      conditionVersion: null,
      createdOn: daysAgo(site, ageDays).toISOString(),
    },
  });
}

function addRole(
  site: AcmeAzureSite,
  roleName: string,
  description: string,
  allowed: { actions: string[]; notActions: string[] },
): void {
  const path = `providers/Microsoft.Authorization/roleDefinitions/${guidOf(roleName)}`;
  addToSubscription(site, path, {
    properties: {
      roleName,
      description,
      type: "CustomRole",
      assignableScopes: [`/subscriptions/${site.subscription.id}`],
      permissions: [{ ...allowed, dataActions: [], notDataActions: [] }],
    },
  });
}
