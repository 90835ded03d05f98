import { sql } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import type { Severity } from "#lib/checks/model.ts";
import { array } from "#lib/scans/store/merge.ts";
import type { Deed } from "./deeds.ts";

/** Findings that were the same before, and are the same after, as far as the act goes. */
export type Alike = {
  before: Record<string, unknown>;
  after: Record<string, unknown>;
  findings: string[];
};

export type Applied = { changed: number; alike: Alike[]; severities: Partial<Record<Severity, number>> };

/**
 * Does an act to those of the findings that it makes sense on, and writes their history. The caller holds their rows, so
 * that what is written as `before` is what was there.
 */
export async function applyDeed(
  tx: Transaction,
  change: { id: string; organisationId: string },
  deed: Deed,
  findingIds: readonly string[],
): Promise<Applied> {
  const undone = deed.undoes
    ? sql`join finding_activity a on a.finding_id = f.id and a.change_id = ${deed.undoes}`
    : sql``;
  const undoing = deed.undoes
    ? sql`join finding_activity a on a.finding_id = c.id and a.change_id = ${deed.undoes}`
    : sql``;
  const itemised = deed.itemsOf
    ? sql`, itemised as (
        insert into finding_exception_items (exception_id, finding_id) select ${deed.itemsOf}, id from changed)`
    : sql``;
  const [applied] = await tx.execute<Applied>(sql`
    with chosen as materialized (
      select f.id, ${deed.image} as before from findings f ${undone}
      where f.id = any(${array(findingIds)}) and f.organisation_id = ${change.organisationId} and ${deed.where}
    ), changed as (
      update findings f set ${deed.set}, revision = f.revision + 1 from chosen c ${undoing}
      where f.id = c.id
      returning f.id, f.severity, c.before, ${deed.image} as after
    ), logged as (
      insert into finding_activity (organisation_id, finding_id, change_id, before, after)
      select ${change.organisationId}, id, ${change.id}, before, after from changed
    )${itemised}
    select (select count(*)::int from changed) as changed,
      (select coalesce(jsonb_agg(jsonb_build_object('before', before, 'after', after, 'findings', findings)), '[]')
        from (select before, after, jsonb_agg(id order by id) as findings from changed group by before, after) g) as alike,
      (select coalesce(jsonb_object_agg(severity, n), '{}')
        from (select severity, count(*)::int as n from changed group by severity) s) as severities
  `);
  return applied ?? { changed: 0, alike: [], severities: {} };
}
