import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type OpenDatabase, openDatabase } from "#db/client.ts";
import { organisations } from "#db/identity/schema.ts";
import { migrateDatabase } from "#db/migrate.ts";
import { auditKeyringOf, provideAuditKeyring } from "#lib/audit/keys.ts";
import { Scope } from "#lib/auth/scope.ts";
import { type PostgresServer, startPostgres } from "#lib/postgres/server.ts";

export type Trail = {
  /** As the product works: it may add to the trail and nothing else. */
  database: OpenDatabase;
  /** As who owns the tables, for filling them. */
  owner: OpenDatabase;
  server: PostgresServer;
  scope: Scope;
  [Symbol.asyncDispose](): Promise<void>;
};

/**
 * A trail in an embedded PostgreSQL of its own that loses nothing at a crash: an empty one in a temporary folder, or what
 * is in the folder given, where it stays.
 */
export async function openTrail(folder?: string): Promise<Trail> {
  await using cleanup = new AsyncDisposableStack();
  // Always the same: a trail that was kept must verify at the next run.
  const base64 = Buffer.alloc(32, "parapet bench").toString("base64");
  provideAuditKeyring(auditKeyringOf([{ id: "bench", base64 }]));
  const dataDir = folder ?? (await mkdtemp(join(tmpdir(), "parapet-bench-")));
  if (!folder) cleanup.defer(() => rm(dataDir, { recursive: true, force: true }));
  const server = await startPostgres({ dataDir });
  cleanup.defer(() => server.stop());
  await migrateDatabase(server.ownerUrl, { appUrl: server.url });
  const options = { applicationName: "parapet-bench", statementTimeoutMs: 0 };
  const database = openDatabase(server.url, options);
  cleanup.defer(() => database.close());
  const owner = openDatabase(server.ownerUrl, { ...options, max: 2 });
  cleanup.defer(() => owner.close());
  const scope = Scope.ofSystem(await findOrganisation(database), "bench");
  const owned = cleanup.move();
  return { database, owner, server, scope, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

async function findOrganisation({ db }: OpenDatabase): Promise<string> {
  const [present] = await db.select({ id: organisations.id }).from(organisations);
  if (present) return present.id;
  const [made] = await db.insert(organisations).values({ name: "Acme" }).returning({ id: organisations.id });
  if (!made) throw new Error("INSERT … RETURNING gave no row.");
  return made.id;
}
