import { sql } from "drizzle-orm";
import type { Database } from "../client.ts";
import { findingCountChanges, findingCountLog, findingCounts } from "./schema.ts";

/** One number for all processes: only one folds at a time. */
const lockKey = 7_264_001;

/** How long folded changes are kept, for processes that hold the counts of an earlier snapshot. */
export const keptMinutes = 10;

const columns = sql.raw(
  "organisation_id, account_id, check_id, service, region, severity, state, assignee_id, owner, source",
);

/**
 * Adds what has been written of changes to the counts, and moves them to the log: in one transaction, so whoever sums
 * counts and changes sees the same before and after. Answers how many rows it took; 0 also when another process is at it.
 */
export async function foldFindingCounts(db: Database): Promise<number> {
  return db.transaction(async (tx) => {
    const [lock] = await tx.execute<{ held: boolean }>(
      sql`select pg_try_advisory_xact_lock(${lockKey}) as held`,
    );
    if (!lock?.held) return 0;
    const [taken] = await tx.execute<{ rows: number }>(sql`
      with taken as (delete from ${findingCountChanges} returning *),
        summed as (
          select ${columns}, sum(findings)::int as findings from taken
          group by ${columns} having sum(findings) <> 0
        ),
        added as (
          insert into ${findingCounts} (${columns}, findings) select ${columns}, findings from summed
          on conflict (organisation_id, state, account_id, check_id, region, severity, assignee_id, owner, source, service)
          do update set findings = ${findingCounts}.findings + excluded.findings
        ),
        logged as (
          insert into ${findingCountLog} (${columns}, findings, writer) select ${columns}, findings, writer from taken
        )
      select count(*)::int as rows from taken`);
    if (taken?.rows) await tx.execute(sql`delete from ${findingCounts} where ${findingCounts.findings} = 0`);
    await tx.execute(
      sql`delete from ${findingCountLog} where ${findingCountLog.foldedAt} < now() - make_interval(mins => ${keptMinutes})`,
    );
    return taken?.rows ?? 0;
  });
}
