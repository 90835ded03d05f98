import type { Route } from "next";
import Link from "next/link";
import type { ReactNode } from "react";
import { duration } from "#components/ui/relative-time.ts";
import type { ScanView } from "#db/scans/model.ts";

/** What it came to, in exact figures; those that are findings lead to them. */
export function ScanFigures({ scan, now }: { scan: ScanView; now: string }) {
  const took = Date.parse(scan.finishedAt ?? now) - Date.parse(scan.createdAt);
  const leadTo = (change: string) => `/findings?state=all&scan=${scan.id}&change=${change}` as Route;
  return (
    <dl className="grid grid-cols-2 gap-px border-y border-line bg-line sm:grid-cols-4 xl:grid-cols-8">
      <Figure name="New" count={scan.opened} href={leadTo("opened")} />
      <Figure name="Reopened" count={scan.reopened} href={leadTo("reopened")} />
      <Figure name="Resolved" count={scan.resolved} href={leadTo("resolved")} />
      <Figure name="Resources" count={scan.resources} />
      <Figure name="Changed" count={scan.changed} />
      <Figure name="Calls" count={scan.calls} />
      <Figure name="Slowed down" count={scan.throttles} />
      <Figure name="Took">{duration(took)}</Figure>
    </dl>
  );
}

function Figure({
  name,
  count = 0,
  href,
  children,
}: {
  name: string;
  count?: number;
  href?: Route;
  children?: ReactNode;
}) {
  const shown = children ?? count.toLocaleString("en");
  return (
    <div className="relative bg-ground px-4 py-3.5 first:pl-4 sm:px-5 sm:first:pl-6">
      <dt className="label-caps">{name}</dt>
      <dd className="mt-1 text-20 tracking-[-0.01em] whitespace-nowrap">
        {href && count > 0 ? (
          <Link
            href={href}
            prefetch={false}
            aria-label={`${shown} ${name.toLowerCase()}: show the findings`}
            className="underline decoration-line-strong decoration-1 underline-offset-4 before:absolute before:inset-0 hover:decoration-current"
          >
            {shown}
          </Link>
        ) : (
          shown
        )}
      </dd>
    </div>
  );
}
