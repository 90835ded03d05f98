import { createHash } from "node:crypto";
import { type GcpCall, GcpError } from "./model.ts";

export type PageOptions = {
  /** How many the API gives when none are asked for; as many as the estate allows when left out. */
  defaultSize?: number;
  /** The most that the API gives. */
  maxSize?: number;
};

/**
 * One page of `items`, by the query's `maxResults` or `pageSize` and `pageToken`. As Google does, a page may hold fewer
 * than asked for, and only the last has no token.
 */
export function pageOf<T>(
  call: Pick<GcpCall, "estate" | "path" | "query">,
  items: readonly T[],
  { defaultSize = Number.POSITIVE_INFINITY, maxSize = 1_000 }: PageOptions = {},
): { items: T[]; nextPageToken?: string } {
  const asked = Number(call.query.get("maxResults") ?? call.query.get("pageSize") ?? 0);
  if (!Number.isInteger(asked) || asked < 0) throw new GcpError("INVALID_ARGUMENT", "Invalid page size.");
  const size = Math.max(1, Math.min(asked || defaultSize, maxSize, call.estate.maxPageSize));
  const from = readToken(call);
  const page = items.slice(from, from + size);
  const isLast = from + size >= items.length;
  return isLast ? { items: page } : { items: page, nextPageToken: makeToken(call, from + size) };
}

/**
 * A list's answer: the page under the API's own name for it, left out when empty, and everything else given.
 *
 * @param field Where the items are, such as `items` or `keyRings`.
 */
export function listAnswer<T>(
  call: Pick<GcpCall, "estate" | "path" | "query">,
  field: string,
  all: Iterable<T>,
  rest: object = {},
  options: PageOptions = {},
): object {
  const { items, nextPageToken } = pageOf(call, [...all], options);
  return {
    ...rest,
    ...(items.length > 0 ? { [field]: items } : {}),
    ...(nextPageToken ? { nextPageToken } : {}),
  };
}

/** A token holds for the list it was given out for, and for no other. */
const listOf = ({ path, query }: Pick<GcpCall, "path" | "query">): string =>
  createHash("sha256")
    .update(`${path} ${query.get("filter") ?? ""}`)
    .digest("base64url")
    .slice(0, 8);

const makeToken = (call: Pick<GcpCall, "path" | "query">, from: number): string =>
  Buffer.from(`${from}.${listOf(call)}`).toString("base64url");

function readToken(call: Pick<GcpCall, "path" | "query">): number {
  const token = call.query.get("pageToken");
  if (!token) return 0;
  const [from, list] = Buffer.from(token, "base64url").toString().split(".");
  if (list !== listOf(call) || !/^\d+$/.test(from ?? "")) {
    throw new GcpError("INVALID_ARGUMENT", "Invalid value for page token.", { reason: "invalid" });
  }
  return Number(from);
}
