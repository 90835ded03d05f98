import type { Route } from "next";
import type { AuditPeriod } from "#lib/audit/filter.ts";
import type { TrailSearch } from "./search-params.ts";

// Apart from the schema in search-params.ts, so that the browser is not sent a parser it never uses.

export const usualPeriod = "7d" satisfies AuditPeriod;

export const periodWords: Readonly<Record<AuditPeriod, { short: string; long: string }>> = {
  "24h": { short: "24 h", long: "The last 24 hours" },
  "7d": { short: "7 d", long: "The last 7 days" },
  "30d": { short: "30 d", long: "The last 30 days" },
  custom: { short: "Custom", long: "A stretch of your own" },
};

/** Whatever of a search is asked for, as a query; what has its usual value is left out. */
export function queryOf(search: TrailSearch, changes: Partial<TrailSearch> = {}): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...search, ...changes })) {
    if (Array.isArray(value)) for (const each of value) query.append(name, each);
    else if (value && !(name === "period" && value === usualPeriod)) query.set(name, value);
  }
  return query.toString();
}

export function trailHref(search: TrailSearch, changes: Partial<TrailSearch> = {}): Route {
  const query = queryOf(search, changes);
  return (query ? `/audit?${query}` : "/audit") as Route;
}

export const emptySearch: TrailSearch = {
  period: usualPeriod,
  from: undefined,
  to: undefined,
  actor: [],
  action: [],
  result: [],
  kind: "",
  object: "",
  correlation: "",
  q: "",
};

/** The address of a trail narrowed by this alone. */
export const trailOf = (changes: Partial<TrailSearch>): Route => trailHref(emptySearch, changes);

export const withoutFilters = {
  actor: [],
  action: [],
  result: [],
  kind: "",
  object: "",
  correlation: "",
  q: "",
} satisfies Partial<TrailSearch>;

export const hasFilters = (search: TrailSearch): boolean =>
  search.actor.length + search.action.length + search.result.length > 0 ||
  Boolean(search.kind || search.object || search.correlation || search.q);

/** A period chosen; the moments of a custom one go with it. */
export const inPeriod = (period: AuditPeriod): Partial<TrailSearch> => ({
  period,
  from: undefined,
  to: undefined,
});

/** The address with one value of a list put on, or taken off when it is on. */
export function toggled<N extends "actor" | "action" | "result">(
  search: TrailSearch,
  name: N,
  value: TrailSearch[N][number],
): Partial<TrailSearch> {
  const chosen: readonly string[] = search[name];
  return {
    [name]: chosen.includes(value) ? chosen.filter((each) => each !== value) : [...chosen, value],
  };
}
