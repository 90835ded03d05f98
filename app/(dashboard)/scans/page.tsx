import type { Metadata } from "next";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { database } from "#db/client.ts";
import { getLatestScans, listScanChoices, listScans } from "#db/scans/queries.ts";
import { requireScope } from "#lib/auth/session.ts";
import { LiveScan } from "./_components/live-scan.tsx";
import { ScansTable } from "./_components/scans-table.tsx";
import { StartScan } from "./_components/start-scan.tsx";
import { scanChoices } from "./scan-choices.ts";
import { readScanReport } from "./scan-report.ts";
import { parseScansSearch, type RawSearch } from "./search-params.ts";

export const metadata: Metadata = { title: "Scans" };

const pageSize = 25;

export default async function ScansPage({ searchParams }: { searchParams: Promise<RawSearch> }) {
  const [scope, { before }] = [await requireScope(), parseScansSearch(await searchParams)];
  const { db } = database();
  const [page, { running }, known] = await Promise.all([
    listScans(db, scope, { limit: pageSize, before }),
    getLatestScans(db, scope),
    listScanChoices(db, scope),
  ]);
  const report = running && !before ? await readScanReport(db, scope, running.id) : null;
  const start = scope.can("scans:run") ? <StartScan choices={scanChoices(known)} /> : null;
  const ended = page.scans.filter(({ id }) => id !== report?.scan.id);
  return (
    <>
      <header className="flex flex-wrap items-end justify-between gap-4 px-4 pt-6 pb-5 sm:px-6">
        <div>
          <h1 className="text-28 tracking-[-0.02em]">Scans</h1>
          <p className="mt-1 text-14 text-ink-soft">What was read, when, and what could not be.</p>
        </div>
        {page.scans.length > 0 ? start : null}
      </header>
      {report ? <LiveScan initial={report} canCancel={scope.can("scans:run")} /> : null}
      {ended.length > 0 ? (
        <ScansTable scans={ended} next={page.next} now={new Date().toISOString()} />
      ) : report ? null : (
        <div className="border-t border-line">
          <EmptyState title="Nothing has been scanned yet" action={start}>
            {known.accounts.length > 0
              ? "A scan reads the configuration of your accounts and judges it by every check. It changes nothing there."
              : "Connect a cloud account first; it is then scanned by itself."}
          </EmptyState>
        </div>
      )}
    </>
  );
}
