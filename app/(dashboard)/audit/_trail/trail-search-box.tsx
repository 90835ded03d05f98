"use client";
import { SearchBox } from "../../../_shell/search-box.tsx";
import { trailHref } from "../hrefs.ts";
import type { TrailSearch } from "../search-params.ts";

export function TrailSearchBox({ search }: { search: TrailSearch }) {
  return (
    <SearchBox
      q={search.q}
      label="Search the trail"
      placeholder="An action, or an object's id"
      hrefOf={(q) => trailHref(search, { q })}
    />
  );
}
