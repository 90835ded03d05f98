import type { Route } from "next";
import Link from "next/link";
import { VerdictBar } from "#components/findings/verdict-bar.tsx";
import { SeverityMark } from "#components/ui/severity-mark.tsx";
import type { CheckCounts } from "#db/findings/check-counts.ts";
import type { AnyCheck } from "#lib/checks/model.ts";

/** One check: how grave, what it wants to see, how it stands. */
export function CheckRow({ check, counts }: { check: AnyCheck; counts: CheckCounts }) {
  return (
    <li className="relative grid grid-cols-[1.25rem_minmax(0,1fr)] items-center gap-x-4 gap-y-2 border-b border-line px-4 py-2.5 transition-colors duration-120 last:border-b-0 hover:bg-hover sm:grid-cols-[6rem_minmax(0,1fr)_16rem] sm:px-6">
      <span className="sm:hidden">
        <SeverityMark severity={check.severity} terse />
      </span>
      <span className="max-sm:hidden">
        <SeverityMark severity={check.severity} />
      </span>
      <div className="min-w-0">
        <Link
          href={`/checks/${check.id}` as Route}
          prefetch={false}
          className="text-14 font-[480] outline-none before:absolute before:inset-0 focus-visible:before:outline-2 focus-visible:before:-outline-offset-2 focus-visible:before:outline-accent"
        >
          {check.title}
        </Link>
        <div className="truncate font-mono text-12 text-ink-faint">{check.id}</div>
      </div>
      <div className="max-sm:col-start-2">
        <VerdictBar counts={counts} severity={check.severity} />
      </div>
    </li>
  );
}
