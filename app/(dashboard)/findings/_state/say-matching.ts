import { visibleText } from "#components/ui/visible-text.ts";
import { facetNames } from "../choices.ts";
import type { FacetView } from "../facets.ts";
import type { FindingSearch } from "../search-params.ts";
import { isImport } from "../words.ts";

const states = {
  open: "open",
  new: "new",
  in_progress: "in progress",
  muted: "muted",
  accepted: "with an accepted risk",
  resolved: "resolved",
  all: "in every state",
} as const;

/** In words, which findings a filter asks for, for who is about to change them all. */
export function sayMatching(search: FindingSearch, view: FacetView): string {
  const parts = facetNames.flatMap((name) => {
    const facet = view.facets.find((each) => each.name === name);
    const labels = search[name].map(
      (value: string) => facet?.values.find((each) => each.value === value)?.label ?? value,
    );
    return labels.length > 0 ? [`${facet?.label ?? "Severity"} ${labels.slice(0, 4).join(" or ")}`] : [];
  });
  const all = [
    states[search.state],
    ...parts,
    ...(search.due === "any" ? [] : [search.due === "overdue" ? "overdue" : "due within 7 days"]),
    ...(search.q ? [`“${search.q}” in the text`] : []),
    ...(search.scan ? [`changed by one ${isImport(search.scan) ? "import" : "scan"}`] : []),
  ];
  return visibleText(`All ${view.total.toLocaleString("en")} that match now: ${all.join("; ")}.`);
}
