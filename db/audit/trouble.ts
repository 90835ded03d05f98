import { sql } from "drizzle-orm";
import type { AuditRange } from "#lib/audit/filter.ts";
import type { Scope } from "#lib/auth/scope.ts";
import type { Store } from "../client.ts";
import type { AuditErrors } from "./model.ts";
import { beforeOf } from "./statistics.ts";
import { requireTrail } from "./where.ts";

type Row = {
  action: string;
  result: "refused" | "failed";
  reason: string;
  count: string;
  before: string;
  lastAt: string | null;
  lastEntryId: string | null;
};

/** What was refused or failed in a stretch of time, by kind. */
export async function auditErrors(db: Store, scope: Scope, range: AuditRange): Promise<AuditErrors> {
  requireTrail(scope);
  const [from, to] = [range.from.toISOString(), range.to.toISOString()];
  const rows: Row[] = await db.execute<Row>(sql`
    with trouble as (
      select action, result, at, entry_id,
        left(coalesce(after::jsonb ->> 'code', after::jsonb ->> 'error', after::jsonb ->> 'reason', ''), 120) as reason
      from audit_entries
      where organisation_id = ${scope.organisationId} and result <> 'done'
        and at >= ${beforeOf(range).from.toISOString()}::timestamptz and at < ${to}::timestamptz)
    select action, result, reason,
      count(*) filter (where at >= ${from}::timestamptz) as count,
      count(*) filter (where at < ${from}::timestamptz) as before,
      max(at)::text as "lastAt",
      (array_agg(entry_id order by at desc))[1] as "lastEntryId"
    from trouble group by 1, 2, 3
    having count(*) filter (where at >= ${from}::timestamptz) > 0
    order by count desc, action, reason limit 200`);
  return {
    from,
    to,
    total: rows.reduce((total, { count }) => total + Number(count), 0),
    kinds: rows.map((row) => ({
      action: row.action,
      result: row.result,
      reason: row.reason === "" ? null : row.reason,
      count: Number(row.count),
      before: Number(row.before),
      lastAt: new Date(row.lastAt ?? from).toISOString(),
      lastEntryId: row.lastEntryId ?? "",
    })),
    countedTo: null,
  };
}
