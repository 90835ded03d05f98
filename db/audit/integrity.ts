import { desc, eq, sql } from "drizzle-orm";
import type { Scope } from "#lib/auth/scope.ts";
import type { Store } from "../client.ts";
import type { AuditIntegrity, IntegrityState, StoredProblem, VerificationView } from "./model.ts";
import { auditAnchors, auditCheckpoints, auditVerifications } from "./schema.ts";
import { requireTrail } from "./where.ts";

/** Entries wait for the sealer a second or two; a minute means that it doesn't run or something keeps it. */
const patienceMs = 60_000;
/** A checkpoint is made each minute while there is something new. */
const checkpointPatienceMs = 180_000;
/** What came last is verified each minute, and everything once a day: what was found long ago says nothing of now. */
export const tailPatienceMs = 900_000;
const wholePatienceMs = 259_200_000;
const mostCounted = 10_000;

/** How the whole trail stands: what is sealed, signed, anchored and verified. */
export async function auditIntegrity(db: Store, scope: Scope, now = Date.now()): Promise<AuditIntegrity> {
  requireTrail(scope);
  const [last] = await db.execute<{
    n: string;
    sealed: string;
    sealedAt: string;
    xidTo: string;
    floor: string;
  }>(
    sql`select n, first + size as sealed, sealed_at as "sealedAt", xid_to::text as "xidTo", floor
        from audit_batches order by n desc limit 1`,
  );
  const [pending] = await db.execute<{ count: string; oldestAt: string | null; xid: string | null }>(sql`
    select count(*) as count, min(at) as "oldestAt", min(xid)::text as xid from (
      select at, xid from audit_entries where xid >= ${last?.xidTo ?? "0"}::xid8 and id > ${last?.floor ?? 0}::bigint limit ${mostCounted}) waiting`);
  const [checkpoint] = await db.select().from(auditCheckpoints).orderBy(desc(auditCheckpoints.id)).limit(1);
  const anchors = await db.select().from(auditAnchors).orderBy(auditAnchors.name);
  const found = {
    sealed: Number(last?.sealed ?? 0),
    batches: last ? Number(last.n) + 1 : 0,
    lastSealedAt: last ? iso(last.sealedAt) : null,
    pending: {
      count: Number(pending?.count ?? 0),
      atLeast: Number(pending?.count ?? 0) === mostCounted,
      oldestAt: pending?.oldestAt ? iso(pending.oldestAt) : null,
    },
    blockedBy: pending?.xid ? await blocker(db, pending.xid) : null,
    checkpoint: checkpoint
      ? {
          size: checkpoint.size,
          root: Buffer.from(checkpoint.root).toString("base64"),
          at: checkpoint.at.toISOString(),
          keyId: checkpoint.keyId,
          note: checkpoint.note,
        }
      : null,
    anchors: anchors.map(({ name, size, at, error, failingSince }) => ({
      ...{ name, size, error },
      at: at?.toISOString() ?? null,
      failingSince: failingSince?.toISOString() ?? null,
    })),
    verification: { all: await newest(db, "all"), tail: await newest(db, "tail") },
  };
  return { ...judge(found, now), ...found };
}

const iso = (at: string) => new Date(at).toISOString();

/** The state, and why it isn't sound. */
export function judge(
  found: Omit<AuditIntegrity, "state" | "reasons">,
  now: number,
): { state: IntegrityState; reasons: string[] } {
  const { pending, checkpoint, anchors, verification, sealed, blockedBy } = found;
  const bad = [verification.all, verification.tail].filter((each) => each?.ok === false);
  const broken = bad.flatMap((each) => each?.problems.slice(0, 1).map(({ detail }) => detail) ?? []);
  const behind: string[] = [];
  if (pending.oldestAt !== null && now - Date.parse(pending.oldestAt) > patienceMs) {
    behind.push(
      blockedBy
        ? `${count(pending)} ${pending.count === 1 ? "waits" : "wait"} to be sealed for a transaction that ${blockedBy.application || "somebody"} has kept open for ${Math.round(blockedBy.sinceMs / 1_000)} s.`
        : `${count(pending)} ${pending.count === 1 ? "has" : "have"} waited to be sealed for more than a minute. Is a worker running?`,
    );
  }
  if (sealed > (checkpoint?.size ?? 0) && found.lastSealedAt !== null) {
    const since = Date.parse(checkpoint?.at ?? found.lastSealedAt);
    if (now - since > checkpointPatienceMs && now - Date.parse(found.lastSealedAt) > checkpointPatienceMs)
      behind.push("No checkpoint has been signed for what was sealed last.");
  }
  const verifiedAt = [verification.all, verification.tail].flatMap((each) =>
    each ? Date.parse(each.endedAt) : [],
  );
  if (verifiedAt.length > 0 && now - Math.max(...verifiedAt) > tailPatienceMs)
    behind.push("Nothing has been verified for more than 15 minutes. Is a worker running?");
  else if (verification.all && now - Date.parse(verification.all.endedAt) > wholePatienceMs)
    behind.push("The whole trail has not been verified for more than three days.");
  for (const { name, error } of anchors)
    if (error !== null) behind.push(`The anchor ${name} fails: ${error}`);
  if (bad.length > 0) return { state: "broken", reasons: broken.concat(behind) };
  if (behind.length > 0) return { state: "behind", reasons: behind };
  if (!verification.all && !verification.tail)
    return { state: "unproven", reasons: ["Nothing of the trail has been verified yet."] };
  return { state: "sound", reasons: [] };
}

const count = ({ count: waiting, atLeast }: AuditIntegrity["pending"]) =>
  `${waiting}${atLeast ? " or more" : ""} ${waiting === 1 ? "entry" : "entries"}`;

/** The oldest transaction that is still open and was begun before the first unsealed entry was written, if any was. */
async function blocker(db: Store, xid: string): Promise<AuditIntegrity["blockedBy"]> {
  const [found] = await db.execute<{ since: string; application: string }>(sql`
    select extract(epoch from clock_timestamp() - xact_start) * 1000 as since, application_name as application
    from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and backend_xid is not null
      and ${xid}::xid8 >= pg_snapshot_xmin(pg_current_snapshot()) and xact_start < clock_timestamp() - interval '5 seconds'
    order by xact_start limit 1`);
  return found ? { sinceMs: Math.round(Number(found.since)), application: found.application } : null;
}

async function newest(db: Store, extent: "all" | "tail"): Promise<VerificationView | null> {
  const [row] = await db
    .select()
    .from(auditVerifications)
    .where(eq(auditVerifications.extent, extent))
    .orderBy(desc(auditVerifications.endedAt))
    .limit(1);
  if (!row) return null;
  return {
    ...{ id: row.id, ok: row.ok, from: row.from, to: row.to },
    problems: row.problems as StoredProblem[],
    startedAt: row.startedAt.toISOString(),
    endedAt: row.endedAt.toISOString(),
  };
}
