import { ArrowLeft, Download, ExternalLink } from "lucide-react";
import type { Metadata, Route } from "next";
import { notFound } from "next/navigation";
import { AnchorButton, LinkButton } from "#components/ui/button.tsx";
import { getReport, getReportPlan } from "#db/audit/reports.ts";
import { database } from "#db/client.ts";
import { DomainError } from "#lib/errors.ts";
import { readTrailScope } from "../../read-trail-scope.ts";
import { DeleteReport } from "../_components/delete-report.tsx";
import { kindWords, sayPeriod } from "../say-report.ts";

export const metadata: Metadata = { title: "Audit report" };

/** A report in a frame where it can do nothing, and the file of it. */
export default async function ReportPage({ params }: { params: Promise<{ reportId: string }> }) {
  const [scope, { reportId }] = [await readTrailScope(), await params];
  if (!scope) return null;
  const { db } = database();
  const [report, { timeZone }] = await Promise.all([
    getReport(db, scope, reportId).catch((error: unknown) => {
      if (error instanceof DomainError && error.code === "not_found") notFound();
      throw error;
    }),
    getReportPlan(db, scope),
  ]);
  const address = `/api/audit/reports/${encodeURIComponent(report.id)}`;
  const period = sayPeriod(report, timeZone);
  return (
    <div className="px-4 pt-5 sm:px-6">
      <div className="flex flex-wrap items-center gap-2">
        <LinkButton size="sm" look="plain" href={"/audit/reports" as Route}>
          <ArrowLeft aria-hidden strokeWidth={1.6} className="size-4" />
          All reports
        </LinkButton>
        <h2 className="mr-auto text-16">
          {kindWords[report.kind]}: {period}
        </h2>
        {report.createdBy && scope.can("audit:manage") ? (
          <DeleteReport reportId={report.id} period={period} />
        ) : null}
        <AnchorButton size="sm" href={address} target="_blank" rel="noreferrer">
          <ExternalLink aria-hidden strokeWidth={1.6} className="size-4" />
          Open to print
        </AnchorButton>
        <AnchorButton size="sm" look="primary" href={`${address}?download`} download>
          <Download aria-hidden strokeWidth={1.6} className="size-4" />
          Download
        </AnchorButton>
      </div>
      <iframe
        title={`Audit report of ${period}`}
        src={address}
        sandbox=""
        referrerPolicy="no-referrer"
        className="mt-4 h-[calc(100dvh-9rem)] min-h-[32rem] w-full rounded border border-line-strong bg-surface"
      />
    </div>
  );
}
