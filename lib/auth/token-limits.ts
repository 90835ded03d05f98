import { sql } from "drizzle-orm";
import type { Database, Transaction } from "#db/client.ts";
import { RateLimited } from "./rate-limited.ts";

/** Refused tokens from one address within the window, after which they are refused unseen. */
export const tokenFailureLimit = { failures: 60, windowMinutes: 15 } as const;

/** How much of its minute a token has used, for the headers of an answer. */
export type Usage = { limit: number; remaining: number; resetSeconds: number };

/**
 * Counts one request of a token against its minute, over every web process. Throws RateLimited when the minute is used up;
 * such a request isn't counted.
 */
export async function countRequest(db: Database, tokenId: string, limit: number): Promise<Usage> {
  const [row] = await db.execute<{ requests: number | null; seconds: number }>(sql`
    with counted as (
      insert into api_usage as u (token_id, minute, requests) values (${tokenId}, date_trunc('minute', now()), 1)
      on conflict (token_id, minute) do update set requests = u.requests + 1 where u.requests < ${limit}
      returning requests
    )
    select (select requests from counted) as requests, ceil(60 - extract(second from now()))::int as seconds`);
  const [requests, resetSeconds] = [row?.requests ?? null, Math.max(1, row?.seconds ?? 60)];
  if (requests === null) {
    throw new RateLimited(
      `This token has made ${limit} requests in this minute. Wait ${resetSeconds} seconds, then go on.`,
      resetSeconds,
    );
  }
  // The first request of a minute clears away what no limit asks about any more.
  if (requests === 1) await forgetOldUsage(db);
  return { limit, remaining: limit - requests, resetSeconds };
}

async function forgetOldUsage(db: Database): Promise<void> {
  await db.execute(sql`
    delete from api_usage where (token_id, minute) in (
      select token_id, minute from api_usage where minute < now() - interval '1 hour'
      limit 1000 for update skip locked)`);
}

const keyOf = (address: string | null) => `token:${address ?? "unknown"}`;

/**
 * Counts a refused token under the address it came from. Throws RateLimited once the window is full. Says whether this was
 * the last one that the limit allows.
 */
export async function countTokenFailure(tx: Transaction, address: string | null): Promise<{ last: boolean }> {
  const key = keyOf(address);
  // Failures from one address queue here, each to see what those before it counted.
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`);
  const before = await failuresOf(tx, key);
  if (before.failures >= tokenFailureLimit.failures) {
    throw new RateLimited(
      "Too many wrong tokens came from this address. Wait, then try again.",
      before.seconds,
    );
  }
  await tx.execute(sql`
    insert into sign_in_failures as f (key, minute, failures) values (${key}, date_trunc('minute', now()), 1)
    on conflict (key, minute) do update set failures = f.failures + 1`);
  return { last: before.failures + 1 >= tokenFailureLimit.failures };
}

async function failuresOf(tx: Transaction, key: string): Promise<{ failures: number; seconds: number }> {
  const window = sql`make_interval(mins => ${tokenFailureLimit.windowMinutes})`;
  const [row] = await tx.execute<{ failures: number; seconds: number }>(sql`
    select coalesce(sum(failures), 0)::int as failures,
      coalesce(ceil(extract(epoch from min(minute) + ${window} - now())), 0)::int as seconds
    from sign_in_failures where key = ${key} and minute > now() - ${window}`);
  return row ?? { failures: 0, seconds: 0 };
}
