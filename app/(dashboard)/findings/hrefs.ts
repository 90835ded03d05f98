import type { Route } from "next";
import { type Severity, severities } from "#lib/checks/model.ts";
import { type Cloud, clouds } from "#lib/inventory/model.ts";
import {
  columnChoices,
  dueChoices,
  type FacetName,
  facetNames,
  groupChoices,
  panelTabs,
  scanChanges,
  sortChoices,
  sourceChoices,
  stateChoices,
  usualColumns,
} from "./choices.ts";
import type { FindingSearch } from "./search-params.ts";
import { joinWords, splitWords } from "./words.ts";

const defaults: Partial<Record<keyof FindingSearch, string>> = {
  state: "open",
  due: "any",
  sort: "severity",
  group: "none",
  columns: usualColumns.join(","),
  tab: "finding",
};

/** What belongs to how one looks at the list, not to what is in it. */
const looks = ["columns", "view", "finding", "tab"] as const;

/** The part of the address after the question mark, in one order; what has its default value is left out. */
export function queryOf(search: FindingSearch, changes: Partial<FindingSearch> = {}): string {
  const next = { ...search, ...changes };
  const parts: string[] = [];
  for (const [name, value] of Object.entries(next) as [
    keyof FindingSearch,
    string | string[] | undefined,
  ][]) {
    const text = Array.isArray(value) ? joinWords(value) : value;
    if (!text || text === defaults[name]) continue;
    if (name === "change" && !next.scan) continue;
    if (name === "tab" && !next.finding) continue;
    parts.push(`${name}=${encodeURIComponent(text).replaceAll("%2C", ",")}`);
  }
  return parts.sort().join("&");
}

/** The address of the list with some of it changed. */
export function findingsHref(search: FindingSearch, changes: Partial<FindingSearch> = {}): Route {
  const query = queryOf(search, changes);
  return (query ? `/findings?${query}` : "/findings") as Route;
}

const without = (names: readonly (keyof FindingSearch)[]) =>
  Object.fromEntries(names.map((name) => [name, name === "columns" ? [...usualColumns] : undefined]));

/** Which findings and in which order, however they are looked at: what rows are asked for by. */
export const listQuery = (search: FindingSearch): string => queryOf(search, without([...looks, "group"]));

/** Which findings, grouped how: what groups are asked for by. */
export const groupsQuery = (search: FindingSearch): string => queryOf(search, without([...looks, "sort"]));

/** Which findings, in whatever order: what they are counted by. */
export const filterQuery = (search: FindingSearch): string =>
  queryOf(search, without([...looks, "group", "sort"]));

/** What a saved view keeps. */
export const viewQuery = (search: FindingSearch): string =>
  queryOf(search, without(["view", "finding", "tab"]));

/** The changes that put one value of a facet on, or take it off when it is on. */
export function toggled(search: FindingSearch, facet: FacetName, value: string): Partial<FindingSearch> {
  const chosen: readonly string[] = search[facet];
  const next = chosen.includes(value) ? chosen.filter((each) => each !== value) : [...chosen, value];
  return { [facet]: next };
}

export const hasFilters = (search: FindingSearch): boolean =>
  facetNames.some((name) => search[name].length > 0) ||
  search.q !== "" ||
  search.due !== "any" ||
  search.scan !== undefined;

export const withoutFilters = {
  severity: [],
  cloud: [],
  account: [],
  service: [],
  region: [],
  check: [],
  assignee: [],
  owner: [],
  source: [],
  resource: [],
  due: "any",
  q: "",
  scan: undefined,
} satisfies Partial<FindingSearch>;

const oneOf = <T extends string>(all: readonly T[], text: string | null, usual: T): T =>
  all.find((each) => each === text) ?? usual;

/**
 * Reads an address as the schema in search-params.ts does (a test holds them together), without the parser, which the
 * browser is not sent.
 */
export function readSearch(params: URLSearchParams): FindingSearch {
  const text = (name: string) => params.get(name);
  const words = (name: string) => splitWords(text(name) ?? "");
  const someOf = <T extends string>(all: readonly T[], name: string): T[] => {
    const named = splitWords(text(name) ?? "", all.length * 2);
    return all.filter((each) => named.includes(each));
  };
  const optional = (name: string) => {
    const value = text(name);
    return value && value.length <= 200 ? value : undefined;
  };
  const q = (text("q") ?? "").trim();
  const columns = someOf(columnChoices, "columns");
  return {
    state: oneOf(stateChoices, text("state") ?? text("status"), "open"),
    severity: someOf<Severity>(severities, "severity"),
    cloud: someOf<Cloud>(clouds, "cloud"),
    account: words("account"),
    service: words("service"),
    region: words("region"),
    check: words("check"),
    assignee: words("assignee"),
    owner: words("owner"),
    source: someOf(sourceChoices, "source"),
    resource: words("resource"),
    due: oneOf(dueChoices, text("due"), "any"),
    q: q.length <= 200 ? q : "",
    scan: optional("scan"),
    change: oneOf(scanChanges, text("change"), "opened"),
    sort: oneOf(sortChoices, text("sort"), "severity"),
    group: oneOf(groupChoices, text("group"), "none"),
    columns: columns.length > 0 ? columns : [...usualColumns],
    view: optional("view"),
    finding: optional("finding"),
    tab: oneOf(panelTabs, text("tab"), "finding"),
  };
}
