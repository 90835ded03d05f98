import type { ActionPerformance } from "#db/audit/model.ts";

const [shortestMs, longestMs] = [1, 900_000];

/** Where a duration lies between a millisecond and a quarter of an hour, by its magnitude; 0 to 1. */
export function placeOf(milliseconds: number): number {
  const within = Math.min(longestMs, Math.max(shortestMs, milliseconds));
  return Math.log(within / shortestMs) / Math.log(longestMs / shortestMs);
}

/**
 * A hairline from the quickest to the slowest, solid from the median to the 95th percentile, notched at the median. Each
 * step of the same width is the same factor, so that sign-ins and scans stand in one picture.
 */
export function Spread({
  times: { minMs, p50Ms, p95Ms, maxMs, baseline, worse },
}: {
  times: Pick<ActionPerformance, "minMs" | "p50Ms" | "p95Ms" | "maxMs" | "baseline" | "worse">;
}) {
  const at = (milliseconds: number) => `${placeOf(milliseconds) * 100}%`;
  const wide = (from: number, to: number) => `${Math.max(0, placeOf(to) - placeOf(from)) * 100}%`;
  return (
    <span aria-hidden className="relative block h-3">
      <span
        className="absolute top-[5.5px] h-px bg-line-strong"
        style={{ left: at(minMs), width: wide(minMs, maxMs) }}
      />
      <span
        className={`absolute top-[3.5px] h-[5px] min-w-[3px] rounded-[1px] ${worse === null ? "bg-done" : "bg-high"}`}
        style={{ left: at(p50Ms), width: wide(p50Ms, p95Ms) }}
      />
      <span className="absolute top-0 h-3 w-[2px] bg-ink" style={{ left: at(p50Ms) }} />
      {baseline && worse !== null ? (
        <span className="absolute top-0 h-3 w-px bg-ink-faint" style={{ left: at(baseline.p95Ms) }} />
      ) : null}
    </span>
  );
}
