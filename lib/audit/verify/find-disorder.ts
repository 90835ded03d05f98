import type postgres from "postgres";

/**
 * The first place in a batch whose entry is of an earlier transaction, or has a lower id in the same one, than the entry
 * before it; null where all stand in order, or the batch was sealed by id.
 */
export async function findDisorder(sql: postgres.Sql, n: number): Promise<number | null> {
  const [found] = await sql<{ place: string | null }[]>`
    select min(place) - 1 as place from (
      select place, (xid, id) < lag((xid, id)) over (order by place) as is_before
      from (
        select each.place, e.id, e.xid from audit_batches b, unnest(b.entries) with ordinality as each(id, place)
        join audit_entries e on e.id = each.id where b.n = ${n}
      ) placed
    ) compared where is_before`;
  return found?.place == null ? null : Number(found.place);
}
