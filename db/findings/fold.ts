import { sql } from "drizzle-orm";
import type { Database } from "../client.ts";
import { findingCountChanges, findingCountLog, findingCounts } from "./schema.ts";

/** One number for all processes: only one folds at a time. */
const lockKey = 7_264_001;

/** How long folded changes are kept, for processes that hold the counts of an earlier snapshot. */
export const keptMinutes = 10;

const keys = [
  "organisation_id",
  "account_id",
  "check_id",
  "service",
  "region",
  "severity",
  "state",
  "assignee_id",
  "owner",
  "source",
];
const columns = sql.raw(keys.join(", "));

/**
 * Adds what has been written of changes to the counts, and moves them to the log: in one transaction, so whoever sums
 * counts and changes sees the same before and after. Answers how many counts it touched; 0 also when another process is
 * at it.
 */
export async function foldFindingCounts(db: Database): Promise<number> {
  return db.transaction(async (tx) => {
    const [lock] = await tx.execute<{ held: boolean }>(
      sql`select pg_try_advisory_xact_lock(${lockKey}) as held`,
    );
    if (!lock?.held) return 0;
    const folded = await tx.execute(sql`
      with taken as (delete from ${findingCountChanges} returning *),
        logged as (
          insert into ${findingCountLog} (${columns}, findings, writer) select ${columns}, findings, writer from taken
        )
      merge into ${findingCounts} c
      using (select ${columns}, sum(findings)::int as findings from taken group by ${columns} having sum(findings) <> 0) t
      on ${sql.join(
        keys.map((key) => sql.raw(`c.${key} = t.${key}`)),
        sql` and `,
      )}
      when matched and c.findings + t.findings = 0 then delete
      when matched then update set findings = c.findings + t.findings
      when not matched then insert (${columns}, findings) values (${sql.raw(keys.map((key) => `t.${key}`).join(", "))}, t.findings)`);
    await tx.execute(
      sql`delete from ${findingCountLog} where ${findingCountLog.foldedAt} < now() - make_interval(mins => ${keptMinutes})`,
    );
    return folded.count;
  });
}

/** Between two foldings: as long as sums of few changes cost next to nothing. */
const everyMs = 5_000;

/** Folds again and again until the answered function is called, which waits for a folding under way. */
export function keepFolding(db: Database, onError: (error: unknown) => void): () => Promise<void> {
  let under: Promise<unknown> = Promise.resolve();
  let busy = false;
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    under = foldFindingCounts(db)
      .catch(onError)
      .finally(() => {
        busy = false;
      });
  }, everyMs);
  return async () => {
    clearInterval(timer);
    await under;
  };
}
