import Link from "next/link";
import { CloudBadge } from "#components/accounts/cloud-badge.tsx";
import { VerdictBar } from "#components/findings/verdict-bar.tsx";
import { Untrusted } from "#components/ui/untrusted.tsx";
import type { CheckStanding } from "#db/checks/queries.ts";
import type { Severity } from "#lib/checks/model.ts";
import { findingsOfCheck } from "../../hrefs.ts";

const shown = 50;
const head = "label-caps h-9 border-y border-line px-3 text-left font-[500] whitespace-nowrap";
const cell = "border-b border-line px-3 py-2.5";

/** A row an account, the most that fail first. */
export function ByAccount({
  checkId,
  severity,
  standings,
}: {
  checkId: string;
  severity: Severity;
  standings: readonly CheckStanding[];
}) {
  if (standings.length === 0) {
    return (
      <p className="px-4 text-14 text-ink-soft sm:px-6">
        No account has anything that it judges, as far as scans have read.
      </p>
    );
  }
  return (
    <>
      <table className="w-full border-collapse text-13">
        <caption className="sr-only">Verdicts by account</caption>
        <thead>
          <tr>
            <th scope="col" className={`${head} pl-4 sm:pl-6`}>
              Account
            </th>
            <th scope="col" className={`${head} w-1/2`}>
              Verdicts
            </th>
            <th scope="col" className={`${head} pr-4 text-right sm:pr-6`}>
              Failing
            </th>
          </tr>
        </thead>
        <tbody>
          {standings.slice(0, shown).map(({ account, ...counts }) => (
            <tr key={account.id}>
              <th scope="row" className={`${cell} pl-4 text-left font-[480] sm:pl-6`}>
                <span className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
                  <CloudBadge cloud={account.cloud} />
                  <Untrusted text={account.name} limit={60} />
                  {account.disabled ? <span className="text-12 text-ink-faint">disabled</span> : null}
                </span>
              </th>
              <td className={cell}>
                <VerdictBar counts={counts} severity={severity} />
              </td>
              <td className={`${cell} pr-4 text-right sm:pr-6`}>
                {counts.fail > 0 ? (
                  <Link
                    href={findingsOfCheck(checkId, account.id)}
                    prefetch={false}
                    aria-label={`${counts.fail.toLocaleString("en")} failing in ${account.name}: show the findings`}
                    className="underline decoration-line-strong underline-offset-4 hover:decoration-current"
                  >
                    {counts.fail.toLocaleString("en")}
                  </Link>
                ) : (
                  <span className="text-ink-faint">0</span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {standings.length > shown ? (
        <p className="px-4 pt-3 text-13 text-ink-faint sm:px-6">
          and {(standings.length - shown).toLocaleString("en")} more accounts with fewer failing.
        </p>
      ) : null}
    </>
  );
}
