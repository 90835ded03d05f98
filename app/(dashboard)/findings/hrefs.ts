import type { Route } from "next";
import type { FindingSort } from "#db/findings/cursor.ts";
import type { FindingSearch } from "./search-params.ts";

// Apart from the schema in search-params.ts, so that the browser is not sent a parser it never uses.

export const findingSorts = ["severity", "newest", "oldest"] as const satisfies readonly FindingSort[];
export const sortWords: Readonly<Record<FindingSort, string>> = {
  severity: "Gravest first",
  newest: "Newest first",
  oldest: "Oldest first",
};

export const facetNames = ["severity", "cloud", "account", "service", "region", "check"] as const;
export type FacetName = (typeof facetNames)[number];

const defaults: Partial<Record<keyof FindingSearch, string>> = { status: "open", sort: "severity" };

/**
 * The address of the list with some of it changed. Whatever is changed but the panel, paging begins anew; what has its
 * default value is left out.
 */
export function findingsHref(search: FindingSearch, changes: Partial<FindingSearch> = {}): Route {
  const turnsPage = "after" in changes || "before" in changes;
  const onlyPanel = Object.keys(changes).every((name) => name === "finding");
  const next: FindingSearch = {
    ...search,
    ...(turnsPage || onlyPanel ? {} : { after: undefined, before: undefined, finding: undefined }),
    ...changes,
  };
  const parts: string[] = [];
  for (const [name, value] of Object.entries(next) as [
    keyof FindingSearch,
    string | string[] | undefined,
  ][]) {
    const text = Array.isArray(value) ? value.join(",") : value;
    if (!text || text === defaults[name] || (name === "change" && !next.scan)) continue;
    parts.push(`${name}=${encodeURIComponent(text).replaceAll("%2C", ",")}`);
  }
  return (parts.length > 0 ? `/findings?${parts.join("&")}` : "/findings") as Route;
}

/** The address with one value of a facet put on, or taken off when it is on. */
export function toggledHref(search: FindingSearch, facet: FacetName, value: string): Route {
  const chosen: readonly string[] = search[facet];
  const next = chosen.includes(value) ? chosen.filter((each) => each !== value) : [...chosen, value];
  return findingsHref(search, { [facet]: next });
}

export const hasFilters = (search: FindingSearch): boolean =>
  facetNames.some((name) => search[name].length > 0) || search.q !== "" || search.scan !== undefined;

export const withoutFilters = {
  severity: [],
  cloud: [],
  account: [],
  service: [],
  region: [],
  check: [],
  q: "",
  scan: undefined,
} satisfies Partial<FindingSearch>;
