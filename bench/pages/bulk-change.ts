import { setTimeout as sleep } from "node:timers/promises";
import { changeFindings } from "#lib/findings/change-findings.ts";
import { findingFilter } from "#lib/findings/filter.ts";
import type { SeededDatabase } from "./product.ts";

/** New findings of accounts that together have as many as are to be changed, or a few more. */
export async function chooseFindings({ database: { sql } }: SeededDatabase, wanted: number) {
  const accounts = await sql<{ id: string; count: number }[]>`
    select account_id as id, count(*)::int as count from findings where status = 'open' and state = 'new'
    group by 1 order by 2 desc`;
  const accountIds: string[] = [];
  let count = 0;
  for (const account of accounts) {
    if (count >= wanted) break;
    accountIds.push(account.id);
    count += account.count;
  }
  return { filter: findingFilter({ states: ["new"], accountIds }), expected: count };
}

/** Marks findings as in progress, as the worker does it; answers the seconds from asking to its end. */
export async function measureBulkChange(
  seeded: SeededDatabase,
  target: Awaited<ReturnType<typeof chooseFindings>>,
): Promise<{ seconds: number; changed: number }> {
  const { db, sql } = seeded.database;
  const startedAt = performance.now();
  const { changeId } = await changeFindings(db, seeded.scope, {
    target,
    change: { act: "workflow", workflow: "in_progress" },
  });
  for (;;) {
    const [row] = await sql<{ status: string; changed: number; error: string | null }[]>`
      select status, changed, error from triage_changes where id = ${changeId}`;
    if (row?.status === "done")
      return { seconds: (performance.now() - startedAt) / 1000, changed: row.changed };
    if (!row || row.status === "failed") throw new Error(`The change failed: ${row?.error}`);
    await sleep(50);
  }
}
