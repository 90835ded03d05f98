import { sql } from "drizzle-orm";
import type { AuditRange } from "#lib/audit/filter.ts";
import type { Scope } from "#lib/auth/scope.ts";
import type { Store } from "../client.ts";
import { readCounters } from "./counters.ts";
import type { AuditErrors } from "./model.ts";
import { beforeOf } from "./statistics.ts";
import { requireTrail } from "./where.ts";

type Row = {
  action: string;
  result: "refused" | "failed";
  reason: string;
  count: string;
  lastAt: string;
  lastEntryId: string;
};

const mostKinds = 200;

/** What was refused or failed in a stretch of time, by kind. */
export async function auditErrors(db: Store, scope: Scope, range: AuditRange): Promise<AuditErrors> {
  requireTrail(scope);
  const now = await readTrouble(db, scope, range);
  const earlier = await readTrouble(db, scope, beforeOf(range));
  const before = new Map(earlier.found.map((row) => [kindOf(row), Number(row.count)]));
  return {
    ...{ from: range.from.toISOString(), to: range.to.toISOString() },
    total: now.found.reduce((total, { count }) => total + Number(count), 0),
    kinds: now.found.slice(0, mostKinds).map((row) => ({
      ...{ action: row.action, result: row.result, reason: row.reason === "" ? null : row.reason },
      ...{ count: Number(row.count), before: before.get(kindOf(row)) ?? 0 },
      ...{ lastAt: new Date(row.lastAt).toISOString(), lastEntryId: row.lastEntryId },
    })),
    countedTo: now.countedTo,
  };
}

const kindOf = ({ action, result, reason }: Row) => `${action} ${result} ${reason}`;

const readTrouble = (db: Store, scope: Scope, range: AuditRange) =>
  readCounters(db, scope, range, ({ within, entries }) =>
    db.execute<Row>(sql`
      select action, result, reason, sum(entries) as count, max(last_at)::text as "lastAt",
        (array_agg(last_entry_id order by last_at desc))[1] as "lastEntryId"
      from (
        select action, result, reason, entries, last_at, last_entry_id from audit_roll_ups
        where ${within} and result <> 'done'
        union all
        select action, result, audit_reason(after), 1, at, entry_id from (${entries}) rest where result <> 'done'
      ) trouble group by action, result, reason order by count desc, action, result, reason`),
  );
