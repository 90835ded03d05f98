import { eq } from "drizzle-orm";
import { listEntries } from "#db/audit/entries.ts";
import { auditIntegrity } from "#db/audit/integrity.ts";
import { auditPerformance } from "#db/audit/performance.ts";
import { auditStatistics } from "#db/audit/statistics.ts";
import { auditTimeline } from "#db/audit/timeline.ts";
import { auditErrors } from "#db/audit/trouble.ts";
import { namesOf } from "#db/audit/views.ts";
import { auditWorkflow } from "#db/audit/workflow.ts";
import type { Store } from "#db/client.ts";
import { organisations } from "#db/identity/schema.ts";
import type { Scope } from "../../auth/scope.ts";
import { type AuditRange, auditFilter } from "../filter.ts";
import type { ReportContent, ReportKind } from "./model.ts";

const recentEntries = { daily: 40, weekly: 60, custom: 60 } as const;

/** Reads everything that a report tells of a period, one thing after another: it may be within a transaction. */
export async function gatherReport(
  db: Store,
  scope: Scope,
  { kind, range, timeZone }: { kind: ReportKind; range: AuditRange; timeZone: string },
): Promise<ReportContent> {
  const { organisationId, actor } = scope;
  const [organisation] = await db
    .select({ name: organisations.name })
    .from(organisations)
    .where(eq(organisations.id, organisationId));
  const names = actor.kind === "user" ? await namesOf(db, scope, [actor.id]) : null;
  const statistics = await auditStatistics(db, scope, range);
  const within = auditFilter({ from: range.from.toISOString(), to: range.to.toISOString() });
  return {
    organisation: organisation?.name ?? organisationId,
    kind,
    timeZone,
    madeAt: new Date(),
    madeBy: names ? { id: actor.id, name: names.get(actor.id) ?? actor.id } : null,
    statistics,
    timeline: await auditTimeline(db, scope, auditFilter(), range),
    errors: await auditErrors(db, scope, range),
    performance: await auditPerformance(db, scope, range),
    integrity: await auditIntegrity(db, scope),
    workflow: await auditWorkflow(db, scope, range, statistics),
    recent: (await listEntries(db, scope, within, { limit: recentEntries[kind] })).entries,
  };
}
