import type { Metadata } from "next";
import { database } from "#db/client.ts";
import { countFindingGroups, getFinding, listFindings } from "#db/findings/queries.ts";
import { getLatestScans, listScanChoices } from "#db/scans/queries.ts";
import type { Scope } from "#lib/auth/scope.ts";
import { requireScope } from "#lib/auth/session.ts";
import { DomainError } from "#lib/errors.ts";
import { FacetRail } from "./_components/facet-rail.tsx";
import { FilterBar } from "./_components/filter-bar.tsx";
import { FindingsHead } from "./_components/findings-head.tsx";
import { FindingsWorkbench } from "./_components/findings-workbench.tsx";
import { NoFindings } from "./_components/no-findings.tsx";
import { StaleNotice } from "./_components/stale-notice.tsx";
import { buildPanelView } from "./_panel/panel-view.ts";
import { summariseFacets } from "./facets.ts";
import { findingLabels } from "./labels.ts";
import { filterOf, parseFindingSearch, type RawSearch } from "./search-params.ts";

export const metadata: Metadata = { title: "Findings" };

const pageSize = 50;

export default async function FindingsPage({ searchParams }: { searchParams: Promise<RawSearch> }) {
  const [scope, search] = [await requireScope(), parseFindingSearch(await searchParams)];
  const { db } = database();
  const filter = filterOf(search);
  const { sort, after, before } = search;
  const [page, groups, choices, latest, panel] = await Promise.all([
    listFindings(db, scope, filter, { sort, after, before, limit: pageSize }),
    countFindingGroups(db, scope, filter),
    listScanChoices(db, scope),
    getLatestScans(db, scope),
    search.finding ? readPanel(scope, search.finding) : null,
  ]);
  const labels = findingLabels(choices.accounts);
  const summary = summariseFacets(groups, search, labels);
  const now = new Date().toISOString();
  return (
    <div className="lg:has-data-panel:pr-[27rem] xl:has-data-panel:pr-[33rem]">
      <div className="@container/page">
        <FindingsHead search={search} summary={summary} latest={latest} />
        <div className="flex min-h-[calc(100dvh-var(--top)-7.75rem)] border-t border-line">
          <FacetRail
            search={search}
            summary={summary}
            className="w-60 shrink-0 border-r border-line @max-2xl/page:hidden"
          />
          <div className="min-w-0 flex-1">
            <FilterBar search={search} summary={summary} labels={{ accounts: choices.accounts }} />
            <StaleNotice lastScanId={latest.last?.id ?? null} />
            {page.rows.length === 0 ? (
              <NoFindings search={search} latest={latest} summary={summary} />
            ) : (
              <FindingsWorkbench
                rows={page.rows}
                paging={{
                  offset: page.offset,
                  size: pageSize,
                  total: summary.total,
                  previous: page.previous,
                  next: page.next,
                }}
                search={search}
                opened={panel}
                now={now}
              />
            )}
          </div>
        </div>
      </div>
    </div>
  );
}

/** The panel's content, or null when the address names no finding of this organisation. */
async function readPanel(scope: Scope, findingId: string) {
  try {
    return buildPanelView(await getFinding(database().db, scope, findingId));
  } catch (error) {
    if (error instanceof DomainError && error.code === "not_found") return null;
    throw error;
  }
}
