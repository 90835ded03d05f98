import { LinkButton } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import type { getLatestScans } from "#db/scans/queries.ts";
import { hasFilters, resourcesHref, withoutFilters } from "../hrefs.ts";
import type { ResourceSearch } from "../search-params.ts";

/** Why the list is empty, and the one step that changes it. */
export function NoResources({
  search,
  latest: { running, last },
}: {
  search: ResourceSearch;
  latest: Awaited<ReturnType<typeof getLatestScans>>;
}) {
  if (hasFilters(search)) {
    return (
      <EmptyState
        title="Nothing matches these filters"
        action={<LinkButton href={resourcesHref(search, withoutFilters)}>Clear all filters</LinkButton>}
      >
        Take one off, or search for a part of a name or of the provider's id.
      </EmptyState>
    );
  }
  if (search.presence === "gone" && last) {
    return (
      <EmptyState title="Nothing has gone yet">
        What a scan no longer finds moves here with all that was known of it, and back if it returns.
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
        What it finds appears here piece by piece. Nothing has been read so far.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title="Nothing has been scanned yet"
      action={
        <LinkButton look="primary" href="/scans">
          Go to scans
        </LinkButton>
      }
    >
      After a scan, everything in your accounts stands here: how it is set up, what is wrong with it, what it
      belongs to, and how it changes from scan to scan.
    </EmptyState>
  );
}
