import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { auditReports } from "#db/audit/schema.ts";
import { DomainError } from "../../../errors.ts";
import { defineMutation } from "../../../mutation.ts";

export const DeleteReportInput = z.strictObject({ reportId: z.string().min(1).max(60) });

/** Deletes a report that somebody asked for. What it told of stays in the trail, and the same report can be made again. */
export const deleteReport = defineMutation({
  permission: "audit:manage",
  act: { action: "audit_report.delete", kind: "audit_report", id: "reportId" },
  input: DeleteReportInput,
  async run({ tx, scope, input: { reportId } }) {
    scope.requireEveryAccount();
    const { kind, from, to, createdBy } = auditReports;
    const [gone] = await tx
      .delete(auditReports)
      .where(and(eq(auditReports.id, reportId), eq(auditReports.organisationId, scope.organisationId)))
      .returning({ kind, from, to, createdBy });
    if (!gone)
      throw new DomainError("not_found", "Nothing was deleted: your organisation has no such report.");
    // The schedule would make it anew within the hour.
    if (gone.createdBy === null) {
      throw new DomainError("conflict", "Nothing was deleted: reports that the schedule made are kept.");
    }
    return {
      result: { reportId },
      audit: {
        action: "audit_report.delete",
        object: { kind: "audit_report", id: reportId },
        before: gone,
      },
    };
  },
});
