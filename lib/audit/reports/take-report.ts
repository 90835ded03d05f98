import { getReport } from "#db/audit/reports.ts";
import type { Database } from "#db/client.ts";
import type { Scope } from "../../auth/scope.ts";
import { appendAudit } from "../append.ts";

type Report = Awaited<ReturnType<typeof getReport>>;

/** As `getReport`, for who takes the report away as a file, which the trail then says. */
export async function takeReport(db: Database, scope: Scope, reportId: string): Promise<Report> {
  const report = await getReport(db, scope, reportId);
  const { kind, from, to } = report;
  await db.transaction((tx) =>
    appendAudit(tx, scope, {
      action: "audit_report.download",
      object: { kind: "audit_report", id: reportId },
      after: { kind, from, to },
    }),
  );
  return report;
}
