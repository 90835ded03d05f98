"use client";
import { useRouter } from "next/navigation";
import { Select } from "#components/ui/field.tsx";
import { SearchBox } from "../../../_shell/search-box.tsx";
import { type ChecksSort, sorts, sortWords } from "../choices.ts";
import { checksHref } from "../hrefs.ts";
import type { ChecksSearch } from "../search-params.ts";

export type FilterChoices = Record<"cloud" | "service" | "severity" | "framework", readonly Choice[]>;
type Choice = { value: string; label: string };

const selects = [
  ["cloud", "Cloud", "All clouds"],
  ["service", "Service", "All services"],
  ["severity", "Severity", "Any severity"],
  ["framework", "Framework", "Any framework"],
] as const;

/** Narrows the catalogue. */
export function CheckFilters({ search, choices }: { search: ChecksSearch; choices: FilterChoices }) {
  const router = useRouter();
  const go = (changes: Partial<ChecksSearch>) =>
    router.replace(checksHref(search, changes), { scroll: false });
  return (
    <div className="flex flex-wrap items-center gap-2 px-4 pb-3 sm:px-6">
      <SearchBox
        q={search.q}
        label="Search checks"
        placeholder="Title, id or risk"
        hrefOf={(q) => checksHref(search, { q })}
      />
      {selects.map(([name, label, all]) => (
        <Select
          key={name}
          aria-label={label}
          className="w-40 text-13 max-sm:w-[calc(50%-0.25rem)]"
          value={search[name] ?? ""}
          onChange={({ target }) =>
            go({ ...(name === "cloud" ? { service: undefined } : {}), [name]: target.value || undefined })
          }
        >
          <option value="">{all}</option>
          {choices[name].map(({ value, label: word }) => (
            <option key={value} value={value}>
              {word}
            </option>
          ))}
        </Select>
      ))}
      <Select
        aria-label="Order"
        className="ml-auto w-44 text-13 max-sm:ml-0 max-sm:w-full"
        value={search.sort}
        onChange={({ target }) => go({ sort: target.value as ChecksSort })}
      >
        {sorts.map((sort) => (
          <option key={sort} value={sort}>
            {sortWords[sort]}
          </option>
        ))}
      </Select>
    </div>
  );
}
