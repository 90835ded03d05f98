import Link from "next/link";
import { FilterChip } from "#components/ui/chip.tsx";
import { FacetSheet } from "#components/ui/facet-sheet.tsx";
import { Untrusted } from "#components/ui/untrusted.tsx";
import type { Facet } from "../facets.ts";
import { hasFilters, queryOf, readTag, resourcesHref, toggledHref, withoutFilters } from "../hrefs.ts";
import type { ResourceSearch } from "../search-params.ts";
import { FacetRail } from "./facet-rail.tsx";
import { SearchBox } from "./search-box.tsx";
import { SortChoice } from "./sort-choice.tsx";
import { TagPicker } from "./tag-picker.tsx";

/** What is searched for and narrowed by, in one line: each chip takes its filter off. */
export function FilterBar({
  search,
  facets,
  total,
}: {
  search: ResourceSearch;
  facets: readonly Facet[];
  total: number;
}) {
  const chosen = facets.flatMap(({ name, label, values }) =>
    values.filter((value) => value.chosen).map((value) => ({ name, word: label, ...value })),
  );
  return (
    <div className="flex flex-wrap items-center gap-2 border-b border-line px-4 py-2.5 sm:px-6 @2xl/page:px-4">
      <SearchBox search={search} />
      <TagPicker search={search} query={queryOf(search)} />
      <div className="flex items-center gap-2 max-sm:flex-1 max-sm:justify-between sm:ml-auto">
        <FacetSheet chosen={chosen.length + (search.open ? 1 : 0)} total={total} className="@2xl/page:hidden">
          <FacetRail search={search} facets={facets} className="-mx-5 -mt-4" />
        </FacetSheet>
        <SortChoice search={search} />
      </div>
      {hasFilters(search) ? (
        <div className="flex w-full min-w-0 flex-wrap items-center gap-1.5">
          {search.open ? (
            <FilterChip name="With" without={resourcesHref(search, { open: undefined })}>
              open findings
            </FilterChip>
          ) : null}
          {chosen.map(({ name, word, value, label }) => (
            <FilterChip key={`${name} ${value}`} name={word} without={toggledHref(search, name, value)}>
              <Untrusted text={label} limit={80} />
            </FilterChip>
          ))}
          {search.tag.map((word) => {
            const tag = readTag(word);
            return tag ? (
              <FilterChip key={word} name="Tag" without={toggledHref(search, "tag", word)}>
                <Untrusted
                  text={tag.value === undefined ? tag.key : `${tag.key} = ${tag.value}`}
                  limit={80}
                />
              </FilterChip>
            ) : null;
          })}
          <Link
            href={resourcesHref(search, withoutFilters)}
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
