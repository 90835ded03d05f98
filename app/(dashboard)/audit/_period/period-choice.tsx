"use client";
import { CalendarRange } from "lucide-react";
import type { Route } from "next";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useState } from "react";
import { exactTime } from "#components/ui/relative-time.ts";
import type { AuditPeriod } from "#lib/audit/filter.ts";
import { inPeriod, periodWords, queryOf } from "../hrefs.ts";
import type { TrailSearch } from "../search-params.ts";
import { CustomPeriod } from "./custom-period.tsx";

const quick = ["24h", "7d", "30d"] as const satisfies readonly AuditPeriod[];

/** Which stretch of time the page is about: one of three, or one's own. */
export function PeriodChoice({ search }: { search: TrailSearch }) {
  const path = usePathname();
  const [isAsking, setIsAsking] = useState(false);
  const hrefOf = (changes: Partial<TrailSearch>) => {
    const query = queryOf(search, changes);
    return (query ? `${path}?${query}` : path) as Route;
  };
  const isCustom = search.period === "custom" && search.from !== undefined;
  const each =
    "inline-flex h-full items-center gap-1.5 px-2.5 text-13 whitespace-nowrap text-ink-soft transition-colors duration-120 hover:bg-hover hover:text-ink aria-[current=true]:bg-selected aria-[current=true]:font-[540] aria-[current=true]:text-ink";
  return (
    <>
      <fieldset
        aria-label="Stretch of time"
        className="inline-flex h-8 divide-x divide-line-strong overflow-hidden rounded border border-line-strong bg-surface max-sm:h-10"
      >
        {quick.map((period) => (
          <Link
            key={period}
            href={hrefOf(inPeriod(period))}
            scroll={false}
            prefetch={false}
            aria-label={periodWords[period].long}
            title={periodWords[period].long}
            aria-current={!isCustom && search.period === period ? "true" : undefined}
            className={each}
          >
            {periodWords[period].short}
          </Link>
        ))}
        <button
          type="button"
          onClick={() => setIsAsking(true)}
          aria-current={isCustom ? "true" : undefined}
          title={
            isCustom
              ? `${exactTime(search.from ?? "")} to ${search.to ? exactTime(search.to) : "now"}`
              : undefined
          }
          className={each}
        >
          <CalendarRange aria-hidden strokeWidth={1.6} className="size-4" />
          {isCustom ? sayStretch(search) : <span className="max-sm:sr-only">Custom</span>}
        </button>
      </fieldset>
      {isAsking ? <CustomPeriod search={search} hrefOf={hrefOf} onClose={() => setIsAsking(false)} /> : null}
    </>
  );
}

const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });
const moment = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  hour: "2-digit",
  minute: "2-digit",
  timeZone: "UTC",
});

/** `3 to 9 Nov`, or with hours where it is short. */
function sayStretch({ from = "", to }: TrailSearch): string {
  const end = to ? new Date(to) : null;
  const isShort = end === null || end.getTime() - Date.parse(from) < 3 * 86_400_000;
  const format = isShort ? moment : day;
  return end
    ? `${format.format(new Date(from))} – ${format.format(end)}`
    : `since ${format.format(new Date(from))}`;
}
