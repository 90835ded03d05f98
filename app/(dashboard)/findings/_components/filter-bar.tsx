import Link from "next/link";
import { FilterChip } from "#components/ui/chip.tsx";
import { severityWords } from "#components/ui/severity-mark.tsx";
import { Untrusted } from "#components/ui/untrusted.tsx";
import type { FacetSummary } from "../facets.ts";
import { facetNames, findingsHref, toggledHref, withoutFilters } from "../hrefs.ts";
import { findingLabels } from "../labels.ts";
import type { FindingSearch } from "../search-params.ts";
import { FacetRail } from "./facet-rail.tsx";
import { FacetSheet } from "./facet-sheet.tsx";
import { SearchBox } from "./search-box.tsx";
import { SortChoice } from "./sort-choice.tsx";

const words = {
  severity: "Severity",
  cloud: "Cloud",
  account: "Account",
  service: "Service",
  region: "Region",
  check: "Check",
} as const;
const changes = { opened: "Opened by", resolved: "Resolved by", reopened: "Reopened by" } as const;

/** What is searched for and narrowed by, in one line: each chip takes its filter off. */
export function FilterBar({
  search,
  summary,
  labels: { accounts },
}: {
  search: FindingSearch;
  summary: FacetSummary;
  labels: { accounts: readonly { id: string; name: string }[] };
}) {
  const labels = findingLabels(accounts);
  const labelOf = {
    severity: (value: string) => severityWords[value as keyof typeof severityWords],
    cloud: labels.cloud,
    account: labels.account,
    service: labels.service,
    region: (value: string) => value,
    check: labels.check,
  };
  const chips = facetNames.flatMap((name) => search[name].map((value) => ({ name, value })));
  return (
    <div className="flex flex-wrap items-center gap-2 border-b border-line px-4 py-2.5 sm:px-6 @2xl/page:px-4">
      <SearchBox search={search} />
      <div className="flex items-center gap-2 max-sm:w-full max-sm:justify-between sm:ml-auto">
        <FacetSheet chosen={chips.length} total={summary.total}>
          <FacetRail search={search} summary={summary} className="-mx-3" />
        </FacetSheet>
        <SortChoice search={search} />
      </div>
      {chips.length > 0 || search.scan ? (
        <div className="flex w-full min-w-0 flex-wrap items-center gap-1.5">
          {search.scan ? (
            <FilterChip name={changes[search.change]} without={findingsHref(search, { scan: undefined })}>
              one scan
            </FilterChip>
          ) : null}
          {chips.map(({ name, value }) => (
            <FilterChip key={`${name}${value}`} name={words[name]} without={toggledHref(search, name, value)}>
              <Untrusted text={labelOf[name](value)} limit={80} />
            </FilterChip>
          ))}
          <Link
            href={findingsHref(search, withoutFilters)}
            scroll={false}
            className="flex h-7 items-center rounded-sm px-2 text-13 text-ink-faint hover:bg-hover hover:text-ink max-sm:h-9"
          >
            Clear all
          </Link>
        </div>
      ) : null}
    </div>
  );
}
