import type { AccountLevel } from "#lib/inventory/collector.ts";
import type { Cloud } from "#lib/inventory/model.ts";
import { collectorsFor } from "#lib/inventory/registry.ts";

/** Permissions that one service takes. */
export type PermissionGroup = { service: string; permissions: readonly string[] };

/** What laying a scan out takes: finding out which account and regions there are. No collector asks for it. */
export const sessionPermissions: Readonly<Record<Cloud, readonly string[]>> = {
  aws: ["ec2:DescribeRegions"],
  azure: ["Microsoft.Resources/subscriptions/read", "Microsoft.Resources/subscriptions/locations/read"],
  gcp: ["compute.regions.list", "resourcemanager.projects.get"],
};

/**
 * What a test of the connection takes in order to say exactly what is missing. Scans do without: then the test tries each
 * list instead. Google Cloud lets anybody ask.
 */
export const testPermissions: Readonly<Record<Cloud, readonly string[]>> = {
  aws: ["iam:GetRole", "iam:ListAccountAliases", "iam:SimulatePrincipalPolicy"],
  azure: ["Microsoft.Authorization/permissions/read"],
  gcp: [],
};

/**
 * What planning a fix reads that no scan does: a plan is made by the identity that reads. Named here, and not taken from
 * the operations, which would bring every SDK along; a test holds it to them.
 */
export const planningPermissions: Readonly<Record<Cloud, readonly string[]>> = {
  aws: [
    "ec2:DescribeNetworkInterfaces",
    "ec2:DescribeSecurityGroupRules",
    "iam:GetGroup",
    "iam:ListGroupsForUser",
  ],
  azure: ["Microsoft.Storage/storageAccounts/blobServices/containers/read"],
  gcp: [
    "cloudsql.instances.get",
    "compute.backendServices.get",
    "compute.firewallPolicies.get",
    "compute.firewalls.get",
    "compute.instances.get",
    "compute.networks.get",
    "compute.regionBackendServices.get",
    "compute.subnetworks.get",
    "iam.serviceAccounts.get",
  ],
};

/** The permissions that scanning an account takes, by service. `account` is what belongs to none. */
export function readPermissions(account: { cloud: Cloud; level: AccountLevel }): PermissionGroup[] {
  const collectors = collectorsFor(account);
  const own = account.level === "directory" ? [] : sessionPermissions[account.cloud];
  const services = [...new Set(collectors.map(({ service }) => service))].map((service) => ({
    service,
    permissions: sorted(
      collectors.filter((each) => each.service === service).flatMap(({ permissions }) => permissions),
    ),
  }));
  const all = own.length > 0 ? [{ service: "account", permissions: sorted(own) }, ...services] : services;
  return all.sort((a, b) => (a.service < b.service ? -1 : 1));
}

/** Everything that the role of the identity that reads holds: for scanning, for planning fixes, and for its test. */
export const readRolePermissions = (cloud: Cloud, level: AccountLevel = "account"): readonly string[] =>
  sorted([
    ...readPermissions({ cloud, level }).flatMap(({ permissions }) => permissions),
    ...(level === "directory" ? [] : [...planningPermissions[cloud], ...testPermissions[cloud]]),
  ]);

export const sorted = (permissions: readonly string[]): string[] => [...new Set(permissions)].sort();
