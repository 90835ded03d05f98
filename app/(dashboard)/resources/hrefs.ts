import type { Route } from "next";
import type { ResourceSort } from "#db/resources/model.ts";
import type { ResourceSearch } from "./search-params.ts";

// Apart from the schema in search-params.ts, so that the browser is not sent a parser it never uses.

export const facetNames = ["cloud", "account", "service", "kind", "region", "owner"] as const;
export type FacetName = (typeof facetNames)[number];
export const facetWords: Readonly<Record<FacetName, string>> = {
  cloud: "Cloud",
  account: "Account",
  service: "Service",
  kind: "Kind",
  region: "Region",
  owner: "Owner",
};
export const sortWords: Readonly<Record<ResourceSort, string>> = {
  name: "By name",
  findings: "Gravest finding",
  changed: "Changed last",
};

/** A tag in an address: its key, encoded, and its value where one is asked for. */
export const tagWord = (key: string, value?: string): string =>
  value === undefined ? encodeURIComponent(key) : `${encodeURIComponent(key)}=${value}`;

/** The tag that `tagWord` wrote; null for what it never did. */
export function readTag(word: string): { key: string; value?: string } | null {
  const at = word.indexOf("=");
  try {
    const key = decodeURIComponent(at < 0 ? word : word.slice(0, at));
    if (key === "" || key.length > 300) return null;
    return at < 0 ? { key } : { key, value: word.slice(at + 1, at + 1_001) };
  } catch {
    // A lone % that somebody typed.
    return null;
  }
}

const defaults: Readonly<Record<string, string>> = { presence: "present", sort: "name" };

/** The search as a query, with some of it changed; what has its default value is left out. */
export function queryOf(search: ResourceSearch, changes: Partial<ResourceSearch> = {}): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...search, ...changes })) {
    if (Array.isArray(value)) for (const each of value) query.append(name, each);
    else if (value && value !== defaults[name]) query.set(name, value);
  }
  return query.toString();
}

export function resourcesHref(search: ResourceSearch, changes: Partial<ResourceSearch> = {}): Route {
  const query = queryOf(search, changes);
  return (query ? `/resources?${query}` : "/resources") as Route;
}

/** The address with one value of a facet put on, or taken off when it is on. */
export function toggledHref(search: ResourceSearch, facet: FacetName | "tag", value: string): Route {
  const chosen: readonly string[] = search[facet];
  const next = chosen.includes(value) ? chosen.filter((each) => each !== value) : [...chosen, value];
  return resourcesHref(search, { [facet]: next });
}

export const withoutFilters = {
  cloud: [],
  account: [],
  service: [],
  region: [],
  kind: [],
  owner: [],
  tag: [],
  q: "",
  open: undefined,
} satisfies Partial<ResourceSearch>;

/** A search for everything, to narrow by one thing. */
export const emptySearch: ResourceSearch = { ...withoutFilters, presence: "present", sort: "name" };

export const hasFilters = (search: ResourceSearch): boolean =>
  [...facetNames, "tag" as const].some((name) => search[name].length > 0) ||
  search.q !== "" ||
  search.open !== undefined;

export const resourceHref = (id: string): Route => `/resources/${id}` as Route;
