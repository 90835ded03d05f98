import type { Route } from "next";
import Link from "next/link";
import { LinkButton } from "#components/ui/button.tsx";
import { SeverityMark } from "#components/ui/severity-mark.tsx";
import { Untrusted } from "#components/ui/untrusted.tsx";
import type { FindingRow } from "#db/findings/queries.ts";

/** What has been found so far, the gravest first; each leads to its evidence and its fix. */
export function FirstFindings({
  worst,
  open,
  isUnderWay,
  hasScanned,
}: {
  worst: readonly FindingRow[];
  open: number;
  isUnderWay: boolean;
  hasScanned: boolean;
}) {
  const first = worst[0];
  if (!first) {
    return hasScanned && !isUnderWay ? (
      <div className="grid justify-items-start gap-4 px-4 pt-8 sm:px-6">
        <p className="max-w-[64ch] text-14 text-pretty text-ink-soft">
          Nothing that was read stands open. The scan says what was read, and what could not be.
        </p>
        <LinkButton href="/scans" look="primary">
          See the scan
        </LinkButton>
      </div>
    ) : null;
  }
  return (
    <section aria-labelledby="first-findings" className="px-4 pt-8 sm:px-6">
      <div className="mb-3 flex flex-wrap items-baseline justify-between gap-x-6 gap-y-2">
        <h2 id="first-findings" className="text-16">
          {isUnderWay ? "The worst so far" : "The worst of what was found"}
        </h2>
        <Link
          href="/findings"
          className="text-13 text-ink-soft underline decoration-line-strong underline-offset-4 hover:decoration-current"
        >
          {open === 1 ? "1 open finding" : `All ${open.toLocaleString("en")} open findings`}
        </Link>
      </div>
      <ul className="border-t border-line">
        {worst.map((finding) => (
          <li
            key={finding.id}
            className="relative grid gap-x-4 gap-y-1 border-b border-line py-3 transition-colors duration-120 hover:bg-hover sm:grid-cols-[6.5rem_minmax(0,1fr)_minmax(0,14rem)] sm:items-baseline"
          >
            <SeverityMark severity={finding.severity} />
            <Link
              href={`/findings?finding=${finding.id}` as Route}
              className="text-14 font-[480] text-pretty outline-none before:absolute before:inset-0 focus-visible:before:outline-2 focus-visible:before:-outline-offset-2 focus-visible:before:outline-accent"
            >
              <Untrusted text={finding.reason} limit={240} />
            </Link>
            <span className="truncate text-13 text-ink-faint">
              <Untrusted text={finding.resource.name} limit={80} />,{" "}
              <Untrusted text={finding.account.name} limit={40} />
            </span>
          </li>
        ))}
      </ul>
      {isUnderWay ? null : (
        <div className="mt-5">
          <LinkButton href={`/findings?finding=${first.id}` as Route} look="primary">
            Open the worst one
          </LinkButton>
        </div>
      )}
    </section>
  );
}
