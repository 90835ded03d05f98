import { sql } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { isReadIn } from "#lib/inventory/collector.ts";
import type { Cloud } from "#lib/inventory/model.ts";
import { collectorsOf } from "#lib/inventory/registry.ts";
import { readClock, recordGaps, settleScan, writeCoverage } from "./complete.ts";
import { recordUnitFailure } from "./record-end.ts";
import type { Attempt } from "./staging.ts";

/** Drops what an attempt staged and did not merge. */
export async function discardStaged(db: Database, attempt: Attempt): Promise<void> {
  await db.execute(sql`delete from scan_staging where token = ${attempt.token}`);
}

/** Drops what attempts left behind whose worker died: staged rows that no unit owns any more. */
export async function sweepStaging(db: Database): Promise<void> {
  await db.execute(sql`
    delete from scan_staging s where not exists (select from scan_units u where u.token = s.token)
  `);
}

/** Ends a unit as cancelled if its scan is being cancelled or its account disabled; else leaves it alone. */
export async function cancelIfStopped(db: Database, unitId: string): Promise<void> {
  await db.transaction(async (tx) => {
    const [unit] = await tx.execute<{ scanId: string }>(sql`
      update scan_units u set status = 'cancelled', finished_at = now(), token = null from scans s, accounts a
      where u.id = ${unitId} and u.status in ('waiting', 'queued', 'running') and s.id = u.scan_id
        and a.id = u.account_id and (s.status <> 'running' or a.disabled_at is not null)
      returning u.scan_id as "scanId"
    `);
    if (unit) await settleScan(tx, unit.scanId);
  });
}

/** Ends a scan that could not be laid out. */
export async function failPlan(db: Database, scanId: string, reason: string): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.execute(sql`
      update scans set planned_at = now(), error = ${reason} where id = ${scanId} and planned_at is null
    `);
    await settleScan(tx, scanId);
  });
}

/** Ends a unit whose every attempt failed. What it should have read is a gap, and nothing of it is resolved. */
export async function failUnit(db: Database, unitId: string, reason: string): Promise<void> {
  await db.transaction(async (tx) => {
    const [unit] = await tx.execute<Attempt & { kinds: string[] | null; cloud: Cloud }>(sql`
      update scan_units u set status = 'failed', finished_at = now(), token = null, error = ${reason}, gaps = 1
      from accounts a
      where u.id = ${unitId} and u.status in ('queued', 'running') and a.id = u.account_id
      returning u.id as "unitId", u.scan_id as "scanId", u.organisation_id as "organisationId",
        u.account_id as "accountId", u.service, u.region, u.kinds, a.cloud
    `);
    if (!unit) return;
    const kinds = unit.kinds ?? kindsOf(unit);
    const gap = { kind: null, resourceUid: null, operation: `${unit.service} ${unit.region}` };
    await recordGaps(tx, unit, [{ ...gap, code: "unavailable", message: reason }]);
    await writeCoverage(tx, unit, { kinds, incomplete: kinds, clean: false }, await readClock(tx));
    await recordUnitFailure(tx, unit, unit.region);
    await settleScan(tx, unit.scanId);
  });
}

const kindsOf = ({ cloud, service, region }: { cloud: Cloud; service: string; region: string }): string[] =>
  collectorsOf(cloud, service)
    .filter((collector) => isReadIn(region, collector))
    .map((collector) => collector.kind);
