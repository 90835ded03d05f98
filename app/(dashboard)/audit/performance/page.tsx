import type { Metadata } from "next";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { auditPerformance } from "#db/audit/performance.ts";
import { database } from "#db/client.ts";
import { PeriodBar } from "../_period/period-bar.tsx";
import { CountedTo } from "../_tables/counted-to.tsx";
import { emptySearch } from "../hrefs.ts";
import { readTrailScope } from "../read-trail-scope.ts";
import { parseTrailSearch, type RawSearch, rangeOf, toParams } from "../search-params.ts";
import { Durations } from "./_components/durations.tsx";
import { GrownWorse } from "./_components/grown-worse.tsx";

export const metadata: Metadata = { title: "Audit performance" };

/** How long acts take, and which of them take longer than they used to. */
export default async function PerformancePage({ searchParams }: { searchParams: Promise<RawSearch> }) {
  const [scope, asked] = [await readTrailScope(), parseTrailSearch(toParams(await searchParams))];
  if (!scope) return null;
  const search = { ...emptySearch, period: asked.period, from: asked.from, to: asked.to };
  const { actions, countedTo } = await auditPerformance(database().db, scope, rangeOf(search));
  const now = new Date().toISOString();
  const worse = actions.filter((action) => action.worse !== null);
  return (
    <>
      <PeriodBar search={search}>Of acts that were done, each compared with what it took before.</PeriodBar>
      {actions.length === 0 ? (
        <EmptyState title="No act of this stretch of time was measured">
          How long scans, fixes, sign-ins and every change took is told here, with a warning when one grows
          slower.
        </EmptyState>
      ) : (
        <>
          {worse.length > 0 ? <GrownWorse actions={worse} search={search} /> : null}
          <Durations actions={actions} search={search} />
          <CountedTo countedTo={countedTo} now={now} />
        </>
      )}
    </>
  );
}
