import { randomBytes } from "node:crypto";
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
  url: string;
  database: OpenDatabase;
  server: PostgresServer;
  scope: Scope;
  [Symbol.asyncDispose](): Promise<void>;
};

/** An empty trail in an embedded PostgreSQL of its own, in a temporary folder, which loses nothing at a crash. */
export async function openTrail(connections = 10): Promise<Trail> {
  await using cleanup = new AsyncDisposableStack();
  provideAuditKeyring(auditKeyringOf([{ id: "bench", base64: randomBytes(32).toString("base64") }]));
  const dataDir = await mkdtemp(join(tmpdir(), "parapet-bench-"));
  cleanup.defer(() => rm(dataDir, { recursive: true, force: true }));
  const server = await startPostgres({ dataDir });
  cleanup.defer(() => server.stop());
  await migrateDatabase(server.ownerUrl);
  const database = openDatabase(server.ownerUrl, {
    applicationName: "parapet-bench",
    statementTimeoutMs: 0,
    max: connections,
  });
  cleanup.defer(() => database.close());
  const [made] = await database.db
    .insert(organisations)
    .values({ name: "Acme" })
    .returning({ id: organisations.id });
  if (!made) throw new Error("INSERT … RETURNING gave no row.");
  const owned = cleanup.move();
  const scope = Scope.ofSystem(made.id, "bench");
  return { url: server.ownerUrl, database, server, scope, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}
