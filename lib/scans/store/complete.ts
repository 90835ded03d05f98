import { sql } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { withoutNul } from "#db/insert-rows.ts";
import { coverageGaps } from "#db/scans/schema.ts";
import type { Gap } from "#lib/inventory/model.ts";
import { enqueue, enqueueUnits } from "#lib/jobs/queue.ts";
import type { UnitReading } from "../sink.ts";
import { array, type CatalogueIds, type MergeCounts, mergeUnit } from "./merge.ts";
import { recordScanEnd } from "./record-end.ts";
import type { Attempt, StagingSink } from "./staging.ts";

/** The attempt lost its unit: another one holds it, or the scan was cancelled. What it staged must not count. */
export class AttemptSuperseded extends Error {
  override readonly name = "AttemptSuperseded";
}

/** What was read is older than what another scan of the same place has merged since; it has to be read again. */
export class ReadingOutdated extends Error {
  override readonly name = "ReadingOutdated";
}

/** The staging table lost rows, which happens when the database crashed in between; the unit has to be read again. */
export class StagingLost extends Error {
  override readonly name = "StagingLost";
}

export type Usage = { calls: number; throttles: number };

/**
 * Holds the unit for this attempt until the transaction ends; throws AttemptSuperseded when it isn't ours any more. Merges
 * into one account take turns, since each counts what the others may be changing.
 */
export async function holdUnit(tx: Transaction, attempt: Attempt): Promise<void> {
  const held = await tx.execute(sql`
    select from scan_units where id = ${attempt.unitId} and token = ${attempt.token} and status = 'running' for no key update
  `);
  if (held.length === 0) throw new AttemptSuperseded(`Another attempt holds unit ${attempt.unitId}.`);
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${attempt.accountId}, 0))`);
}

/** Merges what an attempt staged, ends its unit, and with the last unit the scan: all in the caller's transaction. */
export async function completeUnit(
  tx: Transaction,
  attempt: Attempt,
  sink: StagingSink,
  reading: UnitReading,
  catalogue: CatalogueIds,
  usage: Usage,
): Promise<void> {
  await holdUnit(tx, attempt);
  await refuseOutdated(tx, attempt, reading.kinds);
  const [staged] = await tx.execute<{ rows: number }>(
    sql`select count(*)::int as rows from scan_staging where token = ${attempt.token}`,
  );
  if (staged?.rows !== sink.rows) {
    throw new StagingLost(`Staged ${sink.rows} rows and found ${staged?.rows ?? 0}.`);
  }
  const at = await readClock(tx);
  const counts = await mergeUnit(tx, {
    ...attempt,
    kinds: reading.kinds,
    clean: reading.clean,
    catalogue,
    at,
  });
  await writeCoverage(tx, attempt, reading, at);
  await recordGaps(tx, attempt, sink.gaps);
  await tx.execute(sql`delete from scan_staging where token = ${attempt.token}`);
  await endUnit(tx, attempt, {
    status: reading.clean ? "done" : "gap",
    resources: reading.resources,
    gaps: sink.gaps.length + sink.surplusGaps,
    ...counts,
    ...usage,
  });
}

/** A scan that began to read before another one's merge would undo what that one saw. */
async function refuseOutdated(tx: Transaction, attempt: Attempt, kinds: readonly string[]): Promise<void> {
  const newer = await tx.execute(sql`
    select from coverage c join scan_units u on u.id = ${attempt.unitId}
    where c.account_id = ${attempt.accountId} and c.service = ${attempt.service} and c.region = ${attempt.region}
      and c.kind = any(${array(kinds)}) and c.scan_id <> ${attempt.scanId} and c.tried_at > u.started_at limit 1
  `);
  if (newer.length > 0)
    throw new ReadingOutdated(`Unit ${attempt.unitId} was read by another scan meanwhile.`);
}

/** Now, by the database's clock: workers' own may differ, and what they write is compared. */
export async function readClock(tx: Transaction): Promise<Date> {
  const [clock] = await tx.execute<{ now: string }>(sql`select clock_timestamp() as now`);
  if (!clock) throw new Error("The database has no clock.");
  return new Date(clock.now);
}

export async function recordGaps(tx: Transaction, attempt: Attempt, gaps: readonly Gap[]): Promise<void> {
  if (gaps.length === 0) return;
  const { organisationId, scanId, unitId, accountId } = attempt;
  await tx.insert(coverageGaps).values(
    gaps.map((gap) => ({
      organisationId,
      scanId,
      unitId,
      accountId,
      ...gap,
      resourceUid: gap.resourceUid === null ? null : withoutNul(gap.resourceUid),
      message: withoutNul(gap.message),
    })),
  );
}

/** Says of each kind when it was last tried, and whether it was read whole. */
export async function writeCoverage(
  tx: Transaction,
  attempt: Attempt,
  reading: Pick<UnitReading, "kinds" | "clean" | "incomplete">,
  at: Date,
): Promise<void> {
  const moment = sql`${at.toISOString()}::timestamptz`;
  await tx.execute(sql`
    insert into coverage (organisation_id, account_id, service, region, kind, scan_id, tried_at, complete, clean, clean_at)
    select ${attempt.organisationId}, ${attempt.accountId}, ${attempt.service}, ${attempt.region}, kind,
      ${attempt.scanId}, ${moment}, kind <> all(${array(reading.incomplete)}), ${reading.clean},
      case when ${reading.clean} then ${moment} end
    from unnest(${array(reading.kinds)}) as kind
    on conflict (account_id, service, region, kind) do update set scan_id = excluded.scan_id,
      tried_at = excluded.tried_at, complete = excluded.complete, clean = excluded.clean,
      clean_at = coalesce(excluded.clean_at, coverage.clean_at)
  `);
}

type UnitEnd = Partial<MergeCounts & Usage> & {
  status: "done" | "gap" | "failed" | "cancelled";
  resources?: number;
  gaps?: number;
  error?: string;
};

/** Ends a unit that `holdUnit` holds, and settles its scan. */
export async function endUnit(tx: Transaction, attempt: Attempt, end: UnitEnd): Promise<void> {
  await tx.execute(sql`
    update scan_units set status = ${end.status}, finished_at = now(), token = null, error = ${end.error ?? null},
      resources = ${end.resources ?? 0}, gaps = ${end.gaps ?? 0}, changed = ${end.changed ?? 0},
      calls = ${end.calls ?? 0}, throttles = ${end.throttles ?? 0}, opened = ${end.opened ?? 0},
      resolved = ${end.resolved ?? 0}, reopened = ${end.reopened ?? 0}
    where id = ${attempt.unitId}
  `);
  await settleScan(tx, attempt.scanId);
}

/**
 * Lets an account's relations unit go once the account's other units are through, and ends the scan after the last unit.
 * The scan's row lock makes two units that end at the same moment take turns, so that one of them sees both through.
 */
export async function settleScan(tx: Transaction, scanId: string): Promise<void> {
  const [scan] = await tx.execute<{ organisationId: string }>(
    sql`select organisation_id as "organisationId" from scans where id = ${scanId} for no key update`,
  );
  if (!scan) return;
  const released = await tx.execute<{ id: string; accountId: string }>(sql`
    update scan_units u set status = 'queued'
    where u.scan_id = ${scanId} and u.status = 'waiting' and not exists (
      select from scan_units o
      where o.scan_id = u.scan_id and o.account_id = u.account_id and o.status in ('queued', 'running')
    )
    returning u.id, u.account_id as "accountId"
  `);
  await enqueueUnits(tx, released);
  const [ended] = await tx.execute<{ trigger: string; status: string; ms: number }>(sql`
    update scans s set finished_at = now(),
      status = case when status = 'cancelling' then 'cancelled'
        when error is not null then 'failed' else 'completed' end
    where s.id = ${scanId} and s.planned_at is not null and s.status in ('running', 'cancelling') and not exists (
      select from scan_units u where u.scan_id = s.id and u.status in ('waiting', 'queued', 'running')
    )
    returning s.trigger, s.status, extract(epoch from s.finished_at - s.created_at)::float8 * 1000 as ms
  `);
  if (ended) await recordScanEnd(tx, { id: scanId, organisationId: scan.organisationId, ...ended });
  if (ended?.trigger === "fix") await enqueueVerification(tx, scanId);
  await notifyScan(tx, scan.organisationId, scanId);
}

/** Has the plans judged whose resources the scan was begun to read again. */
async function enqueueVerification(tx: Transaction, scanId: string): Promise<void> {
  const plans = await tx.execute<{ planId: string }>(
    sql`select distinct plan_id as "planId" from remediation_targets where scan_id = ${scanId}`,
  );
  await enqueue(
    tx,
    "remediation-verify",
    plans.map((data) => ({ data })),
  );
}

/** The channel on which browsers and workers hear that something about a scan has changed. */
export const scanChannel = "parapet_scan";

/** Tells listeners of a scan's change when the transaction commits. */
export async function notifyScan(tx: Transaction, organisationId: string, scanId: string): Promise<void> {
  await tx.execute(sql`select pg_notify(${scanChannel}, ${JSON.stringify({ organisationId, scanId })})`);
}
