import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { buildWeb, needsBuild, nextBinary } from "#cli/start/build.ts";
import { LogFile } from "#cli/start/log-file.ts";
import { type OpenDatabase, openDatabase } from "#db/client.ts";
import { organisations } from "#db/identity/schema.ts";
import { migrateDatabase } from "#db/migrate.ts";
import { writeSessionToken } from "#lib/auth/next-auth.ts";
import { Scope } from "#lib/auth/scope.ts";
import { sessionCookie } from "#lib/auth/session-cookie.ts";
import { signInAsPersona } from "#lib/auth/sign-in.ts";
import { inheritedEnvironment } from "#lib/env.ts";
import { openQueue, provideQueue } from "#lib/jobs/queue.ts";
import { workerNodeArgs } from "#lib/jobs/worker-args.ts";
import { startPostgres } from "#lib/postgres/server.ts";
import { findFreePort } from "#lib/postgres/state.ts";
import { createPersonas } from "#lib/setup/create-personas.ts";
import { seedEstate } from "./seed.ts";

const root = resolve(import.meta.dirname, "../..");

export type SeededDatabase = {
  url: string;
  database: OpenDatabase;
  scope: Scope;
  dataDir: string;
  seedSeconds: number;
  [Symbol.asyncDispose](): Promise<void>;
};

/**
 * An embedded PostgreSQL with the measured estate, in a temporary folder; or in the one that PARAPET_BENCH_DATA_DIR names,
 * where it stays and is found again.
 */
export async function openSeeded(): Promise<SeededDatabase> {
  await using cleanup = new AsyncDisposableStack();
  const kept = process.env.PARAPET_BENCH_DATA_DIR;
  const dataDir = kept ?? (await mkdtemp(join(tmpdir(), "parapet-bench-")));
  if (!kept) cleanup.defer(() => rm(dataDir, { recursive: true, force: true }));
  const postgres = await startPostgres({ dataDir });
  cleanup.defer(() => postgres.stop());
  await migrateDatabase(postgres.ownerUrl, { appUrl: postgres.url });
  // As the owner, who may vacuum what was seeded; web and worker work as their own user.
  const database = openDatabase(postgres.ownerUrl, {
    applicationName: "parapet-bench",
    statementTimeoutMs: 0,
  });
  cleanup.defer(() => database.close());
  const startedAt = performance.now();
  const organisationId = await findOrganisation(database);
  // What an earlier run left behind would be cleared away by the database's own housekeeping within the hour.
  if (kept) await database.sql`vacuum analyze`;
  const owned = cleanup.move();
  return {
    url: postgres.url,
    database,
    scope: Scope.ofSystem(organisationId, "bench"),
    dataDir,
    seedSeconds: (performance.now() - startedAt) / 1000,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

async function findOrganisation({ db, sql }: OpenDatabase): Promise<string> {
  const [present] = await db.select({ id: organisations.id }).from(organisations);
  if (present) return present.id;
  const [made] = await db
    .insert(organisations)
    .values({ name: "Acme", sandbox: true })
    .returning({ id: organisations.id });
  if (!made) throw new Error("INSERT … RETURNING gave no row.");
  await createPersonas(db, Scope.ofSystem(made.id, "setup"));
  await seedEstate(sql, made.id);
  return made.id;
}

export type Product = {
  url: string;
  /** A Cookie header for each of as many people as were asked for, each signed in by themselves. */
  cookies: string[];
  [Symbol.asyncDispose](): Promise<void>;
};

/** The web interface as it is in production, built when it has to be, and a worker, on a seeded database. */
export async function startProduct(seeded: SeededDatabase, people: number): Promise<Product> {
  await using cleanup = new AsyncDisposableStack();
  const log = new LogFile(join(seeded.dataDir, "logs", "bench.log"));
  if (needsBuild(root)) await buildWeb(root, log, AbortSignal.timeout(600_000));
  const port = await findFreePort();
  const url = `http://127.0.0.1:${port}`;
  const secret = randomBytes(32).toString("hex");
  const env = {
    ...inheritedEnvironment(),
    NODE_ENV: "production" as const,
    NEXT_TELEMETRY_DISABLED: "1",
    DATABASE_URL: seeded.url,
    AUTH_URL: url,
    AUTH_SECRET: secret,
    PORT: String(port),
    PARAPET_SANDBOX: "on",
    PARAPET_DATA_DIR: seeded.dataDir,
  };
  const run = (args: string[]): ChildProcess => {
    const child = spawn(process.execPath, args, { cwd: root, env, stdio: ["ignore", "pipe", "pipe", "ipc"] });
    for (const stream of [child.stdout, child.stderr]) stream?.on("data", (text) => log.write(String(text)));
    cleanup.defer(() => stop(child));
    return child;
  };
  const web = run([nextBinary(root), "start", "--hostname", "127.0.0.1", "--port", String(port)]);
  const worker = run([...workerNodeArgs, "cli/main.ts", "worker"]);
  await Promise.all([answers(`${url}/api/health`, web), once(worker, "message")]);
  // Jobs that the benchmark itself asks for go the way of the product's.
  const queue = await openQueue(seeded.url, { works: false });
  provideQueue(queue);
  cleanup.defer(() => queue.close());
  const cookies = await signIn(seeded, { secret, authUrl: url }, people);
  const owned = cleanup.move();
  return { url, cookies, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

async function signIn(
  { database: { db, sql } }: SeededDatabase,
  settings: { secret: string; authUrl: string },
  people: number,
): Promise<string[]> {
  const personas = await sql<{ id: string }[]>`select id from users where persona and role = 'analyst'`;
  const [analyst] = personas;
  if (!analyst) throw new Error("There is no analyst among the personas.");
  const client = { address: "127.0.0.1", userAgent: "parapet-bench" };
  return Promise.all(
    Array.from({ length: people }, async () => {
      const session = await signInAsPersona(db, { sandbox: true }, { persona: analyst.id }, client);
      return `${sessionCookie(settings.authUrl).name}=${await writeSessionToken(settings, session)}`;
    }),
  );
}

async function answers(url: string, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 240; tries += 1) {
    if (child.exitCode !== null) throw new Error(`The web interface ended with ${child.exitCode}.`);
    const ok = await fetch(url).then(
      (answer) => answer.ok,
      () => false,
    );
    if (ok) return;
    await sleep(250);
  }
  throw new Error(`${url} did not answer within a minute.`);
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  child.kill("SIGTERM");
  // Next.js waits for every open request; nobody is there any more.
  const patience = setTimeout(() => child.kill("SIGKILL"), 5_000);
  await gone;
  clearTimeout(patience);
}
