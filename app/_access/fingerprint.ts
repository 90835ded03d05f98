import { sql } from "drizzle-orm";
import type { Database } from "#db/client.ts";

/** What every table holds of an organisation, as `{ table: "rows digest" }`: two are equal when nothing was written. */
export async function fingerprint(db: Database, organisationId: string): Promise<Record<string, string>> {
  const tables = await db.execute<{ name: string }>(sql`
    select c.table_name as name from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = 'public' and c.column_name = 'organisation_id' and t.table_type = 'BASE TABLE'
    order by 1
  `);
  const parts = [
    ...tables.map(({ name }) => digest(name, sql`organisation_id = ${organisationId}`)),
    digest("organisations", sql`id = ${organisationId}`),
  ];
  const rows = await db.execute<{ name: string; digest: string }>(sql.join(parts, sql` union all `));
  return Object.fromEntries(rows.map(({ name, digest }) => [name, digest]));
}

const digest = (table: string, own: ReturnType<typeof sql>) => sql`
  select ${table}::text as name, count(*) || ' ' || coalesce(md5(string_agg(r::text, ',' order by r::text)), '') as digest
  from ${sql.identifier(table)} r where ${own}
`;
