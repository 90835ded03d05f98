import { LinkButton } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import type { getLatestScans } from "#db/scans/queries.ts";
import type { FacetSummary } from "../facets.ts";
import { findingsHref, hasFilters, withoutFilters } from "../hrefs.ts";
import type { FindingSearch } from "../search-params.ts";

type Latest = Awaited<ReturnType<typeof getLatestScans>>;

/** Why the list is empty, and the one step that changes it. */
export function NoFindings({
  search,
  latest: { running, last },
  summary,
}: {
  search: FindingSearch;
  latest: Latest;
  summary: FacetSummary;
}) {
  if (hasFilters(search)) {
    return (
      <EmptyState
        title="Nothing matches these filters"
        action={<LinkButton href={findingsHref(search, withoutFilters)}>Clear all filters</LinkButton>}
      >
        {summary.statuses.all > 0
          ? "There are findings that match in another status."
          : "Take one off, or search for a part of a name."}
      </EmptyState>
    );
  }
  if (running) {
    return (
      <EmptyState
        title="A scan is reading your accounts"
        action={
          <LinkButton look="primary" href={`/scans/${running.id}`}>
            Watch it
          </LinkButton>
        }
      >
        What it finds appears here piece by piece. Nothing has been found so far.
      </EmptyState>
    );
  }
  if (!last) {
    return (
      <EmptyState
        title="Nothing has been scanned yet"
        action={
          <LinkButton look="primary" href="/scans">
            Go to scans
          </LinkButton>
        }
      >
        After a scan, each thing that is not as it should be stands here once: what it is, why it matters and
        how to mend it.
      </EmptyState>
    );
  }
  if (search.status === "resolved") {
    return (
      <EmptyState title="Nothing has been resolved yet">
        A finding moves here by itself once a scan has seen it mended, and back if it returns.
      </EmptyState>
    );
  }
  return (
    <EmptyState title="All clear">
      Every check passed on everything that was read. Scans go on looking; what turns up will stand here.
    </EmptyState>
  );
}
