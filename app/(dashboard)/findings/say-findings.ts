import type { FacetSummary } from "./facets.ts";
import { hasFilters } from "./hrefs.ts";
import type { FindingSearch } from "./search-params.ts";

type Latest = { running: unknown; last: { units: { gap: number; failed: number } } | null };

/** One sentence in plain words over what the list shows. */
export function sayFindings(
  search: FindingSearch,
  { severities, total }: FacetSummary,
  { running, last }: Latest,
): string {
  if (!last) {
    return running
      ? "The first scan is under way; findings appear as it reads."
      : "No scan has come to an end yet.";
  }
  const { gap, failed } = last.units;
  const blind =
    gap + failed > 0
      ? ` The last scan could not read ${gap + failed === 1 ? "one place" : `${gap + failed} places`}, so there may be more.`
      : "";
  if (search.status === "resolved") return "Closed because a scan saw them mended, or their resource gone.";
  if (total === 0)
    return hasFilters(search) ? "Nothing matches these filters." : `Nothing needs you.${blind}`;
  const { critical, high } = severities;
  const first = [
    critical > 0 ? `${critical.toLocaleString("en")} critical` : "",
    high > 0 ? `${high.toLocaleString("en")} high` : "",
  ]
    .filter(Boolean)
    .join(" and ");
  if (!first) return `None is critical or high.${blind}`;
  return `${first} ${critical + high === 1 ? "needs" : "need"} you first.${blind}`;
}
