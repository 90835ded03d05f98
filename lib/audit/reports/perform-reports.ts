import { sql } from "drizzle-orm";
import { auditPolicies, auditReports } from "#db/audit/schema.ts";
import { listTrailReaders } from "#db/audit/trail-readers.ts";
import type { Database } from "#db/client.ts";
import { newId } from "#db/columns.ts";
import { queueMails } from "#lib/mail/queue-mails.ts";
import { Scope } from "../../auth/scope.ts";
import { appendAudit } from "../append.ts";
import { type DueReport, dueReports } from "./due-reports.ts";
import { gatherReport } from "./gather-report.ts";
import { ReportPlan } from "./model.ts";
import { renderReport } from "./render/report.ts";

/** Makes the reports whose time has come, each in a transaction of its own. Returns how many it made. */
export async function performReports(db: Database, now: Date, signal: AbortSignal): Promise<number> {
  const planned = await db
    .select({ organisationId: auditPolicies.organisationId, reports: auditPolicies.reports })
    .from(auditPolicies)
    .where(sql`${auditPolicies.reports} <> '{}'::jsonb`);
  let made = 0;
  for (const { organisationId, reports } of planned) {
    const plan = ReportPlan.parse(reports);
    for (const due of dueReports(plan, now)) {
      signal.throwIfAborted();
      if (await makeDueReport(db, organisationId, plan, due)) made += 1;
    }
  }
  return made;
}

/** Makes a report, tells the trail of it and has it sent; or none of that, when it was made before. */
async function makeDueReport(
  db: Database,
  organisationId: string,
  { timeZone, recipients }: ReportPlan,
  { kind, range }: DueReport,
): Promise<boolean> {
  const startedAt = performance.now();
  const [present] = await db
    .select({ id: auditReports.id })
    .from(auditReports)
    .where(
      sql`${auditReports.organisationId} = ${organisationId} and ${auditReports.kind} = ${kind}
        and ${auditReports.from} = ${range.from.toISOString()}::timestamptz and ${auditReports.createdBy} is null`,
    );
  if (present) return false;
  const scope = Scope.ofSystem(organisationId, "audit-reports");
  const content = await gatherReport(db, scope, { kind, range, timeZone });
  return db.transaction(async (tx) => {
    const id = newId("rpt");
    const row = { id, organisationId, kind, ...range, html: renderReport(content) };
    // Another worker may have been quicker.
    const [kept] = await tx
      .insert(auditReports)
      .values(row)
      .onConflictDoNothing()
      .returning({ id: auditReports.id });
    if (!kept) return false;
    const readers = await listTrailReaders(tx, scope, recipients);
    await queueMails(
      tx,
      organisationId,
      readers.map(({ id: userId }) => userId),
      { kind: "audit_report", reportId: id },
    );
    const { done, refused, failed } = content.statistics.total;
    await appendAudit(tx, scope, {
      action: "audit_report.make",
      object: { kind: "audit_report", id },
      after: {
        kind,
        ...range,
        timeZone,
        entries: done + refused + failed,
        recipients: readers.map((each) => each.id),
      },
      durationMs: performance.now() - startedAt,
    });
    return true;
  });
}
