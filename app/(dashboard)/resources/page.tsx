import type { Metadata } from "next";
import { database } from "#db/client.ts";
import { countResourceFacets } from "#db/resources/facets.ts";
import { listResources } from "#db/resources/list.ts";
import { getLatestScans, listScanChoices } from "#db/scans/queries.ts";
import { requireScope } from "#lib/auth/session.ts";
import { FacetRail } from "./_components/facet-rail.tsx";
import { FilterBar } from "./_components/filter-bar.tsx";
import { NoResources } from "./_components/no-resources.tsx";
import { ResourceList } from "./_components/resource-list.tsx";
import { viewFacets } from "./facets.ts";
import { queryOf } from "./hrefs.ts";
import { filterOf, parseResourceSearch, type RawSearch, toParams } from "./search-params.ts";

export const metadata: Metadata = { title: "Resources" };

const pageSize = 100;

/** The inventory: all that scans have found, narrowed by what the address says. */
export default async function ResourcesPage({ searchParams }: { searchParams: Promise<RawSearch> }) {
  const [scope, search] = [await requireScope(), parseResourceSearch(toParams(await searchParams))];
  const { db } = database();
  const filter = filterOf(search);
  const [page, counts, choices, latest] = await Promise.all([
    listResources(db, scope, filter, { sort: search.sort, limit: pageSize }),
    countResourceFacets(db, scope, filter),
    listScanChoices(db, scope),
    getLatestScans(db, scope),
  ]);
  const facets = viewFacets(counts, search, choices.accounts);
  const query = queryOf(search);
  return (
    <div className="@container/page">
      <header className="px-4 pt-6 pb-5 sm:px-6">
        <h1 className="label-caps">Resources</h1>
        <p className="mt-1.5 text-28 font-[560] tracking-[-0.02em]">
          {counts.total.toLocaleString("en")}{" "}
          <span className="font-[420] text-ink-soft">
            {search.presence === "gone" ? "gone" : search.presence === "all" ? "in all" : "present"}
          </span>
        </p>
        <p className="mt-1 text-14 text-pretty text-ink-soft">
          {counts.total === 0
            ? "What scans find in your accounts stands here."
            : `Of ${plural(counts.kinds.length, "kind")} in ${plural(counts.accounts.length, "account")}, as the last scans found them.`}
        </p>
      </header>
      <div className="flex min-h-[calc(100dvh-var(--top)-7.75rem)] border-t border-line">
        <FacetRail
          search={search}
          facets={facets}
          className="w-60 shrink-0 border-r border-line @max-2xl/page:hidden"
        />
        <div className="min-w-0 flex-1">
          <FilterBar search={search} facets={facets} total={counts.total} />
          {page.rows.length === 0 ? (
            <NoResources search={search} latest={latest} />
          ) : (
            <ResourceList
              key={query}
              query={query}
              first={page}
              total={counts.total}
              now={new Date().toISOString()}
            />
          )}
        </div>
      </div>
    </div>
  );
}

const plural = (count: number, word: string) =>
  `${count.toLocaleString("en")} ${word}${count === 1 ? "" : "s"}`;
