import type { Route } from "next";
import { Untrusted } from "#components/ui/untrusted.tsx";
import type { RejectionPage } from "#db/imports/model.ts";
import { ListPages } from "./list-pages.tsx";

const head = "label-caps h-9 border-y border-line px-3 text-left font-[500] whitespace-nowrap";

/** Rows that were not taken: where they stand in the file, what they are about, and why. */
export function RejectionsTable({
  page,
  nextHref,
  firstHref,
}: {
  page: RejectionPage;
  nextHref: Route | null;
  firstHref: Route | null;
}) {
  return (
    <>
      <table className="w-full table-fixed border-collapse text-13">
        <caption className="sr-only">Rejected rows</caption>
        <thead>
          <tr>
            <th scope="col" className={`${head} w-20 pl-4 text-right sm:w-24 sm:pl-6`}>
              Row
            </th>
            <th scope="col" className={`${head} pr-4 sm:w-2/5`}>
              <span className="sm:hidden">What and why</span>
              <span className="max-sm:hidden">What it is about</span>
            </th>
            <th scope="col" className={`${head} pr-6 max-sm:hidden`}>
              Why
            </th>
          </tr>
        </thead>
        <tbody>
          {page.rejections.map(({ row, subject, reason }) => (
            <tr key={row}>
              <td className="border-b border-line py-2.5 pr-3 pl-4 text-right align-top text-ink-soft sm:pl-6">
                {row.toLocaleString("en")}
              </td>
              <td className="border-b border-line px-3 py-2.5 pr-4 align-top wrap-anywhere">
                {subject ? (
                  <Untrusted text={subject} limit={300} className="font-mono text-12" />
                ) : (
                  <span className="text-ink-faint">It can't be told</span>
                )}
                <p className="mt-1 text-ink-soft sm:hidden">
                  <Untrusted text={reason} limit={600} />
                </p>
              </td>
              <td className="border-b border-line px-3 py-2.5 pr-6 align-top wrap-anywhere max-sm:hidden">
                <Untrusted text={reason} limit={600} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <ListPages label="Pages of rejected rows" nextHref={nextHref} firstHref={firstHref} />
    </>
  );
}
