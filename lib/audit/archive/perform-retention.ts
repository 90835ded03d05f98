import type { Database } from "#db/client.ts";
import { Scope } from "../../auth/scope.ts";
import { type ArchiveOptions, archiveMonth } from "./archive-month.ts";
import { archiveFolder, clearHalves } from "./folder.ts";
import { findLeaving, listMonths } from "./months.ts";
import { recordArchiveFailure } from "./record-archive.ts";
import { type Released, releaseMonth } from "./release-month.ts";

export type RetentionRun = { archived: number; released: (Released & { month: string })[] };

/**
 * Archives what organisations keep no longer, and then has the database let go of it, month by month. Safe to repeat: what
 * was archived and not let go of yet isn't archived again. Where a month fails, the others go on, the trail says so, and the
 * first failure is thrown at the end.
 */
export async function performRetention(
  db: Database,
  options: Partial<ArchiveOptions> & { pauseMs?: number } = {},
): Promise<RetentionRun> {
  const { folder = archiveFolder(), signal, pauseMs } = options;
  await clearHalves(folder);
  const run: RetentionRun = { archived: 0, released: [] };
  const failures: unknown[] = [];
  for (const month of await listMonths(db)) {
    signal?.throwIfAborted();
    const leaving = await findLeaving(db, month);
    const failedBefore = failures.length;
    for (const each of leaving) {
      try {
        run.archived += await archiveMonth(db, month, each, { ...options, folder });
      } catch (error) {
        signal?.throwIfAborted();
        failures.push(error);
        const scope = Scope.ofSystem(each.organisationId, "audit");
        await recordArchiveFailure(db, scope, error, month);
      }
    }
    // What the database lets go of by is that a file was recorded: one that is lost by now was to be written anew here.
    if (leaving.length === 0 || failures.length > failedBefore) continue;
    try {
      const released = await releaseMonth(db, month, {
        signal,
        ...(pauseMs === undefined ? {} : { pauseMs }),
      });
      run.released.push(...released.map((each) => ({ ...each, month: month.name })));
    } catch (error) {
      signal?.throwIfAborted();
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
  return run;
}
