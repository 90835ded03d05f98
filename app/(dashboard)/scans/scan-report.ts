import type { Database } from "#db/client.ts";
import { getScan, listGapGroups, listScanUnits } from "#db/scans/queries.ts";
import type { Scope } from "#lib/auth/scope.ts";
import type { ScanReport } from "./scan-progress.ts";

/** Throws `not_found`, also for another organisation's scan. */
export async function readScanReport(db: Database, scope: Scope, scanId: string): Promise<ScanReport> {
  const [scan, units, gaps] = await Promise.all([
    getScan(db, scope, scanId),
    listScanUnits(db, scope, scanId),
    listGapGroups(db, scope, scanId),
  ]);
  return { scan, units, gaps, now: new Date().toISOString() };
}
