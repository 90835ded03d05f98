import type { Cloud } from "#lib/inventory/model.ts";
import { splitAzurePermissions } from "#lib/roles/azure.ts";
import type { Values } from "./methods.ts";
import { awsWays, azureWays, directoryWays, gcpWays, type RoleWay } from "./role-files.ts";

/** The ways to make the role of the identity that fixes, the best one first. */
export function writeRoleWays(cloud: Cloud, permissions: readonly string[], values: Values = {}): RoleWay[] {
  if (cloud === "aws") return awsWays(values, permissions, "write");
  if (cloud === "gcp") return gcpWays(values, permissions, "write");
  const { actions, graph } = splitAzurePermissions(permissions);
  return [
    ...(actions.length > 0 ? azureWays(permissions, "write") : []),
    ...(graph.length > 0 ? directoryWays(permissions) : []),
  ];
}
