"use client";
import { SearchBox as AnySearchBox } from "../../../_shell/search-box.tsx";
import { resourcesHref } from "../hrefs.ts";
import type { ResourceSearch } from "../search-params.ts";

export function SearchBox({ search }: { search: ResourceSearch }) {
  return (
    <AnySearchBox
      q={search.q}
      label="Search resources"
      placeholder="Name, ARN or id"
      hrefOf={(q) => resourcesHref(search, { q })}
    />
  );
}
