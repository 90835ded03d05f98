import { AzureError } from "#sandbox/azure/model.ts";

/** One page of a list, and where the next begins; `null` after the last. */
export function pageOf<T>(
  items: readonly T[],
  token: string | undefined,
  pageSize: number,
): { items: T[]; next: string | null } {
  const start = token === undefined ? 0 : readToken(token);
  const end = start + pageSize;
  return { items: items.slice(start, end), next: end < items.length ? writeToken(end) : null };
}

/** Opaque, as the clouds' are: a client must send back what it got. */
const writeToken = (start: number): string => Buffer.from(`from:${start}`).toString("base64url");

function readToken(token: string): number {
  const start = /^from:(\d+)$/.exec(Buffer.from(token, "base64url").toString("utf8"))?.[1];
  if (start === undefined) throw new AzureError(400, "InvalidSkipToken", "The skip token is invalid.");
  return Number(start);
}
