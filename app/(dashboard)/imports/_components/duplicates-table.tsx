import type { Route } from "next";
import Link from "next/link";
import { MiddleCut, Untrusted } from "#components/ui/untrusted.tsx";
import type { DuplicatePage, DuplicateRow } from "#db/imports/model.ts";
import { ListPages } from "./list-pages.tsx";

const head = "label-caps h-9 border-y border-line px-3 text-left font-[500] whitespace-nowrap";
const cell = "border-b border-line px-3 py-2.5 align-top";

const verdictWords: Readonly<Record<DuplicateRow["judged"], string>> = {
  pass: "passes",
  fail: "fails",
  unknown: "can't tell",
  manual: "by hand",
};

/** Rows about what Parapet judges itself, with both verdicts. */
export function DuplicatesTable({
  label,
  page,
  nextHref,
  firstHref,
}: {
  label: string;
  page: DuplicatePage;
  nextHref: Route | null;
  firstHref: Route | null;
}) {
  return (
    <>
      <table className="w-full table-fixed border-collapse text-13">
        <caption className="sr-only">{label}</caption>
        <thead>
          <tr>
            <th scope="col" className={`${head} w-24 pl-6 text-right max-sm:hidden`}>
              Row
            </th>
            <th scope="col" className={`${head} max-sm:pl-4`}>
              Resource and check
            </th>
            <th scope="col" className={`${head} w-24 sm:w-28`}>
              Report
            </th>
            <th scope="col" className={`${head} w-24 pr-4 sm:w-32 sm:pr-6`}>
              Parapet
            </th>
          </tr>
        </thead>
        <tbody>
          {page.duplicates.map((row) => (
            <tr key={row.row}>
              <td className={`${cell} pl-6 text-right text-ink-soft max-sm:hidden`}>
                {row.row.toLocaleString("en")}
              </td>
              <td className={`${cell} max-sm:pl-4`}>
                <MiddleCut text={row.subject} tail={24} className="font-mono text-12" />
                <span className="mt-1 flex flex-wrap gap-x-2 text-12 text-ink-faint">
                  <Untrusted text={row.checkId} limit={120} className="wrap-anywhere" />
                  <span aria-hidden>→</span>
                  <Link
                    href={`/checks/${row.nativeCheckId}` as Route}
                    className="wrap-anywhere underline hover:text-ink"
                  >
                    {row.nativeCheckId}
                  </Link>
                </span>
              </td>
              <td className={cell}>{verdictWords[row.said]}</td>
              <td className={`${cell} pr-4 sm:pr-6 ${row.contradicts ? "font-[540]" : ""}`}>
                {verdictWords[row.judged]}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <ListPages label={`Pages of: ${label}`} nextHref={nextHref} firstHref={firstHref} />
    </>
  );
}
