import { AwsError } from "../model.ts";

/** The most a list ever answers at once, whatever the client asks for: small, so that every reader has to page. */
export const largestPage = 50;

export type PageRequest<T> = {
  /** The token of the page wanted, as this function handed it out; the first page when left out. */
  token: string | undefined;
  /** The most the client wants. */
  max: number | undefined;
  /** What tells one item from all others, so that a page begins where it should though items came or went. */
  key: (item: T) => string;
  /** The service's error code for a token that it never gave. */
  badToken?: string;
};

/** Cuts one page out of `items`. `next` is absent on the last page. */
export function takePage<T>(items: readonly T[], request: PageRequest<T>): { items: T[]; next?: string } {
  const start = request.token === undefined ? 0 : findStart(items, request.token, request);
  const size = Math.max(1, Math.min(request.max ?? largestPage, largestPage));
  const page = items.slice(start, start + size);
  const following = items[start + size];
  if (following === undefined) return { items: page };
  return { items: page, next: encodeToken(start + size, request.key(following)) };
}

function findStart<T>(items: readonly T[], token: string, request: PageRequest<T>): number {
  const wanted = decodeToken(token);
  if (!wanted)
    throw new AwsError(request.badToken ?? "InvalidParameterValue", "The pagination token is invalid.");
  const expected = items[wanted.offset];
  if (expected !== undefined && request.key(expected) === wanted.key) return wanted.offset;
  const moved = items.findIndex((item) => request.key(item) === wanted.key);
  return moved === -1 ? wanted.offset : moved;
}

function encodeToken(offset: number, key: string): string {
  return Buffer.from(`${offset} ${key}`).toString("base64url");
}

function decodeToken(token: string): { offset: number; key: string } | null {
  const match = /^(\d+) (.*)$/s.exec(Buffer.from(token, "base64url").toString());
  return match?.[1] === undefined || match[2] === undefined
    ? null
    : { offset: Number(match[1]), key: match[2] };
}
