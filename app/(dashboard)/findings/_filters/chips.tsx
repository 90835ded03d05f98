"use client";
import { X } from "lucide-react";
import type { ReactNode } from "react";
import { severityWords } from "#components/ui/severity-mark.tsx";
import { Untrusted } from "#components/ui/untrusted.tsx";
import { changeFilter, followInPlace } from "../_state/search.ts";
import { type FacetName, facetNames } from "../choices.ts";
import type { FacetView } from "../facets.ts";
import { findingsHref, hasFilters, toggled, withoutFilters } from "../hrefs.ts";
import type { FindingSearch } from "../search-params.ts";
import { isImport } from "../words.ts";

const words: Readonly<Record<FacetName, string>> = {
  severity: "Severity",
  cloud: "Cloud",
  account: "Account",
  service: "Service",
  region: "Region",
  check: "Check",
  assignee: "Assignee",
  owner: "Owner tag",
  source: "Found by",
  resource: "Resource",
};
const changes = { opened: "Opened by", resolved: "Resolved by", reopened: "Reopened by" } as const;

/** What the list is narrowed by, in one line; each chip takes its filter off. */
export function Chips({
  search,
  view,
  nameOf,
}: {
  search: FindingSearch;
  view: FacetView;
  /** What a resource in the list is called. */
  nameOf: (resourceId: string) => string;
}) {
  if (!hasFilters(search)) return null;
  const labelOf = (name: FacetName, value: string): string => {
    if (name === "severity") return severityWords[value as keyof typeof severityWords];
    if (name === "resource") return nameOf(value);
    const facet = view.facets.find((each) => each.name === name);
    return facet?.values.find((each) => each.value === value)?.label ?? value;
  };
  const chips = facetNames.flatMap((name) => search[name].map((value) => ({ name, value })));
  return (
    <div className="flex w-full min-w-0 flex-wrap items-center gap-1.5">
      {search.scan ? (
        <Chip name={changes[search.change]} search={search} without={{ scan: undefined }}>
          {isImport(search.scan) ? "one import" : "one scan"}
        </Chip>
      ) : null}
      {search.due === "any" ? null : (
        <Chip name="Due" search={search} without={{ due: "any" }}>
          {search.due === "overdue" ? "Overdue" : "Within 7 days"}
        </Chip>
      )}
      {search.q ? (
        <Chip name="Text" search={search} without={{ q: "" }}>
          <Untrusted text={search.q} limit={60} />
        </Chip>
      ) : null}
      {chips.map(({ name, value }) => (
        <Chip
          key={`${name}${value}`}
          name={words[name]}
          search={search}
          without={toggled(search, name, value)}
        >
          <Untrusted text={labelOf(name, value)} limit={80} />
        </Chip>
      ))}
      <a
        href={findingsHref(search, { ...withoutFilters, finding: undefined })}
        onClick={followInPlace(() => changeFilter(withoutFilters))}
        className="flex h-7 items-center rounded-sm px-2 text-13 text-ink-faint hover:bg-hover hover:text-ink max-sm:h-9"
      >
        Clear all
      </a>
    </div>
  );
}

function Chip({
  name,
  search,
  without,
  children,
}: {
  name: string;
  search: FindingSearch;
  without: Partial<FindingSearch>;
  children: ReactNode;
}) {
  return (
    <a
      href={findingsHref(search, { ...without, finding: undefined })}
      onClick={followInPlace(() => changeFilter(without))}
      className="group inline-flex h-7 max-w-80 items-center gap-1.5 rounded-sm border border-line-strong bg-surface pr-1.5 pl-2.5 text-13 transition-colors duration-120 hover:border-edge max-sm:h-9"
    >
      <span className="sr-only">Remove the filter </span>
      <span className="whitespace-nowrap text-ink-faint">{name}</span>
      <span className="truncate font-[520]">{children}</span>
      <X aria-hidden className="size-3.5 shrink-0 text-ink-faint group-hover:text-ink" />
    </a>
  );
}
