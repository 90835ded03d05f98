import type { RoleKind } from "./aws.ts";
import { hclList, hclString } from "./hcl.ts";

/** Actions of Azure Resource Manager have a slash; application permissions of Microsoft Graph don't. */
export const splitAzurePermissions = (permissions: readonly string[]) => ({
  actions: permissions.filter((permission) => permission.includes("/")),
  graph: permissions.filter((permission) => !permission.includes("/")),
});

const words = {
  read: { name: "Parapet Scanner", about: "Read-only access for Parapet's scans", by: "collectors" },
  write: { name: "Parapet Remediator", about: "Approved fixes by Parapet", by: "playbooks" },
};

export type AzureRoleOptions = {
  /** Actions and Graph permissions together, as collectors declare them. */
  permissions: readonly string[];
  kind?: RoleKind;
  /** Subscription ids where the role may be assigned. */
  subscriptions?: readonly string[];
  name?: string;
};

/** A custom role as `az role definition create --role-definition` takes it. */
export function azureCustomRole(options: AzureRoleOptions): Record<string, unknown> {
  const { permissions, kind = "read", subscriptions = [], name = words[kind].name } = options;
  return {
    Name: name,
    IsCustom: true,
    Description: `${words[kind].about}. It allows what the ${words[kind].by} declare, and nothing else.`,
    Actions: splitAzurePermissions(permissions).actions,
    NotActions: [],
    DataActions: [],
    NotDataActions: [],
    AssignableScopes:
      subscriptions.length > 0
        ? subscriptions.map((id) => `/subscriptions/${id}`)
        : ["/subscriptions/00000000-0000-0000-0000-000000000000"],
  };
}

/** A Terraform module of the application, its role in each subscription and its permissions in the directory. */
export function azureTerraform(options: AzureRoleOptions): string {
  const { permissions, kind = "read", subscriptions = [], name = words[kind].name } = options;
  const { actions, graph } = splitAzurePermissions(permissions);
  const parts = [
    `variable "subscription_ids" {
  type        = list(string)
  description = "The subscriptions that Parapet ${kind === "read" ? "reads" : "fixes"}."${
    subscriptions.length > 0 ? `\n  default     = ${hclList(subscriptions, "  ")}` : ""
  }
}`,
    `data "azuread_client_config" "current" {}`,
    `resource "azuread_application" "parapet" {
  display_name = ${hclString(name)}
  owners       = [data.azuread_client_config.current.object_id]
}`,
    `resource "azuread_service_principal" "parapet" {
  client_id = azuread_application.parapet.client_id
}`,
    `resource "azurerm_role_definition" "parapet" {
  name              = ${hclString(name)}
  description       = ${hclString(words[kind].about)}
  scope             = "/subscriptions/\${var.subscription_ids[0]}"
  assignable_scopes = [for id in var.subscription_ids : "/subscriptions/\${id}"]
  permissions {
    actions = ${hclList(actions, "    ")}
  }
}`,
    `resource "azurerm_role_assignment" "parapet" {
  for_each           = toset(var.subscription_ids)
  scope              = "/subscriptions/\${each.value}"
  role_definition_id = azurerm_role_definition.parapet.role_definition_resource_id
  principal_id       = azuread_service_principal.parapet.object_id
}`,
    ...(graph.length > 0 ? [graphTerraform(graph)] : []),
    `output "client_id" {\n  value = azuread_application.parapet.client_id\n}`,
    `output "tenant_id" {\n  value = data.azuread_client_config.current.tenant_id\n}`,
  ];
  return `${parts.join("\n\n")}\n`;
}

const graphTerraform = (
  graph: readonly string[],
) => `data "azuread_application_published_app_ids" "well_known" {}

resource "azuread_service_principal" "graph" {
  client_id    = data.azuread_application_published_app_ids.well_known.result.MicrosoftGraph
  use_existing = true
}

# Assigning these is the administrator's consent.
resource "azuread_app_role_assignment" "parapet" {
  for_each            = toset(${hclList(graph, "  ")})
  app_role_id         = azuread_service_principal.graph.app_role_ids[each.value]
  principal_object_id = azuread_service_principal.parapet.object_id
  resource_object_id  = azuread_service_principal.graph.object_id
}`;
