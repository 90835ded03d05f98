import type { Route } from "next";
import { z } from "zod";
import { findingSorts } from "#db/findings/cursor.ts";
import { transitionKinds } from "#db/findings/schema.ts";
import { severities } from "#lib/checks/model.ts";

const words = (limit: number) =>
  z
    .string()
    .transform((text) => [...new Set(text.split(",").filter(Boolean))].slice(0, limit))
    .catch([]);

const optional = z.string().min(1).max(200).optional().catch(undefined);

/** What the list shows lives in the address; a value that makes no sense there is read as if it were absent. */
export const findingSearch = z.object({
  status: z.enum(["open", "resolved", "all"]).catch("open"),
  severity: words(5).transform((list) => severities.filter((severity) => list.includes(severity))),
  account: words(50),
  service: words(50),
  region: words(50),
  check: words(50),
  q: z.string().trim().max(200).catch(""),
  sort: z.enum(findingSorts).catch("severity"),
  /** Only what this scan changed; `change` says how. */
  scan: optional,
  change: z.enum(transitionKinds).catch("opened"),
  after: optional,
  before: optional,
  /** The finding whose panel is open. */
  finding: optional,
});
export type FindingSearch = z.output<typeof findingSearch>;

export const facetNames = ["severity", "account", "service", "region", "check"] as const;
export type FacetName = (typeof facetNames)[number];

type RawSearch = Record<string, string | string[] | undefined>;

export const parseFindingSearch = (raw: RawSearch): FindingSearch =>
  findingSearch.parse(
    Object.fromEntries(
      Object.entries(raw).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]),
    ),
  );

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
  account: [],
  service: [],
  region: [],
  check: [],
  q: "",
  scan: undefined,
} satisfies Partial<FindingSearch>;
