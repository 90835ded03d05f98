import { Download } from "lucide-react";
import type { Route } from "next";
import Link from "next/link";
import { Badge } from "#components/ui/badge.tsx";
import { Time } from "#components/ui/time.tsx";
import { Untrusted } from "#components/ui/untrusted.tsx";
import type { ReportView } from "#db/audit/reports.ts";
import { kindWords, sayPeriod } from "../say-report.ts";

/** A line for each report: its period, who made it and when, and the file. */
export function ReportList({
  reports,
  timeZone,
  now,
}: {
  reports: readonly ReportView[];
  timeZone: string;
  now: string;
}) {
  return (
    <ul className="border-t border-line">
      {reports.map((report) => {
        const period = sayPeriod(report, timeZone);
        return (
          <li
            key={report.id}
            className="relative flex min-h-14 items-center gap-3 border-b border-line px-4 py-2.5 transition-colors duration-120 hover:bg-hover sm:px-6"
          >
            <div className="min-w-0 flex-1">
              <Link
                href={`/audit/reports/${report.id}` as Route}
                className="text-14 font-[540] outline-none before:absolute before:inset-0 focus-visible:before:outline-2 focus-visible:before:-outline-offset-2 focus-visible:before:outline-accent"
              >
                {period}
              </Link>
              <p className="mt-0.5 text-13 text-ink-soft">
                <Time at={report.createdAt} now={now} />
                {" by "}
                {report.createdBy ? <Untrusted text={report.createdBy.name} limit={80} /> : "schedule"}
              </p>
            </div>
            <Badge tone={report.kind === "custom" ? "neutral" : "accent"}>{kindWords[report.kind]}</Badge>
            <a
              href={`/api/audit/reports/${report.id}?download`}
              download
              aria-label={`Download the report of ${period}`}
              title="Download"
              className="relative inline-flex size-8 shrink-0 items-center justify-center rounded text-ink-soft transition-colors duration-120 hover:bg-selected hover:text-ink max-sm:size-10"
            >
              <Download aria-hidden strokeWidth={1.6} className="size-4" />
            </a>
          </li>
        );
      })}
    </ul>
  );
}
