import Link from "next/link";
import { UnitsBar } from "#components/scans/units-bar.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { duration } from "#components/ui/relative-time.ts";
import { Time } from "#components/ui/time.tsx";
import { cutText, visibleText } from "#components/ui/visible-text.ts";
import type { ScanView } from "#db/scans/model.ts";
import { triggerWords } from "../say-scan.ts";

const head = "label-caps h-9 border-y border-line px-3 text-left font-[500] whitespace-nowrap";
const figure = "px-3 py-2.5 text-right border-b border-line";

/** One row a scan. */
export function ScansTable({
  scans,
  next,
  now,
}: {
  scans: readonly ScanView[];
  next: string | null;
  now: string;
}) {
  return (
    <div className="@container">
      <table className="w-full border-collapse text-13">
        <caption className="sr-only">Scans, newest first</caption>
        <thead>
          <tr>
            <th scope="col" className={`${head} pl-4 sm:pl-6`}>
              Started
            </th>
            <th scope="col" className={`${head} hidden text-right @3xl:table-cell`}>
              Took
            </th>
            <th scope="col" className={`${head} hidden @4xl:table-cell`}>
              Accounts
            </th>
            <th scope="col" className={`${head} w-2/5 max-sm:hidden`}>
              Pieces
            </th>
            <th scope="col" className={`${head} hidden text-right @2xl:table-cell`}>
              Resources
            </th>
            <th scope="col" className={`${head} text-right`}>
              New
            </th>
            <th scope="col" className={`${head} pr-4 text-right sm:pr-6`}>
              Resolved
            </th>
          </tr>
        </thead>
        <tbody>
          {scans.map((scan) => (
            <tr key={scan.id} className="relative transition-colors duration-120 hover:bg-hover">
              <td className="border-b border-line py-2.5 pr-3 pl-4 sm:pl-6">
                <Link
                  href={`/scans/${scan.id}`}
                  prefetch={false}
                  className="text-14 font-[480] outline-none before:absolute before:inset-0 focus-visible:before:outline-2 focus-visible:before:-outline-offset-2 focus-visible:before:outline-accent"
                >
                  <Time at={scan.createdAt} now={now} />
                </Link>
                <div className="mt-0.5 text-12 text-ink-faint">
                  <bdi>{visibleText(cutText(triggerWords(scan), 60).text)}</bdi>
                  {scan.status === "cancelled" ? ", cancelled" : scan.status === "failed" ? ", failed" : ""}
                </div>
                <div className="mt-1.5 w-36 sm:hidden">
                  <UnitsBar units={scan.units} />
                </div>
              </td>
              <td className={`${figure} hidden whitespace-nowrap text-ink-soft @3xl:table-cell`}>
                {scan.finishedAt
                  ? duration(Date.parse(scan.finishedAt) - Date.parse(scan.createdAt))
                  : "under way"}
              </td>
              <td className="hidden border-b border-line px-3 py-2.5 whitespace-nowrap text-ink-soft @4xl:table-cell">
                {scan.accounts.length === 1
                  ? visibleText(cutText(scan.accounts[0] ?? "", 40).text)
                  : scan.accounts.length}
              </td>
              <td className="border-b border-line px-3 py-2.5 max-sm:hidden">
                <div className="flex items-center gap-4">
                  <UnitsBar units={scan.units} />
                  <span className="w-24 shrink-0 text-12 text-ink-faint">{sayBlind(scan)}</span>
                </div>
              </td>
              <td className={`${figure} hidden text-ink-soft @2xl:table-cell`}>
                {scan.resources.toLocaleString("en")}
              </td>
              <td className={figure}>
                {scan.opened + scan.reopened > 0 ? (
                  (scan.opened + scan.reopened).toLocaleString("en")
                ) : (
                  <None />
                )}
              </td>
              <td className={`${figure} pr-4 sm:pr-6`}>
                {scan.resolved > 0 ? scan.resolved.toLocaleString("en") : <None />}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {next ? (
        <nav aria-label="Pages" className="flex justify-end px-4 py-3 sm:px-6">
          <LinkButton size="sm" href={`/scans?before=${next}`}>
            Older scans
          </LinkButton>
        </nav>
      ) : null}
    </div>
  );
}

const None = () => <span className="text-ink-faint">0</span>;

function sayBlind({ units }: ScanView): string {
  if (units.failed > 0) return `${units.failed} failed`;
  if (units.gap > 0) return units.gap === 1 ? "1 gap" : `${units.gap} gaps`;
  return "";
}
