import { and, desc, eq, type SQL, sql } from "drizzle-orm";
import type { Scope } from "#lib/auth/scope.ts";
import type { Store } from "../client.ts";
import type { AuditPage } from "./model.ts";
import { auditEntries } from "./schema.ts";
import { viewsOf } from "./views.ts";
import { requireTrail } from "./where.ts";

/** What has a history of its own on a page. */
export const historyKinds = ["finding", "remediation_plan", "playbook", "account", "user", "actor"] as const;
/** `user` is what was done about somebody, `actor` what they did. */
export type HistoryKind = (typeof historyKinds)[number];

/** What else an entry can be about that belongs to it: rows of kind and id. At most the newest 500 of each. */
const relatedTo: Readonly<Record<HistoryKind, ((organisationId: string, id: string) => SQL) | null>> = {
  finding: (organisationId, id) => sql`
    (select 'comment', id from finding_comments
      where finding_id = ${id} and organisation_id = ${organisationId} order by created_at desc limit 500)
    union all
    (select 'triage_change', change_id from finding_activity
      where finding_id = ${id} and organisation_id = ${organisationId} order by at desc limit 500)
    union all
    (select 'exception', i.exception_id from finding_exception_items i
      join finding_exceptions e on e.id = i.exception_id and e.organisation_id = ${organisationId}
      where i.finding_id = ${id} limit 500)
    union all
    (select 'remediation_plan', f.plan_id from remediation_findings f
      join remediation_plans p on p.id = f.plan_id and p.organisation_id = ${organisationId}
      where f.finding_id = ${id} limit 500)`,
  remediation_plan: (organisationId, id) => sql`
    (select 'remediation_step', id from remediation_steps
      where plan_id = ${id} and organisation_id = ${organisationId} limit 500)
    union all
    (select 'remediation_target', id from remediation_targets
      where plan_id = ${id} and organisation_id = ${organisationId} limit 500)
    union all
    (select 'remediation_secret', id from remediation_secrets
      where plan_id = ${id} and organisation_id = ${organisationId} limit 500)`,
  playbook: (organisationId, id) => sql`
    (select 'remediation_plan', id from remediation_plans
      where playbook = ${id} and organisation_id = ${organisationId} order by requested_at desc limit 100)`,
  account: null,
  user: null,
  actor: null,
};

/** The newest entries about a thing and what belongs to it, newest first. */
export async function listRelated(
  db: Store,
  scope: Scope,
  about: { kind: HistoryKind; id: string },
  limit = 20,
): Promise<AuditPage> {
  requireTrail(scope);
  const others = relatedTo[about.kind]?.(scope.organisationId, about.id);
  const pair = sql`(${auditEntries.objectKind}, ${auditEntries.objectId})`;
  const rows = await db
    .select()
    .from(auditEntries)
    .where(
      and(
        eq(auditEntries.organisationId, scope.organisationId),
        about.kind === "actor"
          ? and(eq(auditEntries.actorKind, "user"), eq(auditEntries.actorId, about.id))
          : sql`${pair} in (select ${about.kind}::text, ${about.id}::text ${others ? sql`union all ${others}` : sql``})`,
      ),
    )
    .orderBy(desc(auditEntries.at), desc(auditEntries.id))
    .limit(limit);
  return { entries: await viewsOf(db, scope, rows), next: null };
}
