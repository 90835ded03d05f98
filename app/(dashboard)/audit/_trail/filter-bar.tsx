import Link from "next/link";
import { resultWords } from "#components/audit/result-mark.tsx";
import { FilterChip } from "#components/ui/chip.tsx";
import { MiddleCut, Untrusted } from "#components/ui/untrusted.tsx";
import { PeriodChoice } from "../_period/period-choice.tsx";
import { hasFilters, toggled, trailHref, withoutFilters } from "../hrefs.ts";
import type { TrailSearch } from "../search-params.ts";
import { ExportDialog } from "./export-dialog.tsx";
import { Narrow } from "./narrow.tsx";
import { TrailSearchBox } from "./trail-search-box.tsx";

/** When, what is searched for and narrowed by, in one line: each chip takes its filter off. */
export function FilterBar({
  search,
  names,
  mayExport,
}: {
  search: TrailSearch;
  /** Of the people narrowed to, by id. */
  names: Readonly<Record<string, string>>;
  mayExport: boolean;
}) {
  return (
    <div className="flex flex-wrap items-center gap-2 border-b border-line px-4 py-2.5 sm:px-6">
      <PeriodChoice search={search} />
      <TrailSearchBox search={search} />
      <Narrow search={search} />
      {mayExport ? <ExportDialog search={search} /> : null}
      {hasFilters(search) ? (
        <div className="flex w-full min-w-0 flex-wrap items-center gap-1.5">
          {search.actor.map((actor) => (
            <FilterChip key={actor} name="By" without={trailHref(search, toggled(search, "actor", actor))}>
              <Untrusted text={names[actor] ?? actor} limit={60} />
            </FilterChip>
          ))}
          {search.action.map((action) => (
            <FilterChip
              key={action}
              name="Action"
              without={trailHref(search, toggled(search, "action", action))}
            >
              {action}
            </FilterChip>
          ))}
          {search.result.map((result) => (
            <FilterChip
              key={result}
              name="Ended"
              without={trailHref(search, toggled(search, "result", result))}
            >
              {resultWords[result].toLowerCase()}
            </FilterChip>
          ))}
          {search.kind ? (
            <FilterChip name="On a" without={trailHref(search, { kind: "" })}>
              {search.kind.replaceAll("_", " ")}
            </FilterChip>
          ) : null}
          {search.object ? (
            <FilterChip name="On" without={trailHref(search, { object: "" })}>
              <MiddleCut text={search.object} />
            </FilterChip>
          ) : null}
          {search.correlation ? (
            <FilterChip name="Of one request" without={trailHref(search, { correlation: "" })}>
              <MiddleCut text={search.correlation} />
            </FilterChip>
          ) : null}
          <Link
            href={trailHref(search, withoutFilters)}
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
