import type { Metadata } from "next";
import { Suspense } from "react";
import { listEntries } from "#db/audit/entries.ts";
import { namesOf } from "#db/audit/views.ts";
import { database } from "#db/client.ts";
import { FilterBar } from "./_trail/filter-bar.tsx";
import { TimelinePart, TimelineSkeleton } from "./_trail/timeline-part.tsx";
import { Trail } from "./_trail/trail.tsx";
import { queryOf } from "./hrefs.ts";
import { readTrailScope } from "./read-trail-scope.ts";
import { filterOf, parseTrailSearch, type RawSearch, toParams } from "./search-params.ts";

export const metadata: Metadata = { title: "Audit trail" };

const pageSize = 50;

/** The trail itself, newest first, narrowed by what the address says. */
export default async function TrailPage({ searchParams }: { searchParams: Promise<RawSearch> }) {
  const [scope, search] = [await readTrailScope(), parseTrailSearch(toParams(await searchParams))];
  if (!scope) return null;
  const { db } = database();
  const filter = filterOf(search);
  const [page, names] = await Promise.all([
    listEntries(db, scope, filter, { limit: pageSize }),
    namesOf(db, scope, search.actor),
  ]);
  const query = queryOf(search);
  return (
    <Trail search={search} query={query} first={page} now={new Date().toISOString()}>
      <FilterBar search={search} names={Object.fromEntries(names)} mayExport={scope.can("audit:export")} />
      {/* Of one request there is nothing to draw: it was over in a moment. */}
      {search.correlation ? null : (
        <Suspense key={query} fallback={<TimelineSkeleton />}>
          <TimelinePart scope={scope} search={search} />
        </Suspense>
      )}
    </Trail>
  );
}
