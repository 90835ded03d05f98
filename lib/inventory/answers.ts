import { isDeepStrictEqual } from "node:util";
import type { CollectContext } from "./collector.ts";

/** A provider's answer that lacks what its API promises. It must never be read as "off" or "none". */
export class MalformedAnswer extends Error {
  override readonly name = "MalformedAnswer";
}

/** The value of a field that the API always sends; its absence means that the answer can't be trusted. */
export function required<T>(value: T | null | undefined, field: string): T {
  if (value === undefined || value === null) throw new MalformedAnswer(`The answer has no ${field}.`);
  return value;
}

/** Reads one of the words that the API may answer with; any other word is not guessed at. */
export function oneOf<const T extends string>(
  value: string | undefined,
  allowed: readonly T[],
  field: string,
): T {
  const found = allowed.find((word) => word === value);
  if (found === undefined) {
    throw new MalformedAnswer(
      `The answer's ${field} is ${value === undefined ? "missing" : `"${cut(value)}"`}.`,
    );
  }
  return found;
}

/** A list call that failed: everything of the kind may be missing something. The provider's error is the `cause`. */
export class ListFailed extends Error {
  override readonly name = "ListFailed";
  /** The provider's permission for the call, such as `s3:ListAllMyBuckets`. */
  readonly operation: string;
  constructor(operation: string, cause: unknown) {
    super(`${operation} failed`, { cause });
    this.operation = operation;
  }
}

/** Items together with the permission for the call that they came from, so that whoever stumbles over one can tell. */
export class Listing<T> implements AsyncIterable<T> {
  readonly operation: string;
  readonly #items: AsyncIterable<T> | Iterable<T>;

  constructor(operation: string, items: AsyncIterable<T> | Iterable<T>) {
    this.operation = operation;
    this.#items = items;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T> {
    yield* this.#items;
  }
}

/**
 * The items of a paged list, one by one. A page that can't be fetched, or whose list is missing, names the operation.
 *
 * @param itemsOf Picks the list out of a page; `undefined` there is a malformed answer, never an empty list.
 */
export const listing = <Page, T>(
  operation: string,
  pages: AsyncIterable<Page>,
  itemsOf: (page: Page) => readonly T[] | undefined,
): Listing<T> => new Listing(operation, itemsOfPages(operation, pages, itemsOf));

/**
 * Reads a list up to one item beyond `max`, to tell whether there are more, and gives it back from the start.
 *
 * @returns `isWhole`: the list has ended, and has at most `max` items. A page that can't be fetched fails, as it would
 * have, after the items before it.
 */
export async function readAhead<T>(
  list: Listing<T>,
  max: number,
): Promise<{ items: Listing<T>; isWhole: boolean }> {
  const source = list[Symbol.asyncIterator]();
  const ahead: T[] = [];
  let failure: { cause: unknown } | null = null;
  let isWhole = false;
  try {
    while (!isWhole && ahead.length <= max) {
      const next = await source.next();
      if (next.done) isWhole = true;
      else ahead.push(next.value);
    }
  } catch (cause) {
    failure = { cause };
  }
  const items = async function* () {
    yield* ahead;
    if (failure) throw failure.cause;
    yield* source;
  };
  return { items: new Listing(list.operation, items()), isWhole };
}

/** More pages than any list has; the largest that is known has some thousands. */
const maxPages = 100_000;

/** A list whose next page is always the same one, or another for ever, would be read until the scan is given up. */
export const endless = () => new MalformedAnswer("The list goes round in circles.");

/** Whether a page is the one before it once more, as far as its ends tell. */
const isSamePage = <T>(page: readonly T[], before: readonly T[]): boolean =>
  page.length > 0 &&
  page.length === before.length &&
  isDeepStrictEqual(page[0], before[0]) &&
  isDeepStrictEqual(page.at(-1), before.at(-1));

async function* itemsOfPages<Page, T>(
  operation: string,
  pages: AsyncIterable<Page>,
  itemsOf: (page: Page) => readonly T[] | undefined,
): AsyncGenerator<T> {
  // The iterator is driven by hand so that an error of whoever consumes the items is not mistaken for the provider's.
  const iterator = pages[Symbol.asyncIterator]();
  let before: readonly T[] = [];
  try {
    for (let page = 1; ; page += 1) {
      const items = await namingFailures(operation, async () => {
        const next = await iterator.next();
        if (next.done) return null;
        const found = required(itemsOf(next.value), "list of items");
        if (page > maxPages || isSamePage(found, before)) throw endless();
        return found;
      });
      if (items === null) return;
      before = items;
      yield* items;
    }
  } finally {
    await iterator.return?.();
  }
}

/** Makes one call that the whole kind depends on, and names the operation when it fails. */
export async function namingFailures<T>(operation: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw error instanceof ListFailed ? error : new ListFailed(operation, error);
  }
}

/** The longest string taken over from a provider, so that one hostile tag can't fill the store. */
const maxStringLength = 2_000;

export const cut = (text: string): string =>
  text.length > maxStringLength ? `${text.slice(0, maxStringLength)}…` : text;

/** A provider's tag list as a record. */
export function tagRecord(
  tags: Iterable<readonly [key: string | undefined, value: string | undefined]>,
): Record<string, string> {
  const entries: [string, string][] = [];
  for (const [key, value] of tags) if (key) entries.push([cut(key), cut(value ?? "")]);
  // Unlike an assignment, this makes a tag called `__proto__` a property like any other.
  return Object.fromEntries(entries);
}

/** The longest document (a policy) that is kept. Customers' end at 20 kB; AWS's own `ReadOnlyAccess` has some 100 kB. */
const maxDocumentLength = 512 * 1024;

/** Parses a policy document. Bad JSON, or anything but an object, is a malformed answer. */
export function parseDocument(text: string, what: string): Record<string, unknown> {
  if (text.length > maxDocumentLength)
    throw new MalformedAnswer(`The ${what} has ${text.length} characters.`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new MalformedAnswer(`The ${what} is not JSON.`, { cause });
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new MalformedAnswer(`The ${what} is not a JSON object.`);
  }
  return Object.fromEntries(Object.entries(value));
}

/** Splits what was read of a resource from the names of what was not (`undefined`). */
export function readAndUnread<T extends object>(facets: T): { read: T; unread: string[] } {
  const read = { ...facets };
  const unread: string[] = [];
  for (const [name, value] of Object.entries(facets)) {
    if (value !== undefined) continue;
    Reflect.deleteProperty(read, name);
    unread.push(name);
  }
  return { read, unread };
}

/**
 * Fields that the API always sends. Those it left out all the same stay absent, count as unread, and make one gap on the
 * resource; the rest of it is kept.
 */
export async function readPromised<T extends object>(
  { read }: Pick<CollectContext<never>, "read">,
  uid: string,
  operation: string,
  fields: T,
): Promise<{ read: T; unread: string[] }> {
  const facets = readAndUnread(fields);
  if (facets.unread.length > 0) {
    await read(uid, operation, async () => {
      throw new MalformedAnswer(`The answer lacks ${facets.unread.join(", ")}.`);
    });
  }
  return facets;
}

/** A time as ISO 8601 in UTC; `null` when there is none. */
export function timeOf(time: Date | null | undefined): string | null {
  if (!time) return null;
  if (Number.isNaN(time.getTime())) throw new MalformedAnswer("The answer holds a time that is none.");
  return time.toISOString();
}
