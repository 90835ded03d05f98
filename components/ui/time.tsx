import { exactTime, relativeTime, shortAge } from "./relative-time.ts";

/** A moment, relative to `now` (ISO); the exact one on hover. */
export function Time({ at, now, short = false }: { at: string; now: string; short?: boolean }) {
  return (
    <time dateTime={at} title={exactTime(at)} className="whitespace-nowrap">
      {short ? shortAge(at, now) : relativeTime(at, now)}
    </time>
  );
}
