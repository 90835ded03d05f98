import postgres from "postgres";
import type { DatabaseUser } from "./state.ts";

/**
 * Makes the user that web and worker work as, or gives it the password that is remembered. What it may do in the database
 * is for `grantRights` of db/rights.ts, after every migration.
 */
export async function provideAppUser(ownerUrl: string, { user, password }: DatabaseUser): Promise<void> {
  const sql = postgres(ownerUrl, { max: 1, onnotice: () => undefined });
  try {
    const [found] = await sql`select from pg_roles where rolname = ${user}`;
    // A statement of this kind takes no parameters, so the server itself quotes what goes in.
    const [statement] = await sql<{ text: string }[]>`
      select format(${`${found ? "alter" : "create"} role %I login nosuperuser nocreatedb nocreaterole password %L`},
        ${user}::text, ${password}::text) as text`;
    if (statement) await sql.unsafe(statement.text);
    // Its own sessions are all that PostgreSQL would otherwise show it of what holds up sealing.
    await sql`grant pg_read_all_stats to ${sql(user)}`;
  } finally {
    await sql.end({ timeout: 1 });
  }
}
