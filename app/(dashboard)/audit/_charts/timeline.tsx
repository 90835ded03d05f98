"use client";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { ResultShape } from "#components/audit/result-mark.tsx";
import { sayBarLength, sayStretch, sayTick, ticksOf } from "#components/charts/say-bar.ts";
import { Skeleton } from "#components/ui/skeleton.tsx";
import type { AuditTimeline, TimelineBar } from "#db/audit/model.ts";
import { trailHref } from "../hrefs.ts";
import type { TrailSearch } from "../search-params.ts";

// The chart library stays out of what the page needs to be read.
const ResultBars = dynamic(() => import("#components/charts/result-bars.tsx"), {
  ssr: false,
  loading: () => <Skeleton className="h-full" />,
});

/** How much happened when: figures in words, and bars that lead into their stretch of time. */
export function Timeline({ timeline, search }: { timeline: AuditTimeline; search?: TrailSearch }) {
  const router = useRouter();
  const { bars, barMs, total } = timeline;
  const count = total.done + total.refused + total.failed;
  const more = timeline.atLeast ? "At least " : "";
  const choose = ({ from }: TimelineBar) => {
    if (!search) return;
    const to = new Date(Date.parse(from) + barMs).toISOString();
    router.push(trailHref(search, { period: "custom", from, to }), { scroll: false });
  };
  return (
    <section aria-label="Activity over time" className="border-b border-line px-4 pt-3 pb-1.5 sm:px-6">
      <div className="flex flex-wrap items-baseline gap-x-4 gap-y-0.5 text-13 text-ink-soft">
        <p className="text-ink">
          {more}
          <span className="font-[540]">{count.toLocaleString("en")}</span> {count === 1 ? "entry" : "entries"}
        </p>
        {(["refused", "failed"] as const).map((result) =>
          total[result] > 0 ? (
            <p key={result} className="inline-flex items-center gap-1.5">
              <ResultShape result={result} className="size-2.5" />
              {total[result].toLocaleString("en")} {result}
            </p>
          ) : null,
        )}
        <p className="ml-auto text-12 text-ink-faint max-sm:hidden">A bar is {sayBarLength(barMs)}, in UTC</p>
      </div>
      <div className="mt-1.5 h-28 max-sm:h-24">
        {count === 0 ? (
          <div className="h-[calc(100%-22px)] border-b border-line-strong" />
        ) : (
          <ResultBars
            bars={bars}
            ticks={ticksOf(bars, barMs)}
            sayTick={(from) => sayTick(from, barMs)}
            sayBar={(bar) => ({ title: sayStretch(bar.from, barMs), lines: sayCounts(bar) })}
            {...(search && barMs > 60_000 ? { onChoose: choose } : {})}
          />
        )}
      </div>
    </section>
  );
}

const sayCounts = ({ done, refused, failed }: TimelineBar): string[] => [
  `${(done + refused + failed).toLocaleString("en")} in all`,
  ...(refused > 0 ? [`${refused.toLocaleString("en")} refused`] : []),
  ...(failed > 0 ? [`${failed.toLocaleString("en")} failed`] : []),
];
