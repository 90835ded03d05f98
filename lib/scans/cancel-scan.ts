import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Transaction } from "#db/client.ts";
import type { Scope } from "#lib/auth/scope.ts";
import { DomainError } from "#lib/errors.ts";
import { defineMutation } from "#lib/mutation.ts";
import { settleScan } from "./store/complete.ts";

export const CancelScanInput = z.object({ scanId: z.string().min(1).max(100) });

/**
 * Cancels a running scan. Units not begun end at once, those under way as soon as their worker hears of it; what was
 * merged before stays, and nothing unread is resolved.
 */
export const cancelScan = defineMutation({
  permission: "scans:run",
  act: { action: "scan.cancel", kind: "scan", id: "scanId" },
  input: CancelScanInput,
  run: async ({ tx, scope, input }) => {
    await requireWholeScan(tx, scope, input.scanId);
    const cancelled = await tx.execute(sql`
      update scans set status = 'cancelling', planned_at = coalesce(planned_at, now())
      where id = ${input.scanId} and organisation_id = ${scope.organisationId} and status = 'running' returning id
    `);
    if (cancelled.length === 0) {
      const [scan] = await tx.execute<{ status: string }>(
        sql`select status from scans where id = ${input.scanId} and organisation_id = ${scope.organisationId}`,
      );
      if (!scan) throw new DomainError("not_found", "There is no such scan.");
      throw new DomainError("conflict", `The scan is ${scan.status}; only a running one can be cancelled.`);
    }
    await tx.execute(sql`
      update scan_units set status = 'cancelled', finished_at = now()
      where scan_id = ${input.scanId} and status in ('waiting', 'queued')
    `);
    await settleScan(tx, input.scanId);
    return {
      result: { scanId: input.scanId },
      audit: { action: "scan.cancel", object: { kind: "scan", id: input.scanId } },
    };
  },
});

/** Whoever sees only some accounts cancels what reads no others: a scan that does is not theirs to end. */
async function requireWholeScan(tx: Transaction, scope: Scope, scanId: string): Promise<void> {
  if (!scope.accountIds) return;
  const rows = await tx.execute<{ accountId: string }>(sql`
    select distinct account_id as "accountId" from scan_units
    where scan_id = ${scanId} and organisation_id = ${scope.organisationId}
    union
    select jsonb_array_elements_text(scope -> 'accountIds') from scans
    where id = ${scanId} and organisation_id = ${scope.organisationId}
  `);
  const visible = new Set(scope.accountIds);
  const isSeen = ({ accountId }: { accountId: string }) => visible.has(accountId);
  if (!rows.some(isSeen)) throw new DomainError("not_found", "There is no such scan.");
  if (rows.every(isSeen)) return;
  throw new DomainError(
    "forbidden",
    "Nothing was changed: this scan also reads accounts that you don't see. Ask an administrator to cancel it.",
  );
}
