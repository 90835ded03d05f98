import { type SQL, sql } from "drizzle-orm";

/*
 * Durations by bucket: bucket k has those from 2^(k/8) up to 2^((k+1)/8) milliseconds. Whatever lies in one is told as
 * its middle, which is within 4.5 % of it.
 */

/** The bucket of a duration in milliseconds, as SQL. Below a microsecond all are alike. */
export const bucketOf = (duration: SQL): SQL =>
  sql`floor(ln(greatest(${duration}, 0.001)) / ln(2) * 8)::smallint`;

/** What lies in a bucket, in milliseconds. */
export const middleOf = (bucket: number): number => 2 ** ((bucket + 0.5) / 8);

export type Bucket = { bucket: number; entries: number };

/**
 * Below which value a share of all lies, such as 0.95. Never outside of what is known of all, which is exact.
 *
 * @param buckets In any order, at least one entry in all.
 */
export function percentileOf(
  buckets: readonly Bucket[],
  share: number,
  known: { minMs: number; maxMs: number },
): number {
  const sorted = [...buckets].sort((a, b) => a.bucket - b.bucket);
  const total = sorted.reduce((sum, { entries }) => sum + entries, 0);
  const rank = Math.max(1, Math.ceil(share * total));
  let below = 0;
  for (const { bucket, entries } of sorted) {
    below += entries;
    if (below >= rank) return Math.min(known.maxMs, Math.max(known.minMs, middleOf(bucket)));
  }
  return known.maxMs;
}
