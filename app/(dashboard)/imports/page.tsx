import type { Metadata } from "next";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { database } from "#db/client.ts";
import { listImports } from "#db/imports/queries.ts";
import { listScanChoices } from "#db/scans/queries.ts";
import { requireScope } from "#lib/auth/session.ts";
import { LiveRefresh } from "../../_shell/live-refresh.tsx";
import { ImportsTable } from "./_components/imports-table.tsx";
import { UploadReport } from "./_components/upload-report.tsx";
import { isUnderWay } from "./say-import.ts";
import { parseImportsSearch, type RawSearch } from "./search-params.ts";

export const metadata: Metadata = { title: "Imports" };

const pageSize = 25;

export default async function ImportsPage({ searchParams }: { searchParams: Promise<RawSearch> }) {
  const [scope, { before }] = [await requireScope(), parseImportsSearch(await searchParams)];
  const { db } = database();
  const canImport = scope.can("imports:run");
  const [page, known] = await Promise.all([
    listImports(db, scope, { limit: pageSize, before }),
    canImport ? listScanChoices(db, scope) : null,
  ]);
  return (
    <>
      <LiveRefresh active={page.imports.some(isUnderWay)} />
      <header className="px-4 pt-6 pb-5 sm:px-6">
        <h1 className="text-28 tracking-[-0.02em]">Imports</h1>
        <p className="mt-1 max-w-[72ch] text-14 text-pretty text-ink-soft">
          Findings of other tools, beside Parapet's own: Prowler, AWS Security Hub, and whatever writes SARIF.
        </p>
      </header>
      {known && !before ? (
        <div className="px-4 pb-8 sm:px-6">
          <UploadReport
            accounts={known.accounts.map(({ id, name, externalId }) => ({ id, name, externalId }))}
          />
        </div>
      ) : null}
      {page.imports.length > 0 ? (
        <ImportsTable imports={page.imports} next={page.next} now={new Date().toISOString()} />
      ) : (
        <div className="border-t border-line">
          <EmptyState title={before ? "No older imports" : "Nothing has been imported yet"}>
            {canImport
              ? "Drop a report above. What it says of a resource that Parapet judges itself is counted, and not taken twice."
              : "Analysts and administrators import reports; what they came to is shown here."}
          </EmptyState>
        </div>
      )}
    </>
  );
}
