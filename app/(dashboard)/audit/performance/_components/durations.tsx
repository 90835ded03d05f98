import { TriangleAlert } from "lucide-react";
import Link from "next/link";
import { sayDuration } from "#components/audit/say-duration.ts";
import type { ActionPerformance } from "#db/audit/model.ts";
import { cell, firstCell, firstHead, head, leftHead, rowLink } from "../../_tables/table-words.ts";
import { trailHref } from "../../hrefs.ts";
import type { TrailSearch } from "../../search-params.ts";
import { Spread } from "./spread.tsx";

/** One row an action: how often, and how long it took from the quickest to the slowest. */
export function Durations({
  actions,
  search,
}: {
  actions: readonly ActionPerformance[];
  search: TrailSearch;
}) {
  return (
    <table className="w-full border-collapse text-13 [&_thead_th]:border-t-0">
      <caption className="sr-only">Durations by action, what grew slower first, then the slowest</caption>
      <thead>
        <tr>
          <th scope="col" className={firstHead}>
            Action
          </th>
          <th scope="col" className={`${head} max-sm:hidden`}>
            Times
          </th>
          <th scope="col" className={`${leftHead} w-1/4 @max-5xl/page:hidden`}>
            <span className="flex justify-between">
              <span>1 ms</span>
              <span>1 s</span>
              <span>15 min</span>
            </span>
          </th>
          <th scope="col" className={`${head} @max-4xl/page:hidden`}>
            Min
          </th>
          <th scope="col" className={`${head} @max-4xl/page:hidden`}>
            Mean
          </th>
          <th scope="col" className={head}>
            p50
          </th>
          <th scope="col" className={head}>
            p95
          </th>
          <th scope="col" className={`${head} max-md:hidden`}>
            p99
          </th>
          <th scope="col" className={`${head} max-md:hidden`}>
            Max
          </th>
          <th scope="col" className={`${head} pr-4 max-sm:hidden sm:pr-6`}>
            p95 before
          </th>
        </tr>
      </thead>
      <tbody>
        {actions.map((each) => (
          <tr key={each.action} className="relative transition-colors duration-120 hover:bg-hover">
            <th scope="row" className={`${firstCell} font-mono text-12 font-[400] break-all`}>
              <Link href={trailHref(search, { action: [each.action] })} prefetch={false} className={rowLink}>
                {each.action}
              </Link>
            </th>
            <td className={`${cell} text-ink-soft max-sm:hidden`}>{each.count.toLocaleString("en")}</td>
            <td className="border-b border-line px-3 @max-5xl/page:hidden">
              <Spread times={each} />
            </td>
            <td className={`${cell} text-ink-faint @max-4xl/page:hidden`}>{sayDuration(each.minMs)}</td>
            <td className={`${cell} text-ink-soft @max-4xl/page:hidden`}>{sayDuration(each.meanMs)}</td>
            <td className={cell}>{sayDuration(each.p50Ms)}</td>
            <td className={cell}>
              <span className="inline-flex items-center gap-1.5">
                {each.worse === null ? null : (
                  <>
                    <TriangleAlert aria-hidden strokeWidth={2} className="size-3.5 text-high" />
                    <span className="sr-only">{each.worse} times as long as before: </span>
                  </>
                )}
                {sayDuration(each.p95Ms)}
              </span>
            </td>
            <td className={`${cell} max-md:hidden`}>{sayDuration(each.p99Ms)}</td>
            <td className={`${cell} text-ink-soft max-md:hidden`}>{sayDuration(each.maxMs)}</td>
            <td className={`${cell} pr-4 text-ink-faint max-sm:hidden sm:pr-6`}>
              {each.baseline ? sayDuration(each.baseline.p95Ms) : <span title="Too few to compare">–</span>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
