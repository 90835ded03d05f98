"use client";
import Link from "next/link";
import { cx } from "#components/ui/class-names.ts";
import { relativeTime } from "#components/ui/relative-time.ts";
import type { Status } from "./status.ts";
import { useNow } from "./use-now.ts";
import { useStatus } from "./use-status.ts";

/** One lamp: dark while all is well, the accent while a scan runs, hatched when something could not be read. */
export function StatusLine({ initial }: { initial: Status }) {
  const status = useStatus(initial);
  const now = useNow(status.now, 15_000);
  const { running, last } = status;
  const href = running ? (`/scans/${running.id}` as const) : last ? (`/scans/${last.id}` as const) : "/scans";
  const blind = last ? last.gaps + last.failed : 0;
  const lamp = running
    ? "breathing bg-accent"
    : blind > 0
      ? "hatched border border-gap"
      : last
        ? "bg-done"
        : "border border-edge";
  return (
    <Link
      href={href}
      className="flex h-8 items-center gap-2.5 rounded px-2 text-13 text-ink-soft transition-colors duration-120 hover:bg-hover hover:text-ink max-sm:h-10"
    >
      <span aria-hidden className={cx("size-2.5 shrink-0 rounded-xs", lamp)} />
      <span className="whitespace-nowrap">
        {running ? (
          <>
            <span className="max-sm:sr-only">{running.cancelling ? "Cancelling" : "Scanning"} </span>
            {running.ended} / {running.units}
          </>
        ) : last ? (
          <>
            <span className="max-sm:sr-only">Scanned </span>
            {relativeTime(last.finishedAt, now)}
          </>
        ) : (
          "Not scanned yet"
        )}
      </span>
      {!running && blind > 0 ? (
        <span className="whitespace-nowrap text-ink-faint max-sm:sr-only">
          {blind === 1 ? "1 gap" : `${blind} gaps`}
        </span>
      ) : null}
    </Link>
  );
}
