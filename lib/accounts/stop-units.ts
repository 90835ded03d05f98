import { sql } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { settleScan } from "../scans/store/complete.ts";

/**
 * Ends whatever running scans have not finished reading of an account, and settles those scans. A worker that reads one of
 * its units hears of it, and what it had read counts for nothing. Returns how many units ended.
 *
 * @param reason One sentence, kept with each unit.
 */
export async function stopUnits(
  tx: Transaction,
  { organisationId, id: accountId }: { organisationId: string; id: string },
  reason: string,
): Promise<number> {
  // A scan that ended has no such units; leaving those out spares reading every unit that the account ever had.
  const mine = sql`account_id = ${accountId} and scan_id in (
    select id from scans where organisation_id = ${organisationId} and status in ('running', 'cancelling'))`;
  const end = sql`status = 'cancelled', finished_at = now(), token = null, error = ${reason}`;
  // Before any scan's row is held: a unit that is just being completed holds its own row and wants its scan's next.
  const running = await tx.execute<{ scanId: string }>(sql`
    update scan_units set ${end} where ${mine} and status = 'running' returning scan_id as "scanId"
  `);
  const waiting = await tx.execute<{ scanId: string }>(sql`
    select scan_id as "scanId" from scan_units where ${mine} and status in ('waiting', 'queued')
  `);
  const scanIds = [...new Set([...running, ...waiting].map(({ scanId }) => scanId))].sort();
  let stopped = running.length;
  for (const scanId of scanIds) {
    await tx.execute(sql`select from scans where id = ${scanId} for no key update`);
    const ended = await tx.execute(sql`
      update scan_units set ${end}
      where scan_id = ${scanId} and account_id = ${accountId} and status in ('waiting', 'queued') returning id
    `);
    stopped += ended.length;
    await settleScan(tx, scanId);
  }
  return stopped;
}
