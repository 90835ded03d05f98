"use client";
import { SeverityWall } from "#components/findings/severity-wall.tsx";
import { type Severity, severities } from "#lib/checks/model.ts";
import type { ScanState } from "../_state/initial.ts";
import { changeFilter } from "../_state/search.ts";
import type { FacetView } from "../facets.ts";
import { findingsHref, toggled } from "../hrefs.ts";
import { sayFindings } from "../say-findings.ts";
import type { FindingSearch } from "../search-params.ts";

const words = {
  open: "open",
  new: "new",
  in_progress: "in progress",
  muted: "muted",
  accepted: "risks accepted",
  resolved: "resolved",
  all: "in all",
} as const;

/** How many, how grave, and in a sentence what that means. */
export function Head({ search, view, scans }: { search: FindingSearch; view: FacetView; scans: ScanState }) {
  const hrefs = Object.fromEntries(
    severities.map((severity) => [
      severity,
      findingsHref(search, { finding: undefined, ...toggled(search, "severity", severity) }),
    ]),
  ) as Record<Severity, string>;
  return (
    <header className="grid gap-x-12 gap-y-5 px-4 pt-6 pb-4 sm:px-6 @4xl/page:grid-cols-[minmax(0,1fr)_minmax(0,37rem)] @4xl/page:items-end">
      <div>
        <h1 className="label-caps">Findings</h1>
        <p className="mt-1.5 text-28 font-[560] tracking-[-0.02em]">
          {view.total.toLocaleString("en")}{" "}
          <span className="font-[420] text-ink-soft">{words[search.state]}</span>
        </p>
        <p className="mt-1 text-14 text-pretty text-ink-soft sm:min-h-10">
          {sayFindings(search, view, scans)}
        </p>
      </div>
      <div className="lg:in-data-panelled:@max-4xl/page:hidden">
        <SeverityWall
          counts={view.severities}
          chosen={search.severity}
          hrefs={hrefs}
          onChoose={(severity) => changeFilter(toggled(search, "severity", severity))}
        />
      </div>
    </header>
  );
}
