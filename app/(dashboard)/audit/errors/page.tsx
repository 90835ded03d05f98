import type { Metadata } from "next";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { auditTimeline } from "#db/audit/timeline.ts";
import { auditErrors } from "#db/audit/trouble.ts";
import { database } from "#db/client.ts";
import { Timeline } from "../_charts/timeline.tsx";
import { PeriodBar } from "../_period/period-bar.tsx";
import { CountedTo } from "../_tables/counted-to.tsx";
import { emptySearch } from "../hrefs.ts";
import { readTrailScope } from "../read-trail-scope.ts";
import { filterOf, parseTrailSearch, type RawSearch, rangeOf, toParams } from "../search-params.ts";
import { ErrorKinds } from "./_components/error-kinds.tsx";

export const metadata: Metadata = { title: "Audit errors" };

/** What was refused and what failed, by kind. */
export default async function ErrorsPage({ searchParams }: { searchParams: Promise<RawSearch> }) {
  const [scope, asked] = [await readTrailScope(), parseTrailSearch(toParams(await searchParams))];
  if (!scope) return null;
  const { db } = database();
  const search = { ...emptySearch, period: asked.period, from: asked.from, to: asked.to };
  const range = rangeOf(search);
  const trouble = { ...search, result: ["refused", "failed"] as const };
  const [errors, timeline] = await Promise.all([
    auditErrors(db, scope, range),
    auditTimeline(db, scope, filterOf({ ...trouble, result: [...trouble.result] }), range),
  ]);
  const now = new Date().toISOString();
  return (
    <>
      <PeriodBar search={search}>
        Refusals are the rules at work; failures are for somebody to look into.
      </PeriodBar>
      <Timeline timeline={timeline} search={{ ...trouble, result: [...trouble.result] }} />
      {errors.kinds.length === 0 ? (
        <EmptyState title="Nothing was refused and nothing failed">
          What somebody was not allowed to do, and what went wrong, is told here by kind, with how often it
          happened before.
        </EmptyState>
      ) : (
        <>
          <ErrorKinds kinds={errors.kinds} search={search} now={now} />
          <CountedTo countedTo={errors.countedTo} now={now} />
        </>
      )}
    </>
  );
}
