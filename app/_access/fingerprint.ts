import { sql } from "drizzle-orm";
import type { Database } from "#db/client.ts";

/**
 * What every table holds of an organisation, as `{ table: "rows digest" }`: two are equal when nothing was written but that
 * somebody was refused, with whose address that was.
 */
export async function fingerprint(db: Database, organisationId: string): Promise<Record<string, string>> {
  const tables = await db.execute<{ name: string }>(sql`
    select c.table_name as name from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = 'public' and c.column_name = 'organisation_id' and t.table_type = 'BASE TABLE'
      and c.table_name <> 'audit_subjects' and c.table_name not like 'audit\\_entries\\_%'
    order by 1
  `);
  const parts = [
    ...tables.map(({ name }) =>
      digest(
        name,
        name === "audit_entries"
          ? sql`organisation_id = ${organisationId} and result = 'done'`
          : sql`organisation_id = ${organisationId}`,
      ),
    ),
    digest("organisations", sql`id = ${organisationId}`),
  ];
  const rows = await db.execute<{ name: string; digest: string }>(sql.join(parts, sql` union all `));
  return Object.fromEntries(rows.map(({ name, digest }) => [name, digest]));
}

const digest = (table: string, own: ReturnType<typeof sql>) => sql`
  select ${table}::text as name, count(*) || ' ' || coalesce(md5(string_agg(r::text, ',' order by r::text)), '') as digest
  from ${sql.identifier(table)} r where ${own}
`;
