import { sql } from "drizzle-orm";
import { type OpenDatabase, openDatabase } from "#db/client.ts";
import { explainDatabaseError } from "#db/errors.ts";
import { Scope } from "#lib/auth/scope.ts";
import { databaseUrl } from "#lib/env.ts";
import { DomainError } from "#lib/errors.ts";

/**
 * Opens the installation's database for one command, acting as the system within its organisation. Whoever can read the
 * database's address may do anything in it; the command line asks for no other right.
 */
export async function withInstallation<T>(
  organisation: string | undefined,
  run: (database: OpenDatabase, scope: Scope) => Promise<T>,
): Promise<T> {
  const url = databaseUrl();
  const database = openDatabase(url, { max: 3, applicationName: "parapet-cli" });
  try {
    return await run(database, Scope.ofSystem(await findOrganisation(database, organisation), "cli"));
  } catch (error) {
    throw explainDatabaseError(error, url) ?? error;
  } finally {
    await database.close();
  }
}

async function findOrganisation({ db }: OpenDatabase, wanted: string | undefined): Promise<string> {
  const all = await db.execute<{ id: string; name: string }>(
    sql`select id, name from organisations order by id`,
  );
  const found = wanted === undefined ? all : all.filter(({ id, name }) => id === wanted || name === wanted);
  const [only, ...others] = found;
  if (!only) {
    const hint =
      all.length === 0 ? "Run `npm start` once; it makes the first one." : `There is: ${list(all)}.`;
    throw new DomainError("not_found", `There is no organisation${wanted ? ` ${wanted}` : ""}. ${hint}`);
  }
  if (others.length > 0) {
    throw new DomainError("invalid_input", `Name the organisation with --organisation: ${list(found)}.`);
  }
  return only.id;
}

const list = (all: readonly { id: string; name: string }[]) =>
  all.map(({ id, name }) => `${name} (${id})`).join(", ");
