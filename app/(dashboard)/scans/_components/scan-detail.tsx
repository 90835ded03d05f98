"use client";
import { ArrowLeft } from "lucide-react";
import Link from "next/link";
import { GapList } from "#components/scans/gap-list.tsx";
import { UnitGrid, UnitLegend } from "#components/scans/unit-grid.tsx";
import { UnitsBar } from "#components/scans/units-bar.tsx";
import { duration, exactTime } from "#components/ui/relative-time.ts";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { Time } from "#components/ui/time.tsx";
import { useNow } from "../../../_shell/use-now.ts";
import { sayScan, triggerWords } from "../say-scan.ts";
import { isUnderWay, type ScanReport } from "../scan-progress.ts";
import { AccountBars } from "./account-bars.tsx";
import { CancelScan } from "./cancel-scan.tsx";
import { Compared } from "./compared.tsx";
import { ScanFigures } from "./scan-figures.tsx";
import { ServiceTimesTable } from "./service-times.tsx";
import { UnitsTable } from "./units-table.tsx";
import { useScanReport } from "./use-scan-report.ts";

const words = {
  running: "Scanning",
  cancelling: "Cancelling",
  completed: "Scan",
  cancelled: "Cancelled scan",
  failed: "Failed scan",
} as const;

/** One scan, live while it goes on: how far it is, what it came to, what it could not read and why. */
export function ScanDetail({ initial, canCancel }: { initial: ScanReport; canCancel: boolean }) {
  const { report, problem } = useScanReport(initial);
  const { scan, accounts, units, attention, gaps, services, slowest, previous } = report;
  const under = isUnderWay(scan);
  const now = useNow(report.now, under ? 1_000 : 30_000);
  const failed = attention.filter(({ status }) => status === "failed");
  return (
    <div className="pb-16">
      <header className="px-4 pt-5 pb-6 sm:px-6">
        <Link
          href="/scans"
          className="inline-flex h-8 items-center gap-1.5 text-13 text-ink-faint hover:text-ink max-sm:h-10"
        >
          <ArrowLeft aria-hidden className="size-3.5" />
          Scans
        </Link>
        <div className="mt-1 flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
          <div>
            <h1 className="flex flex-wrap items-center gap-x-3 text-28 tracking-[-0.02em]">
              {under ? <span aria-hidden className="size-3 breathing rounded-xs bg-accent" /> : null}
              {words[scan.status]}
              <span className="font-[420] text-ink-soft">
                {under ? (
                  duration(Date.parse(now) - Date.parse(scan.createdAt))
                ) : (
                  <Time at={scan.createdAt} now={now} />
                )}
              </span>
            </h1>
            <p aria-live="polite" className="mt-1 max-w-[72ch] text-14 text-pretty text-ink-soft">
              {sayScan(scan)}
            </p>
            <p className="mt-0.5 text-13 text-ink-faint">
              {triggerWords(scan)}, {exactTime(scan.createdAt)}
            </p>
          </div>
          {canCancel && scan.status === "running" ? <CancelScan scanId={scan.id} /> : null}
        </div>
        {problem ? (
          <p role="alert" className="mt-3 text-13 text-danger">
            {problem}
          </p>
        ) : null}
      </header>

      <ScanFigures scan={scan} now={now} />
      {previous ? <Compared scan={scan} previous={previous} now={now} /> : null}

      <section aria-labelledby="pieces" className="px-4 pt-8 sm:px-6">
        <div className="mb-5 flex flex-wrap items-baseline justify-between gap-x-6 gap-y-2">
          <h2 id="pieces" className="text-16">
            Pieces
          </h2>
          {units.length > 0 ? <UnitLegend /> : null}
        </div>
        <div className="mb-6">
          <UnitsBar units={scan.units} />
        </div>
        {units.length > 0 ? (
          <UnitGrid units={units} />
        ) : accounts.length > 0 ? (
          <AccountBars accounts={accounts} />
        ) : under ? (
          <Skeleton className="h-64" />
        ) : null}
      </section>

      {gaps.length > 0 || failed.length > 0 ? (
        <section aria-labelledby="gaps" className="px-4 pt-10 sm:px-6">
          <h2 id="gaps" className="text-16">
            Could not be read
          </h2>
          <p className="mt-1 mb-4 max-w-[72ch] text-14 text-pretty text-ink-soft">
            Checks that rely on these answer "unknown". What was known before is kept as it was.
          </p>
          <GapList gaps={gaps} />
        </section>
      ) : null}

      {failed.length > 0 ? (
        <section aria-labelledby="failed-pieces" className="pt-10">
          <h2 id="failed-pieces" className="px-4 pb-3 text-16 sm:px-6">
            Failed pieces
          </h2>
          <UnitsTable units={failed} now={now} />
        </section>
      ) : null}

      {services.length > 0 ? (
        <section aria-labelledby="service-times" className="pt-10">
          <h2 id="service-times" className="px-4 pb-3 text-16 sm:px-6">
            Where the time went
          </h2>
          <ServiceTimesTable services={services} />
        </section>
      ) : null}

      {slowest.length > 0 ? (
        <section aria-labelledby="slowest-pieces" className="pt-10">
          <h2 id="slowest-pieces" className="px-4 pb-3 text-16 sm:px-6">
            Slowest pieces
          </h2>
          <UnitsTable units={slowest} now={now} inOrder />
        </section>
      ) : null}

      {units.length > 0 ? (
        <details className="group px-4 pt-10 sm:px-6">
          <summary className="inline-flex min-h-10 list-none items-center gap-2.5 text-14 text-ink-soft hover:text-ink">
            <span aria-hidden className="transition-transform duration-120 group-open:rotate-90">
              ›
            </span>
            Every piece, one by one
          </summary>
          <div className="-mx-4 pt-2 sm:-mx-6">
            <UnitsTable units={units} now={now} />
          </div>
        </details>
      ) : null}
    </div>
  );
}
