import Link from "next/link";
import { Time } from "#components/ui/time.tsx";
import type { AuditStatistics } from "#db/audit/model.ts";
import { SectionHead } from "../../_tables/section-head.tsx";
import { cell, firstCell, firstHead, head, rowLink } from "../../_tables/table-words.ts";
import { trailHref } from "../../hrefs.ts";
import type { TrailSearch } from "../../search-params.ts";
import { allOf, CountBar } from "./count-bar.tsx";

const mostRows = 40;

/** One row an action, the most frequent first; it leads to its entries. */
export function ByAction({
  actions,
  search,
  now,
}: {
  actions: AuditStatistics["actions"];
  search: TrailSearch;
  now: string;
}) {
  const most = Math.max(...actions.map(({ counts }) => allOf(counts)));
  return (
    <section aria-label="By action" className="min-w-0">
      <SectionHead title="What was done" />
      <table className="w-full border-collapse text-13">
        <caption className="sr-only">Entries by action, most first</caption>
        <thead>
          <tr>
            <th scope="col" className={firstHead}>
              Action
            </th>
            <th scope="col" className={`${head} w-1/3 max-md:hidden`}>
              <span className="sr-only">Share</span>
            </th>
            <th scope="col" className={head}>
              Entries
            </th>
            <th scope="col" className={`${head} max-sm:hidden`}>
              Refused
            </th>
            <th scope="col" className={`${head} max-sm:hidden`}>
              Failed
            </th>
            <th scope="col" className={`${head} pr-4 max-sm:hidden sm:pr-6`}>
              Last
            </th>
          </tr>
        </thead>
        <tbody>
          {actions.slice(0, mostRows).map(({ action, counts, lastAt }) => (
            <tr key={action} className="relative transition-colors duration-120 hover:bg-hover">
              <th scope="row" className={`${firstCell} font-mono text-12 font-[400] break-all`}>
                <Link href={trailHref(search, { action: [action] })} prefetch={false} className={rowLink}>
                  {action}
                </Link>
              </th>
              <td className="border-b border-line px-3 max-md:hidden">
                <CountBar counts={counts} most={most} />
              </td>
              <td className={cell}>{allOf(counts).toLocaleString("en")}</td>
              <td className={`${cell} max-sm:hidden`}>
                <Some count={counts.refused} />
              </td>
              <td className={`${cell} max-sm:hidden`}>
                <Some count={counts.failed} />
              </td>
              <td className={`${cell} pr-4 text-ink-faint max-sm:hidden sm:pr-6`}>
                <Time at={lastAt} now={now > lastAt ? now : lastAt} short />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {actions.length > mostRows ? (
        <p className="px-4 py-3 text-12 text-ink-faint sm:px-6">
          And {(actions.length - mostRows).toLocaleString("en")} rarer ones, which the trail's filters list.
        </p>
      ) : null}
    </section>
  );
}

const Some = ({ count }: { count: number }) => (
  <span className={count === 0 ? "text-ink-faint" : undefined}>{count.toLocaleString("en")}</span>
);
