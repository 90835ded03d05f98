import { isServiceDisabled, PartialAnswer } from "#lib/clouds/gcp/errors.ts";
import { cut, endless, type Listing, listing, MalformedAnswer, timeOf } from "../answers.ts";
import type { GcpContext } from "./collector.ts";

/** What every method of Google's SDK takes beside its parameters. */
export type CallOptions = { signal: AbortSignal };

export type ListOptions = {
  /**
   * What it means that the project doesn't use the API (`SERVICE_DISABLED`): `empty` where nothing of the kind can exist
   * without it, else the list fails.
   */
  whenDisabled: "empty" | "fail";
};

/** A page's own fields, by which it can be told that a list left out is an empty one. */
type Page = { nextPageToken?: string | null };

/**
 * The items of a paged list, one by one.
 *
 * @param operation The permission for the call, such as `storage.buckets.list`.
 * @param fetch Gets one page: `(page, options) => api.buckets.list({ project, maxResults: 1000, ...page }, options)`.
 * @param itemsOf Picks the list out of a page. Google leaves out a list that is empty, so `undefined` is one, but only of
 * an answer that can be told to be Google's; places that Google could not reach make the list fail at its end.
 */
export function listAll<P extends Page, T>(
  { signal }: Pick<GcpContext, "signal">,
  operation: string,
  fetch: (page: { pageToken?: string }, options: CallOptions) => Promise<{ data: P }>,
  itemsOf: (page: P) => readonly T[] | null | undefined,
  { whenDisabled }: ListOptions = { whenDisabled: "empty" },
): Listing<T> {
  const pages = pagesOf(signal, fetch, whenDisabled);
  return listing(operation, pages, (page) => ("unreached" in page ? [] : itemsOrNone(page.data, itemsOf)));
}

/**
 * The items of an aggregated list of Compute Engine (`aggregatedList`), over all its zones and regions.
 *
 * @param field The items' name within a zone or region, such as `instances`.
 */
export function listAggregated<F extends string, T>(
  { signal }: Pick<GcpContext, "signal">,
  operation: string,
  fetch: (
    page: { pageToken?: string },
    options: CallOptions,
  ) => Promise<{ data: Page & { items?: { [scope: string]: ScopedList<F, T> } | null } }>,
  field: F,
): Listing<T> {
  const pages = pagesOf(signal, fetch, "empty");
  return listing(operation, pages, (page) => {
    if ("unreached" in page) return [];
    return Object.values(itemsOrNone(page.data, ({ items }) => items && [items])[0] ?? {}).flatMap(
      (scoped) => scoped[field] ?? [],
    );
  });
}

type ScopedList<F extends string, T> = { [K in F]?: T[] | null } & {
  warning?: { code?: string | null; message?: string | null } | null;
};

/**
 * Yields the pages, and throws after the last when Google says that it could not reach some of the places.
 */
async function* pagesOf<P extends Page>(
  signal: AbortSignal,
  fetch: (page: { pageToken?: string }, options: CallOptions) => Promise<{ data: P }>,
  whenDisabled: ListOptions["whenDisabled"],
): AsyncGenerator<{ data: P } | { unreached: true }> {
  let pageToken: string | undefined;
  const unreached = new Set<string>();
  do {
    signal.throwIfAborted();
    let page: { data: P };
    try {
      page = await fetch(pageToken === undefined ? {} : { pageToken }, { signal });
    } catch (error) {
      if (whenDisabled === "empty" && isServiceDisabled(error)) return;
      throw error;
    }
    for (const place of unreachedPlaces(page.data)) unreached.add(place);
    yield page;
    const next = page.data.nextPageToken || undefined;
    if (next !== undefined && next === pageToken) throw endless();
    pageToken = next;
  } while (pageToken !== undefined);
  if (unreached.size > 0) {
    throw new PartialAnswer(cut(`Google could not reach ${[...unreached].sort().join(", ")}.`));
  }
}

/** Fields beside the list itself that an answer without one may have. */
const knownFields = new Set([
  "kind",
  "id",
  "etag",
  "selfLink",
  "nextPageToken",
  "prefixes",
  "unreachable",
  "unreachables",
  "warning",
  "warnings",
  "header",
  "totalItems",
  "totalSize",
]);

function itemsOrNone<P extends object, T>(
  page: P,
  itemsOf: (page: P) => readonly T[] | null | undefined,
): readonly T[] {
  const items = itemsOf(page);
  if (items) return items;
  const stranger = Object.keys(page).find((field) => !knownFields.has(field));
  if (stranger !== undefined && !("kind" in page)) {
    throw new MalformedAnswer(`The answer has ${cut(stranger)} in place of the list.`);
  }
  return [];
}

function unreachedPlaces(page: object): string[] {
  const named = ["unreachable", "unreachables"].flatMap((field) => {
    const places: unknown = Reflect.get(page, field);
    return Array.isArray(places) ? places.map(String) : [];
  });
  const scopes: unknown = Reflect.get(page, "items");
  const warned = Object.entries(isPlainObject(scopes) ? scopes : {}).flatMap(([scope, scoped]) => {
    const warning: unknown = isPlainObject(scoped) ? scoped.warning : undefined;
    // A place without any of the kind is warned of, too.
    return isPlainObject(warning) && warning.code !== "NO_RESULTS_ON_PAGE" ? [scope] : [];
  });
  return [...named, ...warned];
}

const isPlainObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** What ends a name or URL such as `projects/p/global/networks/default`. */
export const lastStep = (path: string): string => path.slice(path.lastIndexOf("/") + 1);

/** A zone's or region's region: `europe-west1-b` and `…/zones/europe-west1-b` lie in `europe-west1`. */
export const regionOf = (zoneOrRegion: string): string =>
  lastStep(zoneOrRegion).replace(/^([a-z]+-[a-z]+\d+)-[a-z]$/, "$1");

/** A time in RFC 3339, or in milliseconds since 1970 as the older APIs have it, as ISO 8601 in UTC. */
export const timeFrom = (text: string | null | undefined): string | null =>
  timeOf(text ? new Date(/^\d+$/.test(text) ? Number(text) : text) : null);
