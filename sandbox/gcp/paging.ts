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
  const from = readToken(call, items);
  const to = from + size;
  const page = items.slice(from, to);
  return to >= items.length ? { items: page } : { items: page, nextPageToken: makeToken(call, items, to) };
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

type Asked = Pick<GcpCall, "path" | "query">;

/** A token holds for the list it was given out for, and for no other. */
const listOf = ({ path, query }: Asked): string => digest(`${path} ${query.get("filter") ?? ""}`);

/**
 * Where to go on: at the item that came next, or after the one that came last, whichever is still there, so that nothing
 * is left out when something is deleted between two pages.
 */
const makeToken = (call: Asked, items: readonly unknown[], at: number): string =>
  Buffer.from([at, listOf(call), identityOf(items[at]), identityOf(items[at - 1])].join(".")).toString(
    "base64url",
  );

function readToken(call: Asked, items: readonly unknown[]): number {
  const token = call.query.get("pageToken");
  if (!token) return 0;
  const [at = "", list, next, last] = Buffer.from(token, "base64url").toString().split(".");
  if (list !== listOf(call) || !/^\d+$/.test(at)) {
    throw new GcpError("INVALID_ARGUMENT", "Invalid value for page token.", { reason: "invalid" });
  }
  const expected = Number(at);
  if (next === identityOf(items[expected])) return expected;
  const found = items.findIndex((item) => identityOf(item) === next);
  if (found !== -1) return found;
  const before = items.findIndex((item) => identityOf(item) === last);
  return before === -1 ? expected : before + 1;
}

/** What a list's items are told apart by, whichever API they are of. */
function identityOf(item: unknown): string {
  const field = ["selfLink", "id", "name", "email"].find(
    (name) => typeof item === "object" && item !== null && name in item,
  );
  const identity: unknown = field && typeof item === "object" && item ? Reflect.get(item, field) : undefined;
  return digest(typeof identity === "string" ? identity : JSON.stringify(item ?? null));
}

const digest = (text: string): string => createHash("sha256").update(text).digest("base64url").slice(0, 8);
