import type postgres from "postgres";
import { StartError } from "#lib/start-error.ts";

/** What is written once: who works as the product may read these and add to them, and nothing else. */
export const appendOnlyTables = [
  "audit_entries",
  "audit_batches",
  "audit_nodes",
  "audit_checkpoints",
] as const;

/** Rows of these change, but none of them ever goes. */
export const lastingTables = ["audit_archives", "audit_holds", "audit_subjects"] as const;

/** The user that a database URL names. */
export function userOf(url: string): string {
  return decodeURIComponent(new URL(url).username);
}

/**
 * Gives the user that web and worker work as what they need, and takes away what would let them change or delete what
 * stands in the audit trail. To be run by the tables' owner after every migration, since new tables are nobody's but the
 * owner's. Where `app` is the owner itself, its own rights on the trail are revoked: a slip is refused then, though an owner
 * could grant them to itself again. Throws a StartError when the owner may not hand over the job queue's tables.
 */
export async function grantRights(connection: postgres.Sql, app: string): Promise<void> {
  await connection.begin(async (sql) => {
    const role = sql(app);
    const [owner] = await sql<{ same: boolean }[]>`select current_user = ${app} as same`;
    if (owner?.same) await sql`create schema if not exists pgboss`;
    else {
      await sql`revoke create on schema public from public, ${role}`;
      await sql`grant usage on schema public, drizzle to ${role}`;
      await sql`grant select on all tables in schema drizzle to ${role}`;
      await sql`grant select, insert, update, delete on all tables in schema public to ${role}`;
      await sql`grant usage, select on all sequences in schema public to ${role}`;
      await sql`grant execute on all functions in schema public to ${role}`;
      // What was archived is told once, too; that the database let go of it is noted by `audit_release`.
      await sql`revoke update on audit_archives from ${role}`;
      await handOverQueue(sql, app);
    }
    await keepTrail(sql, app);
  });
}

/** With the owner's own rights gone too, a statement against the trail is refused before any trigger is asked. */
async function keepTrail(sql: postgres.TransactionSql, app: string): Promise<void> {
  const role = sql(app);
  const partitions = await sql<{ name: string }[]>`
    select inhrelid::regclass::text as name from pg_inherits where inhparent = 'audit_entries'::regclass`;
  for (const table of [...appendOnlyTables, ...partitions.map(({ name }) => name)]) {
    await sql`revoke update, delete, truncate, references, trigger on ${sql(table)} from ${role}`;
  }
  // A row goes in by way of its month alone, as the partitioned table tells it.
  for (const { name } of partitions) await sql`revoke insert on ${sql(name)} from ${role}`;
  for (const table of lastingTables) await sql`revoke delete, truncate on ${sql(table)} from ${role}`;
}

/** The job queue makes and migrates its own tables, so who works with it owns them. */
async function handOverQueue(sql: postgres.TransactionSql, app: string): Promise<void> {
  const role = sql(app);
  const [may] = await sql<{ may: boolean; owner: string }[]>`
    select pg_has_role(current_user, ${app}, 'member') as may, current_user::text as owner`;
  if (!may?.may) {
    throw new StartError(
      `The user of DATABASE_OWNER_URL can't hand the job queue's tables to that of DATABASE_URL: run ` +
        `GRANT ${quote(app)} TO ${quote(may?.owner ?? "")} on that server once.`,
    );
  }
  await sql`create schema if not exists pgboss authorization ${role}`;
  await sql`alter schema pgboss owner to ${role}`;
  const things = await sql<{ statement: string }[]>`
    select format('alter %s pgboss.%I owner to %I',
      case relkind when 'v' then 'view' when 'm' then 'materialized view' when 'S' then 'sequence' else 'table' end,
      relname, ${app}::text) as statement
    from pg_class c
    where relnamespace = 'pgboss'::regnamespace and relkind in ('r', 'p', 'v', 'm', 'S')
      and relowner <> ${app}::regrole
      -- The sequence of a column goes with its table.
      and not exists (select from pg_depend d where d.objid = c.oid and d.deptype in ('a', 'i') and c.relkind = 'S')
    union all
    select format('alter routine %s owner to %I', p.oid::regprocedure, ${app}::text) from pg_proc p
    where pronamespace = 'pgboss'::regnamespace and proowner <> ${app}::regrole
    union all
    select format('alter type pgboss.%I owner to %I', typname, ${app}::text) from pg_type
    where typnamespace = 'pgboss'::regnamespace and typtype in ('e', 'd') and typowner <> ${app}::regrole`;
  for (const { statement } of things) await sql.unsafe(statement);
}

const quote = (name: string) => `"${name.replaceAll('"', '""')}"`;
