import Link from "next/link";
import { LinkButton } from "#components/ui/button.tsx";
import { Time } from "#components/ui/time.tsx";
import { Untrusted } from "#components/ui/untrusted.tsx";
import type { ImportView } from "#db/imports/model.ts";
import { formatWords } from "../say-import.ts";
import { OutcomeBar } from "./outcome-bar.tsx";

const head = "label-caps h-9 border-y border-line px-3 text-left font-[500] whitespace-nowrap";
const figure = "px-3 py-2.5 text-right border-b border-line";

/** One row an import. */
export function ImportsTable({
  imports,
  next,
  now,
}: {
  imports: readonly ImportView[];
  next: string | null;
  now: string;
}) {
  return (
    <div className="@container">
      <table className="w-full border-collapse text-13">
        <caption className="sr-only">Imports, newest first</caption>
        <thead>
          <tr>
            <th scope="col" className={`${head} pl-4 sm:pl-6`}>
              Report
            </th>
            <th scope="col" className={`${head} hidden @2xl:table-cell`}>
              When
            </th>
            <th scope="col" className={`${head} w-1/4 max-sm:hidden`}>
              What became of it
            </th>
            <th scope="col" className={`${head} hidden text-right @3xl:table-cell`}>
              Rows
            </th>
            <th scope="col" className={`${head} text-right`}>
              New
            </th>
            <th scope="col" className={`${head} pr-4 text-right sm:pr-6`}>
              Rejected
            </th>
          </tr>
        </thead>
        <tbody>
          {imports.map((each) => (
            <tr key={each.id} className="relative transition-colors duration-120 hover:bg-hover">
              <td className="w-full max-w-0 border-b border-line py-2.5 pr-3 pl-4 sm:pl-6 @2xl:w-2/5">
                <Link
                  href={`/imports/${each.id}`}
                  prefetch={false}
                  className="block truncate text-14 font-[480] outline-none before:absolute before:inset-0 focus-visible:before:outline-2 focus-visible:before:-outline-offset-2 focus-visible:before:outline-accent"
                >
                  <Untrusted text={each.fileName} limit={200} />
                </Link>
                <div className="mt-0.5 truncate text-12 text-ink-faint">
                  {each.tool ? <Untrusted text={each.tool} limit={80} /> : formatWords[each.format]}
                  {statusWords[each.status]}
                  <span className="@2xl:hidden">
                    {", "}
                    <Time at={each.createdAt} now={now} />
                  </span>
                </div>
              </td>
              <td className="hidden border-b border-line px-3 py-2.5 @2xl:table-cell">
                <Time at={each.createdAt} now={now} />
                <div className="mt-0.5 max-w-40 truncate text-12 text-ink-faint">
                  {each.requestedBy ? <Untrusted text={each.requestedBy.name} limit={60} /> : "command line"}
                </div>
              </td>
              <td className="border-b border-line px-3 py-2.5 max-sm:hidden">
                <OutcomeBar counts={each.counts} />
              </td>
              <td className={`${figure} hidden text-ink-soft @3xl:table-cell`}>
                {each.counts.rows.toLocaleString("en")}
              </td>
              <td className={figure}>
                <Figure n={each.counts.created} />
              </td>
              <td className={`${figure} pr-4 sm:pr-6`}>
                <Figure n={each.counts.rejected} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {next ? (
        <nav aria-label="Pages" className="flex justify-end px-4 py-3 sm:px-6">
          <LinkButton size="sm" href={`/imports?before=${next}`}>
            Older imports
          </LinkButton>
        </nav>
      ) : null}
    </div>
  );
}

const statusWords: Readonly<Record<ImportView["status"], string>> = {
  uploading: ", on its way",
  waiting: ", waiting",
  running: ", being read",
  done: "",
  failed: ", broken off",
};

const Figure = ({ n }: { n: number }) =>
  n > 0 ? n.toLocaleString("en") : <span className="text-ink-faint">0</span>;
