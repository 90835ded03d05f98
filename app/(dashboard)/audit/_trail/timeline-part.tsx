import { Skeleton } from "#components/ui/skeleton.tsx";
import { auditTimeline } from "#db/audit/timeline.ts";
import { database } from "#db/client.ts";
import type { Scope } from "#lib/auth/scope.ts";
import { Timeline } from "../_charts/timeline.tsx";
import { filterOf, rangeOf, type TrailSearch } from "../search-params.ts";

/** What happened when, above the list of it. */
export async function TimelinePart({ scope, search }: { scope: Scope; search: TrailSearch }) {
  const timeline = await auditTimeline(database().db, scope, filterOf(search), rangeOf(search));
  return <Timeline timeline={timeline} search={search} />;
}

/** As high as what it holds the place of. */
export const TimelineSkeleton = () => (
  <div aria-busy className="border-b border-line px-4 pt-3 pb-1.5 sm:px-6">
    <Skeleton className="h-4.5 w-48" />
    <Skeleton className="mt-1.5 h-28 max-sm:h-24" />
  </div>
);
