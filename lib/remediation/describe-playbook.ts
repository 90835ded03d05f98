import type { PlaybookView } from "#db/remediation/model.ts";
import { DomainError } from "../errors.ts";
import type { Cloud } from "../inventory/model.ts";
import {
  ActionRefused,
  type ActionSpec,
  type ActionTraits,
  actionKinds,
  handlerOf,
} from "./action-handler.ts";
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
    const traits = traitsOf({ kind, operation, with: given });
    if (traits === null) continue;
    const { cloud, permissions } = traits;
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

/**
 * Null for what this process can't judge, and so can't say what it takes of a cloud: a kind of one's own that isn't
 * registered here, a script that is allowed no more, a webhook whose address a parameter gives.
 */
function traitsOf(spec: ActionSpec): ActionTraits | null {
  if (!actionKinds().includes(spec.kind)) return null;
  try {
    return handlerOf(spec.kind).describe(spec);
  } catch (error) {
    if (error instanceof DomainError || error instanceof ActionRefused) return null;
    throw error;
  }
}

/** The playbook with `permissions` filled in. */
export async function describePlaybook(view: PlaybookView): Promise<PlaybookView> {
  return { ...view, permissions: await permissionsOf(view) };
}
