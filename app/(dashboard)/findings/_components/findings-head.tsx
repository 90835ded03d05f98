import type { Route } from "next";
import { SeverityWall } from "#components/findings/severity-wall.tsx";
import type { getLatestScans } from "#db/scans/queries.ts";
import { type Severity, severities } from "#lib/checks/model.ts";
import type { FacetSummary } from "../facets.ts";
import { toggledHref } from "../hrefs.ts";
import { sayFindings } from "../say-findings.ts";
import type { FindingSearch } from "../search-params.ts";

type Latest = Awaited<ReturnType<typeof getLatestScans>>;

/** How many, how grave, and in a sentence what that means. */
export function FindingsHead({
  search,
  summary,
  latest,
}: {
  search: FindingSearch;
  summary: FacetSummary;
  latest: Latest;
}) {
  const hrefs = Object.fromEntries(
    severities.map((severity) => [severity, toggledHref(search, "severity", severity)]),
  ) as Record<Severity, Route>;
  return (
    <header className="grid gap-x-12 gap-y-5 px-4 pt-6 pb-5 sm:px-6 @4xl/page:grid-cols-[minmax(0,1fr)_minmax(0,37rem)] @4xl/page:items-end">
      <div>
        <h1 className="label-caps">Findings</h1>
        <p className="mt-1.5 text-28 font-[560] tracking-[-0.02em]">
          {summary.total.toLocaleString("en")}{" "}
          <span className="font-[420] text-ink-soft">
            {search.status === "all" ? "in all" : search.status}
          </span>
        </p>
        <p className="mt-1 text-14 text-pretty text-ink-soft">{sayFindings(search, summary, latest)}</p>
      </div>
      <SeverityWall counts={summary.severities} chosen={search.severity} hrefs={hrefs} />
    </header>
  );
}
