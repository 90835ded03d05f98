import type { Metadata } from "next";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { auditStatistics } from "#db/audit/statistics.ts";
import { auditTimeline } from "#db/audit/timeline.ts";
import { database } from "#db/client.ts";
import { Timeline } from "../_charts/timeline.tsx";
import { PeriodBar } from "../_period/period-bar.tsx";
import { CountedTo } from "../_tables/counted-to.tsx";
import { emptySearch } from "../hrefs.ts";
import { readTrailScope } from "../read-trail-scope.ts";
import { filterOf, parseTrailSearch, type RawSearch, rangeOf, toParams } from "../search-params.ts";
import { ByAction } from "./_components/by-action.tsx";
import { ByActor } from "./_components/by-actor.tsx";
import { ByHour } from "./_components/by-hour.tsx";
import { Figures } from "./_components/figures.tsx";

export const metadata: Metadata = { title: "Audit statistics" };

/** How much happened, by whom, of which kind, and at which hour. */
export default async function StatisticsPage({ searchParams }: { searchParams: Promise<RawSearch> }) {
  const [scope, asked] = [await readTrailScope(), parseTrailSearch(toParams(await searchParams))];
  if (!scope) return null;
  const { db } = database();
  const search = { ...emptySearch, period: asked.period, from: asked.from, to: asked.to };
  const range = rangeOf(search);
  const [statistics, timeline] = await Promise.all([
    auditStatistics(db, scope, range),
    auditTimeline(db, scope, filterOf(search), range),
  ]);
  const now = new Date().toISOString();
  return (
    <>
      <PeriodBar search={search} />
      <Timeline timeline={timeline} search={search} />
      {statistics.actions.length === 0 ? (
        <EmptyState title="Nothing happened in this stretch of time">
          What people and Parapet do is counted here: how much of what, by whom, and at which hour.
        </EmptyState>
      ) : (
        <>
          <Figures statistics={statistics} />
          <div className="grid @5xl/page:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
            <ByAction actions={statistics.actions} search={search} now={now} />
            <div className="min-w-0 border-line @5xl/page:border-l">
              <ByActor actors={statistics.actors} search={search} now={now} />
              <ByHour hours={statistics.hours} />
            </div>
          </div>
          <CountedTo countedTo={statistics.countedTo} now={now} />
        </>
      )}
    </>
  );
}
