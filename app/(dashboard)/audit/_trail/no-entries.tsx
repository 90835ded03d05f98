import { LinkButton } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { hasFilters, inPeriod, periodWords, trailHref, withoutFilters } from "../hrefs.ts";
import type { TrailSearch } from "../search-params.ts";

/** Nothing fits, or nothing happened; either way what to do about it. */
export function NoEntries({ search }: { search: TrailSearch }) {
  const longer = search.period === "24h" ? "7d" : "30d";
  const canGrow = search.period === "24h" || search.period === "7d";
  if (hasFilters(search)) {
    return (
      <EmptyState
        title="No entry is like that"
        action={
          <>
            {canGrow ? (
              <LinkButton href={trailHref(search, inPeriod(longer))}>
                Look at {periodWords[longer].long.toLowerCase()}
              </LinkButton>
            ) : null}
            <LinkButton href={trailHref(search, withoutFilters)}>Clear the filters</LinkButton>
          </>
        }
      >
        Nothing in this stretch of time fits what the list is narrowed to.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title="Nothing happened in this stretch of time"
      action={
        search.period === "30d" ? undefined : (
          <LinkButton href={trailHref(search, inPeriod("30d"))}>Look at the last 30 days</LinkButton>
        )
      }
    >
      Every change, sign-in, refusal, export, scan and fix leaves an entry here by itself. Older ones may have
      left the database for the archive.
    </EmptyState>
  );
}
