import type { Route } from "next";
import Link from "next/link";
import type { ReactNode } from "react";
import { SeverityShape, severityWords } from "#components/ui/severity-mark.tsx";
import { Time } from "#components/ui/time.tsx";
import type { AccountDetail } from "#db/accounts/queries.ts";
import { findingsOf } from "../../hrefs.ts";

const severities = ["critical", "high", "medium", "low"] as const;

/** What is open in it, and when it was last looked at; findings and the scan are one click away. */
export function AccountFigures({
  account,
  resources,
  isKnown,
  now,
}: {
  account: AccountDetail;
  resources: number;
  /** Whether anything of it was ever read: of what was not, zero would be a claim. */
  isKnown: boolean;
  now: string;
}) {
  const { id, findings, lastScan, unreadKinds } = account;
  const gaps = Math.max(lastScan?.gaps ?? 0, unreadKinds);
  return (
    <dl className="grid grid-cols-2 gap-px border-y border-line bg-line sm:grid-cols-4 xl:grid-cols-7">
      {severities.map((severity) => (
        <Figure
          key={severity}
          name={severityWords[severity]}
          mark={<SeverityShape severity={severity} className="size-2.5" />}
          href={findings[severity] > 0 ? findingsOf(id, severity) : undefined}
          says={`${findings[severity]} open ${severity} findings: show them`}
        >
          {isKnown ? findings[severity].toLocaleString("en") : <Unknown />}
        </Figure>
      ))}
      <Figure name="Resources">{isKnown ? resources.toLocaleString("en") : <Unknown />}</Figure>
      <Figure name="Gaps" mark={gaps > 0 ? <span className="hatched size-2.5 rounded-xs" /> : null}>
        {lastScan ? gaps.toLocaleString("en") : <Unknown />}
      </Figure>
      <Figure
        name="Last scan"
        href={lastScan ? (`/scans/${lastScan.id}` as Route) : undefined}
        says="The last scan: show it"
      >
        {lastScan === null ? (
          "never"
        ) : lastScan.finishedAt === null ? (
          "under way"
        ) : (
          <Time at={lastScan.finishedAt} now={now} short />
        )}
      </Figure>
    </dl>
  );
}

const Unknown = () => (
  <span className="text-ink-faint">
    –<span className="sr-only"> not known yet</span>
  </span>
);

function Figure({
  name,
  mark,
  href,
  says,
  children,
}: {
  name: string;
  mark?: ReactNode;
  href?: Route | undefined;
  says?: string;
  children: ReactNode;
}) {
  return (
    <div className="relative bg-ground px-4 py-3.5 sm:px-5 sm:first:pl-6 max-sm:last:col-span-2 sm:max-xl:last:col-span-2">
      <dt className="label-caps flex items-center gap-1.5">
        <span aria-hidden className="contents">
          {mark}
        </span>
        {name}
      </dt>
      <dd className="mt-1 truncate text-20 tracking-[-0.01em]">
        {href ? (
          <Link
            href={href}
            prefetch={false}
            aria-label={says}
            className="underline decoration-line-strong decoration-1 underline-offset-4 before:absolute before:inset-0 hover:decoration-current"
          >
            {children}
          </Link>
        ) : (
          children
        )}
      </dd>
    </div>
  );
}
