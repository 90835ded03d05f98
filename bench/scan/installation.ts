import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type OpenDatabase, openDatabase } from "#db/client.ts";
import { migrateDatabase } from "#db/migrate.ts";
import { Scope } from "#lib/auth/scope.ts";
import { inheritedEnvironment } from "#lib/env.ts";
import { openQueue, provideQueue } from "#lib/jobs/queue.ts";
import { workerNodeArgs } from "#lib/jobs/worker-args.ts";
import { startPostgres } from "#lib/postgres/server.ts";
import { bootstrap } from "#lib/setup/bootstrap.ts";

export type Installation = {
  database: OpenDatabase;
  scope: Scope;
  worker: ChildProcess;
  [Symbol.asyncDispose](): Promise<void>;
};

/**
 * A new installation in a temporary folder: PostgreSQL, the sandbox cloud and one worker, each a process of its own as in
 * production, with the sandbox's accounts connected and nothing scanned.
 */
export async function install(sandboxArgs: readonly string[]): Promise<Installation> {
  await using cleanup = new AsyncDisposableStack();
  const dataDir = await mkdtemp(join(tmpdir(), "parapet-bench-"));
  cleanup.defer(() => rm(dataDir, { recursive: true, force: true }));
  const postgres = await startPostgres({ dataDir });
  cleanup.defer(() => postgres.stop());
  await migrateDatabase(postgres.ownerUrl, { appUrl: postgres.url });
  const sandbox = await startSandbox(sandboxArgs);
  cleanup.defer(() => stop(sandbox.process));
  const database = openDatabase(postgres.url, { applicationName: "parapet-bench", statementTimeoutMs: 0 });
  cleanup.defer(() => database.close());
  const queue = await openQueue(postgres.url, { works: false });
  provideQueue(queue);
  cleanup.defer(() => queue.close());
  const env = { sandbox: true, authUrl: "http://localhost" };
  const { organisationId } = await bootstrap({ db: database.db, env, sandboxUrl: sandbox.url });
  const worker = spawn(process.execPath, [...workerNodeArgs, "cli/main.ts", "worker"], {
    env: {
      ...inheritedEnvironment(),
      NODE_ENV: "production",
      DATABASE_URL: postgres.url,
      PARAPET_SANDBOX: "on",
      PARAPET_SANDBOX_URL: sandbox.url,
    },
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  worker.stdout?.resume();
  await once(worker, "message");
  cleanup.defer(() => stop(worker));
  const owned = cleanup.move();
  const scope = Scope.ofSystem(organisationId, "bench");
  return { database, scope, worker, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

async function startSandbox(args: readonly string[]): Promise<{ process: ChildProcess; url: string }> {
  const child = spawn(process.execPath, ["sandbox/main.ts", "--port", "0", "--estate", "acme", ...args], {
    env: inheritedEnvironment(),
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  for await (const chunk of child.stdout) {
    said += String(chunk);
    const url = /Sandbox cloud on (\S+)/.exec(said)?.[1];
    if (!url) continue;
    // What it goes on to say must not fill the pipe.
    child.stdout.resume();
    return { process: child, url };
  }
  throw new Error(`The sandbox did not start: ${said}`);
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGTERM");
  await once(child, "exit");
}

/** The most memory a process has held so far, in MB; Linux only, else null. */
export async function peakMemoryMb({ pid }: ChildProcess): Promise<number | null> {
  try {
    const kib = /VmHWM:\s+(\d+)/.exec(await readFile(`/proc/${pid}/status`, "utf8"))?.[1];
    return kib === undefined ? null : Number(kib) / 1024;
  } catch {
    // No such file on other systems.
    return null;
  }
}
