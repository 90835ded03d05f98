import type { Route } from "next";
import Link from "next/link";
import { Untrusted } from "#components/ui/untrusted.tsx";
import { VerdictMark } from "#components/ui/verdict-mark.tsx";
import type { TargetView } from "#db/remediation/model.ts";
import type { VerdictStatus } from "#lib/checks/model.ts";

const statuses: readonly string[] = ["pass", "fail", "unknown", "manual"] satisfies readonly VerdictStatus[];
const isStatus = (word: string): word is VerdictStatus => statuses.includes(word);

/** What each check said of the resource on the fresh read, with the way to its finding. */
export function Verification({
  target: { verdicts, findings, scanId, name },
  checkTitles,
}: {
  target: TargetView;
  checkTitles: Readonly<Record<string, string>>;
}) {
  if (!verdicts) return null;
  const checkIds = [...new Set([...findings.map(({ checkId }) => checkId), ...Object.keys(verdicts)])];
  return (
    <section aria-label={`What the checks say now: ${name}`}>
      <h3 className="mb-1.5 text-13 font-[540]">What the checks say now</h3>
      <ul className="divide-y divide-line rounded border border-line">
        {checkIds.map((checkId) => {
          const said = verdicts[checkId] ?? "unknown";
          const finding = findings.find((each) => each.checkId === checkId);
          const title = <Untrusted text={checkTitles[checkId] ?? checkId} limit={200} />;
          return (
            <li
              key={checkId}
              className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 px-3 py-2"
            >
              {finding ? (
                <Link
                  href={`/findings?state=all&finding=${finding.id}` as Route}
                  prefetch={false}
                  className="min-w-0 flex-1 basis-52 text-13 text-pretty underline decoration-line-strong underline-offset-4 hover:decoration-current max-sm:py-1.5"
                >
                  {title}
                </Link>
              ) : (
                <span className="min-w-0 flex-1 basis-52 text-13 text-pretty">{title}</span>
              )}
              <VerdictMark status={isStatus(said) ? said : "unknown"} />
            </li>
          );
        })}
      </ul>
      {scanId ? (
        <p className="mt-1.5 text-12">
          <Link
            href={`/scans/${scanId}` as Route}
            prefetch={false}
            className="text-ink-faint underline decoration-line-strong underline-offset-4 hover:text-ink max-sm:inline-block max-sm:py-2"
          >
            The scan that read it afresh
          </Link>
        </p>
      ) : null}
    </section>
  );
}
