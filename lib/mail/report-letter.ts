import { and, eq } from "drizzle-orm";
import { auditPolicies, auditReports } from "#db/audit/schema.ts";
import type { Database } from "#db/client.ts";
import { organisations, type users } from "#db/identity/schema.ts";
import { fileNameOf } from "../audit/reports/file-name.ts";
import { ReportPlan, reportTitles } from "../audit/reports/model.ts";
import { dayThere } from "../audit/reports/zoned.ts";
import { rolePermissions } from "../auth/permissions.ts";
import { env } from "../env.ts";
import type { ReportLetter } from "./compose.ts";

type Reader = Pick<typeof users.$inferSelect, "role" | "seesAllAccounts">;

/** What a letter brings of a report; null when there is none any more, or the reader may not read the trail by now. */
export async function readReportLetter(
  db: Database,
  organisationId: string,
  reportId: string | null,
  reader: Reader,
): Promise<ReportLetter | null> {
  if (reportId === null || !reader.seesAllAccounts) return null;
  if (!rolePermissions[reader.role].includes("audit:read")) return null;
  const [row] = await db
    .select({ report: auditReports, organisation: organisations.name, plan: auditPolicies.reports })
    .from(auditReports)
    .innerJoin(organisations, eq(organisations.id, auditReports.organisationId))
    .leftJoin(auditPolicies, eq(auditPolicies.organisationId, auditReports.organisationId))
    .where(and(eq(auditReports.id, reportId), eq(auditReports.organisationId, organisationId)));
  if (!row) return null;
  const { report, organisation } = row;
  const { timeZone } = ReportPlan.parse(row.plan ?? {});
  const [first, last] = [report.from, new Date(report.to.getTime() - 1)].map((at) => {
    const { year, month, day } = dayThere(at, timeZone);
    return `${year}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
  });
  return {
    title: reportTitles[report.kind],
    organisation,
    period: first === last ? `${first}` : `${first} to ${last}`,
    facts: [],
    url: `${env().authUrl}/audit/reports/${encodeURIComponent(report.id)}`,
    file: { name: fileNameOf(report), html: report.html },
  };
}
