import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Database, Transaction } from "#db/client.ts";
import { Scope } from "../../auth/scope.ts";
import { appendAudit } from "../append.ts";
import { positionsBetween, type TrailMonth } from "./months.ts";

/** What the database let go of, by organisation. */
export type Released = { organisationId: string; entries: number; first: number; last: number };

/** As in `audit_release`: whoever changes the months holds it. */
const monthsLock = 7_224_011_802;

const tries = 6;

/**
 * Has the database let go of what of a month no policy keeps, no hold covers and an archive is recorded to hold; says so in
 * the trail of each organisation concerned, in the same transaction. Waits for readers and writers a few seconds at a time.
 */
export async function releaseMonth(
  db: Database,
  month: TrailMonth,
  { signal, pauseMs = 3_000 }: { signal?: AbortSignal | undefined; pauseMs?: number } = {},
): Promise<Released[]> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await db.transaction((tx) => release(tx, month));
    } catch (error) {
      if (attempt >= tries || !isPassing(error)) throw error;
      await sleep(pauseMs, undefined, signal ? { signal } : {});
    }
  }
}

const releasedRow = z.object({
  organisationId: z.string(),
  entries: z.coerce.number(),
  first: z.coerce.number(),
  last: z.coerce.number(),
});

async function release(tx: Transaction, month: TrailMonth): Promise<Released[]> {
  // Before any entry is written, or two who release would wait for one another.
  await tx.execute(sql`select pg_advisory_xact_lock(${monthsLock}::bigint)`);
  const expected = await findReleasable(tx, month);
  if (expected.length === 0) return [];
  for (const { organisationId, entries, first, last } of expected) {
    await appendAudit(tx, Scope.ofSystem(organisationId, "audit"), {
      action: "audit.release",
      object: { kind: "audit_month", id: month.name },
      after: { month: month.month, entries, first, last },
    });
  }
  const rows = await tx.execute(sql`
    select of_organisation as "organisationId", released as entries, lowest as first, highest as last
    from audit_release(${month.month}::date) order by 1`);
  const released = rows.map((row) => releasedRow.parse(row));
  if (JSON.stringify(released) !== JSON.stringify(expected)) {
    throw new Error(`Something else was about to leave ${month.name} than was said; nothing did.`);
  }
  return released;
}

async function findReleasable(tx: Transaction, { name }: TrailMonth): Promise<Released[]> {
  const [bounds] = await tx.execute(
    sql`select min(at) as earliest, max(at) as latest from ${sql.identifier(name)}`,
  );
  const { earliest, latest } = boundsRow.parse(bounds);
  if (!earliest || !latest) return [];
  const rows = await tx.execute(sql`
    with archived as materialized (
      select range_agg(positions) as positions from audit_archives
      where "to" >= ${earliest.toISOString()}::timestamptz and "from" <= ${latest.toISOString()}::timestamptz)
    select e.organisation_id as "organisationId", count(*) as entries, min(p.position) as first, max(p.position) as last
    from ${sql.identifier(name)} e join ${positionsBetween(earliest, latest)} p on p.id = e.id, archived
    where p.position <@ archived.positions and audit_leaves(e.organisation_id, e.action, e.at, now())
    group by 1 order by 1`);
  return rows.map((row) => releasedRow.parse(row));
}

const boundsRow = z.object({ earliest: z.coerce.date().nullable(), latest: z.coerce.date().nullable() });

/** Somebody else held what was asked for, or the two held what each other wanted. */
function isPassing(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ("code" in error && (error.code === "55P03" || error.code === "40P01")) return true;
  return isPassing(error.cause);
}
