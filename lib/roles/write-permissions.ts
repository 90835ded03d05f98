import type { PlaybookView } from "#db/remediation/model.ts";
import type { Cloud } from "#lib/inventory/model.ts";
import { sessionPermissions, sorted, testPermissions } from "./permissions.ts";

/**
 * Everything that the role of the identity that fixes holds in one cloud: what the actions of playbooks read and call, and
 * what a test of the connection takes. Before it changes something it reads what is there, so it holds both.
 *
 * @param playbooks As `permissionsOf` tells them, of one playbook or of several.
 */
export function writeRolePermissions(cloud: Cloud, playbooks: PlaybookView["permissions"]): string[] {
  const own = playbooks.filter((each) => each.cloud === cloud);
  return sorted([
    ...own.flatMap(({ read, write }) => [...read, ...write]),
    ...sessionPermissions[cloud],
    ...testPermissions[cloud],
  ]);
}
