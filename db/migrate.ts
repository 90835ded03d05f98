import { existsSync } from "node:fs";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { readMigrationFiles } from "drizzle-orm/migrator";
import { migrate } from "drizzle-orm/postgres-js/migrator";
import type postgres from "postgres";
import { StartError } from "#lib/start-error.ts";
import { openDatabase } from "./client.ts";
import { explainDatabaseError } from "./errors.ts";
import { grantRights, userOf } from "./rights.ts";

/** The oldest major version of PostgreSQL that will do. */
export const oldestServer = 15;

/** Any number, as long as it is always the same: whoever migrates holds this advisory lock. */
const migrationLock = 7_224_011_800;

export type MigrationState = {
  /** Tags' hashes that the code has and the database has not, oldest first. */
  pending: string[];
  /** True when the database has had a migration that this code does not know. */
  unknown: boolean;
};

/** The folder of migrations in the working directory, as the web server and the command line are run. */
export const migrationsFolder = () => join(process.cwd(), "drizzle");

export type MigrateOptions = {
  /** Where the migrations are. */
  folder?: string;
  /** The URL that web and worker use, when they work as another user than the tables' owner. */
  appUrl?: string;
};

/**
 * Brings the database to the code's schema as its owner, and gives the product's own user its rights; only one process at
 * a time does. Throws a StartError when the server is too old or unreachable, or when the database's schema is newer than
 * the code.
 */
export async function migrateDatabase(
  url: string,
  { folder = migrationsFolder(), appUrl = url }: MigrateOptions = {},
): Promise<{ applied: number }> {
  const {
    db,
    sql: connection,
    close,
  } = openDatabase(url, {
    max: 1,
    applicationName: "parapet-migrate",
    statementTimeoutMs: 0,
  });
  try {
    await checkServerVersion(connection);
    await db.execute(sql`select pg_advisory_lock(${migrationLock})`);
    const before = await readMigrationState(connection, folder);
    if (before.unknown) {
      throw new StartError(
        "The database's schema is newer than this version of Parapet: update Parapet, or restore a backup made before the update.",
      );
    }
    await migrate(db, { migrationsFolder: folder });
    const after = await readMigrationState(connection, folder);
    if (after.pending.length > 0) {
      // A migration dated before one already applied is passed over, for ever and silently.
      throw new Error(
        `Migrations were left out because they are dated before the last one applied: ${folder}`,
      );
    }
    await grantRights(connection, userOf(appUrl));
    return { applied: before.pending.length };
  } catch (error) {
    throw explainDatabaseError(error, url) ?? error;
  } finally {
    await close();
  }
}

/** Compares the code's migrations with those the database has had. */
export async function readMigrationState(
  connection: postgres.Sql,
  folder = migrationsFolder(),
): Promise<MigrationState> {
  const own = ownMigrations(folder);
  const [table] = await connection`select to_regclass('drizzle.__drizzle_migrations') as found`;
  const rows = table?.found ? await connection`select hash from drizzle.__drizzle_migrations` : [];
  const applied = new Set(rows.map((row) => String(row.hash)));
  return {
    pending: own.filter((hash) => !applied.has(hash)),
    unknown: [...applied].some((hash) => !own.includes(hash)),
  };
}

const known = new Map<string, string[]>();

/** Their hashes, read once per process: they are part of the code. */
function ownMigrations(folder: string): string[] {
  let hashes = known.get(folder);
  if (!hashes) {
    if (!existsSync(join(folder, "meta", "_journal.json"))) {
      throw new StartError(`No migrations in ${folder}: run from Parapet's own folder.`);
    }
    hashes = readMigrationFiles({ migrationsFolder: folder }).map((migration) => migration.hash);
    known.set(folder, hashes);
  }
  return hashes;
}

/** The server's major version, such as 18. */
export async function readServerVersion(connection: postgres.Sql): Promise<number> {
  const [row] = await connection`select current_setting('server_version_num')::int / 10000 as major`;
  return Number(row?.major);
}

async function checkServerVersion(connection: postgres.Sql): Promise<void> {
  const major = await readServerVersion(connection);
  if (major >= oldestServer) return;
  throw new StartError(
    `The database is PostgreSQL ${major}; Parapet needs PostgreSQL ${oldestServer} or newer.`,
  );
}
