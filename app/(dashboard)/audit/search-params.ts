import { z } from "zod";
import { auditResults } from "#db/audit/schema.ts";
import {
  type AuditFilter,
  type AuditRange,
  auditFilter,
  auditPeriods,
  lastOf,
  spanOf,
} from "#lib/audit/filter.ts";
import { usualPeriod } from "./hrefs.ts";

const words = z
  .array(z.string().max(300))
  .transform((list) => [...new Set(list)].filter(Boolean).slice(0, 50))
  .catch([]);
const moment = z.iso.datetime({ offset: true }).optional().catch(undefined);
const word = z.string().trim().max(300).catch("");

/** What is asked of the trail lives in the address; a value that makes no sense there is read as if it were absent. */
const trailSearch = z.object({
  period: z.enum(auditPeriods).catch(usualPeriod),
  /** Of a custom period. */
  from: moment,
  to: moment,
  actor: words,
  /** `scan.start`, or `scan.*`. */
  action: words.transform((list) => list.filter((each) => /^[\w-]+(\.[\w-]+)*(\.\*)?$/.test(each))),
  result: words.transform((list) => auditResults.filter((result) => list.includes(result))),
  /** The kind of what was acted on, and its id. */
  kind: word,
  object: word,
  correlation: word,
  q: z.string().trim().max(200).catch(""),
});
export type TrailSearch = z.output<typeof trailSearch>;

export type RawSearch = Record<string, string | string[] | undefined>;

const lists: ReadonlySet<string> = new Set(["actor", "action", "result"]);

export const parseTrailSearch = (params: URLSearchParams): TrailSearch =>
  trailSearch.parse(
    Object.fromEntries(
      Object.keys(trailSearch.shape).map((name) => [
        name,
        lists.has(name) ? params.getAll(name) : (params.get(name) ?? undefined),
      ]),
    ),
  );

export const toParams = (raw: RawSearch): URLSearchParams =>
  new URLSearchParams(
    Object.entries(raw).flatMap(([name, value]) =>
      value === undefined ? [] : [value].flat().map((each): [string, string] => [name, each]),
    ),
  );

/** The stretch of time that a search is about, as of now. A custom one that ends before it begins is the usual one. */
export function rangeOf({ period, from, to }: Pick<TrailSearch, "period" | "from" | "to">): AuditRange {
  if (period === "custom" && from) {
    const range = { from: new Date(from), to: to ? new Date(to) : new Date() };
    if (range.from < range.to) return range;
  }
  return lastOf(spanOf(period) ?? spanOf(usualPeriod) ?? 0);
}

/** Everything of one request or job is asked for whenever it was. */
export function filterOf(search: TrailSearch): AuditFilter {
  const { from, to } = rangeOf(search);
  const isCustom = search.period === "custom";
  return auditFilter({
    from: search.correlation ? null : from.toISOString(),
    // Of a stretch up to now nothing is left out, also where clocks differ.
    to: search.correlation || !isCustom ? null : to.toISOString(),
    actors: search.actor,
    actions: search.action,
    results: search.result,
    objectKind: search.kind || null,
    objectId: search.object || null,
    correlationId: search.correlation || null,
    text: search.q,
  });
}
