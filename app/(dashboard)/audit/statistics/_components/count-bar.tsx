import type { ResultCounts } from "#db/audit/model.ts";

/** A count as a bar of the longest one's width, parted by how acts ended. */
export function CountBar({ counts, most }: { counts: ResultCounts; most: number }) {
  const width = (count: number) => `${(count / Math.max(1, most)) * 100}%`;
  return (
    <span aria-hidden className="flex h-2 w-full overflow-hidden rounded-[1px] bg-inset">
      <span className="bg-done" style={{ width: width(counts.done) }} />
      <span className="bg-high" style={{ width: width(counts.refused) }} />
      <span className="bg-critical" style={{ width: width(counts.failed) }} />
    </span>
  );
}

export const allOf = ({ done, refused, failed }: ResultCounts): number => done + refused + failed;
