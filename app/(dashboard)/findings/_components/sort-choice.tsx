"use client";
import { useRouter } from "next/navigation";
import { Select } from "#components/ui/field.tsx";
import { findingSorts, findingsHref, sortWords } from "../hrefs.ts";
import type { FindingSearch } from "../search-params.ts";

export function SortChoice({ search }: { search: FindingSearch }) {
  const router = useRouter();
  return (
    <Select
      aria-label="Sort by"
      value={search.sort}
      className="w-38 text-13"
      onChange={({ target }) => {
        const sort = findingSorts.find((each) => each === target.value);
        if (sort) router.replace(findingsHref(search, { sort }), { scroll: false });
      }}
    >
      {findingSorts.map((sort) => (
        <option key={sort} value={sort}>
          {sortWords[sort]}
        </option>
      ))}
    </Select>
  );
}
