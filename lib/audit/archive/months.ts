import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Store } from "#db/client.ts";

/** A partition of the trail: a month, or what was dated outside all months. */
export type TrailMonth = {
  /** The partition's name, such as `audit_entries_2026_08`. */
  name: string;
  /** Its first day, `2026-08-01`; null for what belongs to no month. */
  month: string | null;
};

/** The trail's partitions, oldest first. */
export async function listMonths(db: Store): Promise<TrailMonth[]> {
  const rows = await db.execute(sql`
    select inhrelid::regclass::text as name from pg_inherits where inhparent = 'audit_entries'::regclass order by 1`);
  return rows.map((row) => {
    const { name } = z.object({ name: z.string() }).parse(row);
    const [, year, month] = /^audit_entries_(\d{4})_(\d{2})$/.exec(name) ?? [];
    return { name, month: year && month ? `${year}-${month}-01` : null };
  });
}

/** What of a month no policy keeps and no hold covers, by organisation. */
export type Leaving = { organisationId: string; from: Date; to: Date };

export async function findLeaving(db: Store, { name }: TrailMonth): Promise<Leaving[]> {
  const rows = await db.execute(sql`
    select organisation_id, min(at) as "from", max(at) as "to" from ${sql.identifier(name)}
    where audit_leaves(organisation_id, action, at, now()) group by 1 order by 1`);
  return rows.map((row) => {
    const { organisation_id: organisationId, from, to } = leavingRow.parse(row);
    return { organisationId, from, to };
  });
}

const leavingRow = z.object({ organisation_id: z.string(), from: z.coerce.date(), to: z.coerce.date() });

/** Positions of what was sealed between these moments, as a table of `id` and `position`. */
export const positionsBetween = (from: Date, to: Date) => sql`(
  select sealed.id, b.first + sealed.n - 1 as position
  from audit_batches b, unnest(b.entries) with ordinality sealed(id, n)
  where b."to" >= ${from.toISOString()}::timestamptz and b."from" <= ${to.toISOString()}::timestamptz)`;
