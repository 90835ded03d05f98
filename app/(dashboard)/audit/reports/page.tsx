import type { Metadata, Route } from "next";
import Link from "next/link";
import { LinkButton } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { getReportPlan, listReports } from "#db/audit/reports.ts";
import { listTrailReaders } from "#db/audit/trail-readers.ts";
import { database } from "#db/client.ts";
import { mailSettings } from "#lib/mail/settings.ts";
import { SectionHead } from "../_tables/section-head.tsx";
import { readTrailScope } from "../read-trail-scope.ts";
import { MakeReport } from "./_components/make-report.tsx";
import { ReportList } from "./_components/report-list.tsx";
import { Schedule } from "./_components/schedule.tsx";

export const metadata: Metadata = { title: "Audit reports" };

type Search = { after?: string | string[] };

/** Reports that were made, the one that can be made now, and those that come by themselves. */
export default async function ReportsPage({ searchParams }: { searchParams: Promise<Search> }) {
  const [scope, { after }] = [await readTrailScope(), await searchParams];
  if (!scope) return null;
  const { db } = database();
  const [page, plan, readers] = await Promise.all([
    listReports(db, scope, typeof after === "string" ? { after } : {}),
    getReportPlan(db, scope),
    listTrailReaders(db, scope),
  ]);
  return (
    <div className="grid @5xl/page:grid-cols-[minmax(0,1fr)_22rem]">
      <div className="min-w-0">
        <SectionHead title="Make a report">
          One page of a period: what happened, what was refused or failed, how the work went from scan to fix,
          and whether the trail can be believed. It needs nothing else, so it can be printed or sent on.
        </SectionHead>
        <MakeReport />
        <SectionHead title="Reports" />
        {page.reports.length > 0 ? (
          <ReportList reports={page.reports} timeZone={plan.timeZone} now={new Date().toISOString()} />
        ) : (
          <EmptyState title={after ? "There are no older reports" : "No report has been made yet"}>
            Make one above, or have them made every day or week.
          </EmptyState>
        )}
        {page.next || after ? (
          <nav aria-label="Pages of reports" className="flex gap-2 px-4 py-4 sm:px-6">
            {after ? (
              <Link href={"/audit/reports" as Route} className="text-13 underline-offset-2 hover:underline">
                Newest
              </Link>
            ) : null}
            {page.next ? (
              <LinkButton size="sm" href={`/audit/reports?after=${encodeURIComponent(page.next)}` as Route}>
                Older
              </LinkButton>
            ) : null}
          </nav>
        ) : null}
      </div>
      <aside className="min-w-0 border-line max-@5xl/page:border-t @5xl/page:border-l">
        <SectionHead title="On schedule" />
        <Schedule
          key={plan.revision}
          plan={plan}
          readers={readers}
          mayManage={scope.can("audit:manage")}
          mails={mailSettings() !== null}
        />
      </aside>
    </div>
  );
}
