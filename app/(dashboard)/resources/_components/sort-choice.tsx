"use client";
import { useRouter } from "next/navigation";
import { Select } from "#components/ui/field.tsx";
import type { ResourceSort } from "#db/resources/model.ts";
import { resourcesHref, sortWords } from "../hrefs.ts";
import type { ResourceSearch } from "../search-params.ts";

const sorts = Object.keys(sortWords) as ResourceSort[];

export function SortChoice({ search }: { search: ResourceSearch }) {
  const router = useRouter();
  return (
    <Select
      aria-label="Sort by"
      value={search.sort}
      className="w-38 text-13"
      onChange={({ target }) => {
        const sort = sorts.find((each) => each === target.value);
        if (sort) router.replace(resourcesHref(search, { sort }), { scroll: false });
      }}
    >
      {sorts.map((sort) => (
        <option key={sort} value={sort}>
          {sortWords[sort]}
        </option>
      ))}
    </Select>
  );
}
