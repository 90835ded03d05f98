import { and, desc, eq, lt, sql } from "drizzle-orm";
import { auditVerifications } from "#db/audit/schema.ts";
import type { Database } from "#db/client.ts";
import type { Anchor } from "../anchors/anchor.ts";
import { type AuditKeyring, auditKeyring } from "../keys.ts";
import type { Problem } from "./problem.ts";
import { problemKey } from "./problem.ts";
import { tellBroken } from "./tell-broken.ts";
import { type TrailVerification, verifyTrail } from "./verify-trail.ts";

export type VerifyJob = {
  db: Database;
  /** The same database, for threads with connections of their own. */
  url: string;
  anchors: readonly Anchor[];
  /** The folder of archives. */
  archives: string | null;
  keyring?: AuditKeyring;
  signal?: AbortSignal;
  now?: Date;
};

/** Problems kept with a verification. */
const keptProblems = 100;
const dayMs = 86_400_000;
/** What found nothing is forgotten after a month; what found something, after two years. */
const [keepSoundMs, keepBrokenMs] = [30 * dayMs, 730 * dayMs];

/**
 * Verifies the trail by itself: everything, or what was sealed since it was sound last. Keeps what it found, and tells
 * auditors and administrators of what wasn't known before.
 */
export async function performVerify(job: VerifyJob, extent: "tail" | "all"): Promise<TrailVerification> {
  const { db, url, anchors, archives, keyring: keys = auditKeyring(), signal, now = new Date() } = job;
  const from = extent === "all" ? 0 : await findStart(db);
  const found = await verifyTrail({
    ...{ url, keys, anchors, from, archives: extent === "all" ? archives : null },
    ...(signal ? { signal } : {}),
  });
  await db.transaction(async (tx) => {
    const known = await knownProblems(tx);
    const [made] = await tx
      .insert(auditVerifications)
      .values({
        ...{ extent, from: found.from, to: found.to, ok: found.ok, startedAt: now },
        problems: found.problems.slice(0, keptProblems),
      })
      .returning({ id: auditVerifications.id });
    const fresh = found.problems.filter((problem) => !known.has(problemKey(problem)));
    if (made && fresh.length > 0) await tellBroken(tx, made.id, found.problems.length, fresh);
    await forget(tx, now);
  });
  return found;
}

/** What came before was verified: up to where it was sound last, or from where it wasn't. */
async function findStart(db: Database): Promise<number> {
  const newest = (extent: "tail" | "all") =>
    db
      .select()
      .from(auditVerifications)
      .where(eq(auditVerifications.extent, extent))
      .orderBy(desc(auditVerifications.endedAt))
      .limit(1);
  const [tail] = await newest("tail");
  const [all] = await newest("all");
  // What a complete verification found is kept with that one; the tail goes on behind it.
  if (!tail) return all?.to ?? 0;
  if (tail.ok) return tail.to;
  return all && all.endedAt > tail.endedAt ? all.to : tail.from;
}

type Tx = Parameters<typeof tellBroken>[0];

/** What the newest verification of either extent found. */
async function knownProblems(tx: Tx): Promise<Set<string>> {
  const rows = await tx.execute<{ problems: Problem[] }>(sql`
    select distinct on (extent) problems from audit_verifications order by extent, ended_at desc`);
  return new Set(rows.flatMap(({ problems }) => problems.map(problemKey)));
}

async function forget(tx: Tx, now: Date): Promise<void> {
  const before = (ms: number) => new Date(now.getTime() - ms);
  await tx
    .delete(auditVerifications)
    .where(and(eq(auditVerifications.ok, true), lt(auditVerifications.endedAt, before(keepSoundMs))));
  await tx.delete(auditVerifications).where(lt(auditVerifications.endedAt, before(keepBrokenMs)));
}
