import { setTimeout as sleep } from "node:timers/promises";
import { changeFindings } from "#lib/findings/change-findings.ts";
import { findingFilter } from "#lib/findings/filter.ts";
import type { SeededDatabase } from "./product.ts";

/**
 * Findings of accounts that together have as many as are to be changed, or a few more: new ones, or ones in progress where
 * an earlier run has made those the more.
 */
export async function chooseFindings({ database: { sql } }: SeededDatabase, wanted: number) {
  const [most] = await sql<{ state: "new" | "in_progress" }[]>`
    select state from findings where state in ('new', 'in_progress') group by 1 order by count(*) desc limit 1`;
  const state = most?.state ?? "new";
  const accounts = await sql<{ id: string; count: number }[]>`
    select account_id as id, count(*)::int as count from findings where status = 'open' and state = ${state}
    group by 1 order by 2 desc`;
  const accountIds: string[] = [];
  let count = 0;
  for (const account of accounts) {
    if (count >= wanted || accountIds.length === 100) break;
    accountIds.push(account.id);
    count += account.count;
  }
  const workflow = state === "new" ? ("in_progress" as const) : ("new" as const);
  return { filter: findingFilter({ states: [state], accountIds }), expected: count, workflow };
}

/** Moves findings on, as the worker does it; answers the seconds from asking to its end. */
export async function measureBulkChange(
  seeded: SeededDatabase,
  { workflow, ...target }: Awaited<ReturnType<typeof chooseFindings>>,
): Promise<{ seconds: number; changed: number }> {
  const { db, sql } = seeded.database;
  const startedAt = performance.now();
  const { changeId } = await changeFindings(db, seeded.scope, {
    target,
    change: { act: "workflow", workflow },
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
