import type { RoleKind } from "./aws.ts";
import { hclList, hclString } from "./hcl.ts";

/** Google's limit for the permissions of one custom role. */
export const maxPermissionsPerRole = 3_000;

/** What only a role of the organisation may hold: a role of a project that names one of these is refused. */
const ofOrganisation = /^resourcemanager\.(organizations|folders)\./;

export const splitGcpPermissions = (permissions: readonly string[]) => ({
  project: permissions.filter((permission) => !ofOrganisation.test(permission)),
  organisation: permissions.filter((permission) => ofOrganisation.test(permission)),
});

const words = {
  read: { id: "parapetScanner", title: "Parapet Scanner", account: "parapet-scanner", by: "collectors" },
  write: {
    id: "parapetRemediator",
    title: "Parapet Remediator",
    account: "parapet-remediator",
    by: "playbooks",
  },
};
const about = { read: "Read-only access for Parapet's scans", write: "Approved fixes by Parapet" };

export type GcpRoleOptions = {
  permissions: readonly string[];
  kind?: RoleKind;
  project?: string;
  /** The organisation's number, for what lies above projects. */
  organisation?: string;
  /** Who may act as the service account, such as `serviceAccount:hub@….iam.gserviceaccount.com`. */
  impersonator?: string;
};

export type GcpCustomRole = {
  title: string;
  description: string;
  stage: "GA";
  includedPermissions: string[];
};

/** Custom roles as `gcloud iam roles create --file` takes them (JSON is YAML, too); `null` for one that would be empty. */
export function gcpCustomRoles({ permissions, kind = "read" }: GcpRoleOptions): {
  project: GcpCustomRole;
  organisation: GcpCustomRole | null;
} {
  const { project, organisation } = splitGcpPermissions(permissions);
  const roleOf = (title: string, included: readonly string[]): GcpCustomRole => {
    if (included.length > maxPermissionsPerRole) {
      throw new RangeError(
        `A custom role holds ${maxPermissionsPerRole} permissions, not ${included.length}.`,
      );
    }
    return {
      title,
      description: `${about[kind]}. It allows what the ${words[kind].by} declare, and nothing else.`,
      stage: "GA",
      includedPermissions: [...included],
    };
  };
  return {
    project: roleOf(words[kind].title, project),
    organisation:
      organisation.length > 0 ? roleOf(`${words[kind].title} (above projects)`, organisation) : null,
  };
}

/** A Terraform module of the service account, its roles, and who may act as it. */
export function gcpTerraform(options: GcpRoleOptions): string {
  const { permissions, kind = "read", project, organisation, impersonator } = options;
  const { id, title, account } = words[kind];
  const roles = gcpCustomRoles(options);
  const variable = (name: string, description: string, given: string | undefined, fallback?: string) =>
    [
      `variable ${hclString(name)} {`,
      "  type        = string",
      `  description = ${hclString(description)}`,
      ...(given === undefined && fallback === undefined
        ? []
        : [`  default     = ${given === undefined ? fallback : hclString(given)}`]),
      "}",
    ].join("\n");
  const parts = [
    variable("project_id", "The project that Parapet looks after.", project),
    variable("impersonator", "Who may act as the service account, such as serviceAccount:….", impersonator),
    ...(roles.organisation
      ? [
          variable(
            "organization_id",
            "The organisation's number; empty to leave out what lies above.",
            organisation,
            '""',
          ),
        ]
      : []),
    `# What Google doesn't let custom roles hold is left out, whatever is listed below.
data "google_iam_testable_permissions" "unsupported" {
  full_resource_name   = "//cloudresourcemanager.googleapis.com/projects/\${var.project_id}"
  stages               = ["GA", "BETA"]
  custom_support_level = "NOT_SUPPORTED"
}

locals {
  unsupported = data.google_iam_testable_permissions.unsupported.permissions[*].name
  permissions = ${hclList(splitGcpPermissions(permissions).project, "  ")}
}`,
    `resource "google_service_account" "parapet" {
  project      = var.project_id
  account_id   = ${hclString(account)}
  display_name = ${hclString(title)}
}`,
    `resource "google_project_iam_custom_role" "parapet" {
  project     = var.project_id
  role_id     = ${hclString(id)}
  title       = ${hclString(title)}
  description = ${hclString(about[kind])}
  permissions = [for permission in local.permissions : permission if !contains(local.unsupported, permission)]
}`,
    `resource "google_project_iam_member" "parapet" {
  project = var.project_id
  role    = google_project_iam_custom_role.parapet.id
  member  = google_service_account.parapet.member
}`,
    `resource "google_service_account_iam_member" "impersonator" {
  service_account_id = google_service_account.parapet.name
  role               = "roles/iam.serviceAccountTokenCreator"
  member             = var.impersonator
}`,
    ...(roles.organisation
      ? [
          `resource "google_organization_iam_custom_role" "parapet" {
  count       = var.organization_id == "" ? 0 : 1
  org_id      = var.organization_id
  role_id     = ${hclString(id)}
  title       = ${hclString(roles.organisation.title)}
  description = ${hclString(about[kind])}
  permissions = ${hclList(roles.organisation.includedPermissions, "  ")}
}

resource "google_organization_iam_member" "parapet" {
  count  = var.organization_id == "" ? 0 : 1
  org_id = var.organization_id
  role   = google_organization_iam_custom_role.parapet[0].id
  member = google_service_account.parapet.member
}`,
        ]
      : []),
    `output "service_account" {\n  value = google_service_account.parapet.email\n}`,
  ];
  return `${parts.join("\n\n")}\n`;
}
