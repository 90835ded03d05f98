import { and, desc, eq, getTableColumns, lt, or, sql } from "drizzle-orm";
import type { ReportKind } from "#lib/audit/reports/model.ts";
import { ReportPlan } from "#lib/audit/reports/model.ts";
import type { Scope } from "#lib/auth/scope.ts";
import { DomainError } from "#lib/errors.ts";
import type { Store } from "../client.ts";
import { users } from "../identity/schema.ts";
import { auditPolicies, auditReports } from "./schema.ts";
import { requireTrail } from "./where.ts";

/** A report without its page. */
export type ReportView = {
  id: string;
  kind: ReportKind;
  /** ISO 8601. */
  from: string;
  to: string;
  createdAt: string;
  /** Null when the schedule made it. */
  createdBy: { id: string; name: string } | null;
  /** Of its page, in bytes. */
  size: number;
};

export type ReportPage = { reports: ReportView[]; next: string | null };

const { html: _page, ...columns } = getTableColumns(auditReports);
const shown = { ...columns, name: users.name, size: sql<number>`octet_length(${auditReports.html})` };

/** Reports that were made, newest first. `after` is `next` of the page before. */
export async function listReports(
  db: Store,
  scope: Scope,
  page: { limit?: number; after?: string } = {},
): Promise<ReportPage> {
  requireTrail(scope);
  const limit = page.limit ?? 50;
  const rows = await db
    .select(shown)
    .from(auditReports)
    .leftJoin(users, eq(users.id, auditReports.createdBy))
    .where(
      and(
        eq(auditReports.organisationId, scope.organisationId),
        page.after === undefined ? undefined : below(page.after),
      ),
    )
    .orderBy(desc(sql`date_trunc('milliseconds', ${auditReports.createdAt})`), desc(auditReports.id))
    .limit(limit + 1);
  const reports = rows.slice(0, limit).map(viewOf);
  const last = rows.length > limit ? reports.at(-1) : undefined;
  return { reports, next: last ? `${last.createdAt}~${last.id}` : null };
}

/** A report with its page. Throws a DomainError (`not_found`) for one that the organisation has not. */
export async function getReport(
  db: Store,
  scope: Scope,
  reportId: string,
): Promise<ReportView & { html: string }> {
  requireTrail(scope);
  const [row] = await db
    .select({ ...shown, html: auditReports.html })
    .from(auditReports)
    .leftJoin(users, eq(users.id, auditReports.createdBy))
    .where(and(eq(auditReports.organisationId, scope.organisationId), eq(auditReports.id, reportId)));
  if (!row) throw new DomainError("not_found", "Your organisation has no such report.");
  return { ...viewOf(row), html: row.html };
}

/** When reports are made and who gets them. */
export async function getReportPlan(db: Store, scope: Scope): Promise<ReportPlan> {
  requireTrail(scope);
  const [row] = await db
    .select({ reports: auditPolicies.reports })
    .from(auditPolicies)
    .where(eq(auditPolicies.organisationId, scope.organisationId));
  return ReportPlan.parse(row?.reports ?? {});
}

type Row = Omit<typeof auditReports.$inferSelect, "html"> & { name: string | null; size: number };

const viewOf = ({ id, kind, from, to, createdAt, createdBy, name, size }: Row): ReportView => ({
  ...{ id, kind, size },
  from: from.toISOString(),
  to: to.toISOString(),
  createdAt: createdAt.toISOString(),
  createdBy: createdBy === null ? null : { id: createdBy, name: name ?? createdBy },
});

/** What was made before a place in the list. */
function below(cursor: string) {
  const [at = "", id = ""] = cursor.split("~");
  const moment = new Date(at);
  if (Number.isNaN(moment.getTime()) || id === "") {
    throw new DomainError("invalid_input", "This is no place in the list of reports.");
  }
  // The database keeps microseconds; a cursor has milliseconds.
  const made = sql`date_trunc('milliseconds', ${auditReports.createdAt})`;
  const then = sql`${moment.toISOString()}::timestamptz`;
  return or(lt(made, then), and(eq(made, then), lt(auditReports.id, id)));
}
