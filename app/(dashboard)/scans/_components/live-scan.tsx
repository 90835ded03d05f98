"use client";
import Link from "next/link";
import { UnitGrid, UnitLegend } from "#components/scans/unit-grid.tsx";
import { UnitsBar } from "#components/scans/units-bar.tsx";
import { duration } from "#components/ui/relative-time.ts";
import { useNow } from "../../../_shell/use-now.ts";
import { sayScan, triggerWords } from "../say-scan.ts";
import type { ScanReport } from "../scan-progress.ts";
import { AccountBars } from "./account-bars.tsx";
import { CancelScan } from "./cancel-scan.tsx";
import { useScanReport } from "./use-scan-report.ts";

/** The scan under way, on top of the list. */
export function LiveScan({ initial, canCancel }: { initial: ScanReport; canCancel: boolean }) {
  const { report, problem } = useScanReport(initial);
  const { scan, units, accounts } = report;
  const now = useNow(report.now, 1_000);
  return (
    <section aria-labelledby="live-scan" className="border-y border-line bg-surface px-4 py-5 sm:px-6">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div>
          <h2 id="live-scan" className="flex items-center gap-2.5 text-16">
            <span aria-hidden className="size-2.5 breathing rounded-xs bg-accent" />
            <Link href={`/scans/${scan.id}`} className="hover:underline">
              {scan.status === "cancelling" ? "Cancelling" : "Scanning now"}
            </Link>
          </h2>
          <p aria-live="polite" className="mt-1 text-14 text-ink-soft">
            {sayScan(scan)}
          </p>
          <p className="mt-0.5 text-13 text-ink-faint">
            {triggerWords(scan)}, {duration(Date.parse(now) - Date.parse(scan.createdAt))}
          </p>
        </div>
        {canCancel && scan.status === "running" ? <CancelScan scanId={scan.id} /> : null}
      </div>
      {problem ? (
        <p role="alert" className="mt-3 text-13 text-danger">
          {problem}
        </p>
      ) : null}
      <div className="mt-5">
        <UnitsBar units={scan.units} />
      </div>
      {units.length > 0 ? (
        <div className="mt-6 grid gap-6">
          <UnitGrid units={units} />
          <UnitLegend />
        </div>
      ) : accounts.length > 0 ? (
        <div className="mt-6">
          <AccountBars accounts={accounts} />
        </div>
      ) : null}
    </section>
  );
}
