import type { ScanState } from "./_state/initial.ts";
import type { FacetView } from "./facets.ts";
import { hasFilters } from "./hrefs.ts";
import type { FindingSearch } from "./search-params.ts";

/** One sentence in plain words over what the list shows. */
export function sayFindings(
  search: FindingSearch,
  { severities, total, due }: FacetView,
  scans: ScanState,
): string {
  if (!scans.hasEnded && total === 0) {
    return scans.runningId
      ? "The first scan is under way; findings appear as it reads."
      : "No scan has come to an end yet.";
  }
  const blind =
    scans.unread > 0
      ? ` The last scan could not read ${scans.unread === 1 ? "one place" : `${scans.unread.toLocaleString("en")} places`}, so there may be more.`
      : "";
  switch (search.state) {
    case "resolved":
      return "Closed because a scan saw them mended, or their resource gone.";
    case "muted":
      return "Left alone until their time is over; then they come back by themselves.";
    case "accepted":
      return "Open, and known: a manager accepted their risk until a date.";
  }
  if (total === 0)
    return hasFilters(search) ? "Nothing matches these filters." : `Nothing needs you.${blind}`;
  if (search.state === "all") return "Whatever was ever found, in every state.";
  const asked = (severity: "critical" | "high") =>
    search.severity.length === 0 || search.severity.includes(severity) ? severities[severity] : 0;
  const [critical, high] = [asked("critical"), asked("high")];
  const first = [
    critical > 0 ? `${critical.toLocaleString("en")} critical` : "",
    high > 0 ? `${high.toLocaleString("en")} high` : "",
  ]
    .filter(Boolean)
    .join(" and ");
  const overdue = due.overdue > 0 ? `; ${due.overdue.toLocaleString("en")} overdue` : "";
  if (!first) {
    return search.severity.length > 0
      ? `${due.overdue > 0 ? `${due.overdue.toLocaleString("en")} of them are overdue.` : "None of them is overdue."}${blind}`
      : `None is critical or high${overdue}.${blind}`;
  }
  return `${first} ${critical + high === 1 ? "needs" : "need"} you first${overdue}.${blind}`;
}
