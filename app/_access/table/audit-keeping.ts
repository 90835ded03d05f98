import { auditArchives, auditHolds } from "#db/audit/schema.ts";
import type { AccessTable, Given } from "../model.ts";

const admins = ["admin"] as const;
const verb = (file: string, name: string) => `lib/audit/${file}.ts#${name}`;
const action = (name: string) => `app/(dashboard)/settings/audit/actions.ts#${name}`;

const policy = { retentionDays: 400, categoryDays: { scan: 500 }, archiveMb: 20 };
const hold = { name: "Case 7", reason: "The court wants it", from: null, to: null };
/** Everybody does it to their own organisation, whose accounts they all see. */
const own = { roles: admins, foreign: "done", unseen: "forbidden" } as const;
const theirs = { roles: admins, foreign: "not_found", unseen: "forbidden" } as const;

export async function placedHold({ db, ids }: Given): Promise<string> {
  const id = "hld_of_the_world";
  const { organisationId } = ids;
  await db.insert(auditHolds).values({ id, organisationId, ...hold, placedBy: ids.userIds.admin });
  return id;
}

/** One whose file this machine doesn't have. */
async function recordedArchive({ db, ids }: Given): Promise<string> {
  const id = "arc_of_the_world";
  const at = new Date("2026-01-01T00:00:00Z");
  await db.insert(auditArchives).values({
    ...{ id, organisationId: ids.organisationId, file: "audit-of-the-world.ndjson.gz", sha256: "00" },
    ...{ size: 1, entries: 1, positions: "{[0,1)}", first: 0, last: 0, from: at, to: at, checkpointSize: 1 },
  });
  return id;
}

/** How long the trail is kept, what holds it, and its archives. */
export const auditKeeping: AccessTable = {
  [verb("keeping/set-policy", "setAuditPolicy")]: { ...own, input: () => ({ ...policy, revision: 0 }) },
  [action("setAuditPolicyAction")]: { ...own, input: () => [policy, 0] },
  [verb("keeping/place-hold", "placeHold")]: { ...own, input: () => hold },
  [action("placeHoldAction")]: { ...own, input: () => [hold] },
  [verb("keeping/lift-hold", "liftHold")]: {
    ...theirs,
    input: async (given) => ({ holdId: await placedHold(given), reason: "It is over" }),
  },
  [action("liftHoldAction")]: {
    ...theirs,
    input: async (given) => [await placedHold(given), "It is over"],
  },
  [verb("archive/archive-now", "requestArchive")]: { ...own, input: () => ({ from: null, to: null }) },
  [action("requestArchiveAction")]: { ...own, input: () => [{ from: null, to: null }] },
  [verb("archive/take-archive", "takeArchive")]: {
    roles: ["auditor", "admin"],
    input: async (given) => ({ archiveId: await recordedArchive(given) }),
    outcome: "unavailable",
    unseen: "forbidden",
  },
  "GET /api/audit/archives/[archiveId]": {
    roles: ["auditor", "admin"],
    input: async (given) => ({ params: { archiveId: await recordedArchive(given) } }),
    outcome: "unavailable",
    unseen: "forbidden",
  },
};
