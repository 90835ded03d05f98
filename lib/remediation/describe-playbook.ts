import type { PlaybookView } from "#db/remediation/model.ts";
import type { Cloud } from "../inventory/model.ts";
import { actionKinds, handlerOf } from "./action-handler.ts";
import type { Playbook } from "./playbook.ts";

type Permissions = PlaybookView["permissions"];

/**
 * What a playbook's actions take of each cloud, for the role that reads and for the one that writes. Loads the clouds'
 * SDKs, at its first call alone.
 */
export async function permissionsOf(playbook: Pick<Playbook, "actions">): Promise<Permissions> {
  const { registerBuiltInActions } = await import("./register.ts");
  registerBuiltInActions();
  const byCloud = new Map<Cloud, { read: Set<string>; write: Set<string> }>();
  for (const { kind, operation, with: given = {} } of playbook.actions) {
    // A kind of one's own that this process doesn't know says nothing of what it takes.
    if (!actionKinds().includes(kind)) continue;
    const { cloud, permissions } = handlerOf(kind).describe({ kind, operation, with: given });
    if (cloud === null) continue;
    const sums = byCloud.get(cloud) ?? { read: new Set(), write: new Set() };
    for (const each of permissions.read) sums.read.add(each);
    for (const each of permissions.write) sums.write.add(each);
    byCloud.set(cloud, sums);
  }
  return [...byCloud].map(([cloud, { read, write }]) => ({
    cloud,
    read: [...read].sort(),
    write: [...write].sort(),
  }));
}

/** The playbook with `permissions` filled in. */
export async function describePlaybook(view: PlaybookView): Promise<PlaybookView> {
  return { ...view, permissions: await permissionsOf(view) };
}
