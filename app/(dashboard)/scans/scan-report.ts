import type { Database } from "#db/client.ts";
import { listGapGroups } from "#db/scans/gaps.ts";
import { getPreviousScan, getScan } from "#db/scans/queries.ts";
import { listServiceTimes } from "#db/scans/service-times.ts";
import { listAccountProgress, listScanUnits } from "#db/scans/units.ts";
import type { Scope } from "#lib/auth/scope.ts";
import { isUnderWay, mostDrawnUnits, type ScanReport, unitsIn } from "./scan-progress.ts";

/** Throws `not_found`, also for another organisation's scan. */
export async function readScanReport(db: Database, scope: Scope, scanId: string): Promise<ScanReport> {
  const scan = await getScan(db, scope, scanId);
  const ended = !isUnderWay(scan);
  const [accounts, units, attention, gaps, services, slowest, previous] = await Promise.all([
    listAccountProgress(db, scope, scanId),
    unitsIn(scan) <= mostDrawnUnits ? listScanUnits(db, scope, scanId) : [],
    listScanUnits(db, scope, scanId, { statuses: ["failed", "gap"], limit: 100 }),
    listGapGroups(db, scope, scanId),
    ended ? listServiceTimes(db, scope, scanId) : [],
    ended ? listScanUnits(db, scope, scanId, { order: "slowest", limit: 8 }) : [],
    ended ? getPreviousScan(db, scope, scan) : null,
  ]);
  const now = new Date().toISOString();
  return { scan, accounts, units, attention, gaps, services, slowest, previous, now };
}
