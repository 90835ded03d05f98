"use client";
import { SearchBox as AnySearchBox } from "../../../_shell/search-box.tsx";
import { findingsHref } from "../hrefs.ts";
import type { FindingSearch } from "../search-params.ts";

export function SearchBox({ search }: { search: FindingSearch }) {
  return (
    <AnySearchBox
      q={search.q}
      label="Search findings"
      placeholder="Title, resource or ARN"
      hrefOf={(q) => findingsHref(search, { q })}
    />
  );
}
