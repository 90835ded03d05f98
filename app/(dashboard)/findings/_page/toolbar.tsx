"use client";
import type { RefObject } from "react";
import { FacetSheet } from "#components/ui/facet-sheet.tsx";
import { Arrange } from "../_filters/arrange.tsx";
import { Chips } from "../_filters/chips.tsx";
import { FacetRail } from "../_filters/facet-rail.tsx";
import { SearchBox } from "../_filters/search-box.tsx";
import { facetNames } from "../choices.ts";
import type { FacetView } from "../facets.ts";
import type { FindingSearch } from "../search-params.ts";

/** Search, order and what is narrowed by, over the list. */
export function Toolbar({
  search,
  view,
  box,
  nameOf,
}: {
  search: FindingSearch;
  view: FacetView;
  box: RefObject<HTMLInputElement | null>;
  nameOf: (resourceId: string) => string;
}) {
  const chosen = facetNames.reduce((sum, name) => sum + search[name].length, search.due === "any" ? 0 : 1);
  return (
    <div className="flex flex-wrap items-center gap-2 border-b border-line px-4 py-2.5 sm:pr-6">
      <SearchBox q={search.q} ref={box} />
      <div className="flex items-center gap-2 max-sm:w-full sm:ml-auto">
        <FacetSheet chosen={chosen} total={view.total} className="@[52rem]/page:hidden">
          <FacetRail search={search} view={view} className="-mx-5 -mt-4" />
        </FacetSheet>
        <Arrange search={search} />
      </div>
      <Chips search={search} view={view} nameOf={nameOf} />
    </div>
  );
}
