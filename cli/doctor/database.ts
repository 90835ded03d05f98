import { resolve } from "node:path";
import { openDatabase } from "#db/client.ts";
import { explainDatabaseError } from "#db/errors.ts";
import { oldestServer, readMigrationState, readServerVersion } from "#db/migrate.ts";
import type { Env } from "#lib/env.ts";
import { embeddedUrl } from "#lib/postgres/state.ts";
import type { Finding } from "./diagnose.ts";

const name = "Database";
const migrations = resolve(import.meta.dirname, "../../drizzle");

export async function checkDatabase({ databaseUrl, dataDir }: Env): Promise<Finding> {
  const url = databaseUrl ?? embeddedUrl(dataDir);
  if (!url) return { name, status: "skipped", detail: "embedded; it is made by the first `npm start`" };
  const { sql, close } = openDatabase(url, { max: 1, applicationName: "parapet-doctor" });
  try {
    const major = await readServerVersion(sql);
    if (major < oldestServer) {
      const advice = `Use PostgreSQL ${oldestServer} or newer.`;
      return { name, status: "bad", detail: `is PostgreSQL ${major}`, advice };
    }
    const { pending, unknown } = await readMigrationState(sql, migrations);
    if (unknown) {
      const advice = "Update Parapet, or restore a backup made before the update.";
      return { name, status: "bad", detail: "has a newer schema than this version of Parapet", advice };
    }
    const schema =
      pending.length === 0 ? "newest schema" : `${pending.length} migrations to come at the next start`;
    return { name, status: "good", detail: `PostgreSQL ${major}, ${schema}` };
  } catch (error) {
    const known = explainDatabaseError(error, url);
    if (!known) throw error;
    if (!databaseUrl) return { name, status: "skipped", detail: "embedded; it does not run now" };
    return { name, status: "bad", detail: known.message, advice: "Check DATABASE_URL and the server." };
  } finally {
    await close();
  }
}
