import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { eq, type SQL, sql } from "drizzle-orm";
import { afterAll } from "vitest";
import { createOrganisation } from "#db/factories.ts";
import { scans } from "#db/scans/schema.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import { connectAccount } from "#lib/accounts/connect-account.ts";
import { Scope } from "#lib/auth/scope.ts";
import type { Cloud } from "#lib/inventory/model.ts";
import { openQueue, provideQueue } from "#lib/jobs/queue.ts";
import { startWorker, type Worker } from "#lib/jobs/worker.ts";
import { acmeWriter, giveWriter } from "#lib/setup/sandbox-writers.ts";
import type { AwsAccount } from "#sandbox/aws/model.ts";
import { services } from "#sandbox/aws/services.ts";
import { acmeRemediator } from "#sandbox/estates/acme/azure/company.ts";
import { acmeAccounts, acmeHub, buildAcme } from "#sandbox/estates/acme.ts";
import { buildAcmeAzure } from "#sandbox/estates/acme-azure.ts";
import { buildAcmeGcp } from "#sandbox/estates/acme-gcp.ts";
import { type Sandbox, startSandbox } from "#sandbox/server.ts";
import { startScan } from "./start-scan.ts";
import { acmeConnections } from "./test-accounts.ts";

export type ScanRow = typeof scans.$inferSelect;

export type TestCloud = {
  database: TestDatabase;
  sandbox: Sandbox;
  scope: Scope;
  /** The connected accounts by name, as `accounts.id`. */
  accounts: ReadonlyMap<string, string>;
  /** What workers reported as failed, in order. */
  errors: string[];
  /** Starts a scan and waits for its end. */
  scan(input?: Parameters<typeof startScan>[2]): Promise<ScanRow>;
  /** Starts a scan and returns its id. */
  start(input?: Parameters<typeof startScan>[2]): Promise<string>;
  /** Waits for a scan's end. */
  ended(scanId: string): Promise<ScanRow>;
  /** Waits until `condition`, an SQL expression, holds. */
  until(condition: SQL): Promise<void>;
  /** The state of a connected AWS account in the sandbox, by name; the only account's when left out. */
  estateOf(name?: string): AwsAccount;
  /** A further worker in this process. */
  addWorker(): Promise<Worker>;
  /** A worker as a process of its own, ready to take jobs. */
  /** @param concurrency Places of the worker; its own number when left out. */
  spawnWorker(concurrency?: number): Promise<ChildProcess>;
};

export type TestCloudOptions = {
  /** Whose accounts to connect; AWS's alone when left out. */
  clouds?: readonly Cloud[];
  /** Which of Acme's accounts in them, by name; all when left out. */
  accounts?: readonly string[];
  /** Whether the accounts have an identity that fixes are made with; true when left out. */
  writers?: boolean;
  /** Workers to begin with; 1 when left out. */
  workers?: 0 | 1;
};

/**
 * A whole installation in small for one test file: database, sandbox cloud with Acme's accounts connected, to be read
 * and to be fixed, workers.
 * Everything is closed after the file's tests.
 */
export async function createTestCloud(options: TestCloudOptions = {}): Promise<TestCloud> {
  const database = await createTestDatabase();
  const { db } = database;
  const { clouds = ["aws"] } = options;
  const sandbox = await startSandbox({
    estate: buildAcme(),
    services,
    ...(clouds.includes("azure") ? { azure: buildAcmeAzure() } : {}),
    ...(clouds.includes("gcp") ? { gcp: buildAcmeGcp() } : {}),
  });
  process.env.AWS_ACCESS_KEY_ID = acmeHub.accessKeyId;
  process.env.AWS_SECRET_ACCESS_KEY = acmeHub.secretAccessKey;
  process.env.AWS_REGION = "eu-west-1";
  process.env.PARAPET_SECRET_KEYS ??= `test:${randomBytes(32).toString("base64")}`;
  const { id: organisationId } = await createOrganisation(db);
  const scope = Scope.ofSystem(organisationId, "test");
  const accounts = new Map<string, string>();
  const connected = acmeConnections(sandbox, clouds).filter(
    ({ name }) => options.accounts?.includes(name) ?? true,
  );
  for (const input of connected) {
    const { accountId } = await connectAccount(db, scope, input);
    accounts.set(input.name, accountId);
    const writer = acmeWriter(input, () => acmeRemediator.clientSecret);
    if (writer && options.writers !== false) await giveWriter(db, scope, accountId, writer);
  }
  const errors: string[] = [];
  const queue = await openQueue(database.url, { works: false });
  const closing: (() => Promise<unknown>)[] = [];

  const addWorker = async () => {
    const worker = await startWorker({
      databaseUrl: database.url,
      onError: (error, what) => {
        errors.push(`${what}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      },
    });
    let stopped: Promise<void> | undefined;
    const stop = () => (stopped ??= worker.stop());
    closing.push(stop);
    // A worker makes its own queue this process's; the one that outlives every worker serves better here.
    provideQueue(queue);
    return { ...worker, stop };
  };

  const spawnWorker = async (concurrency?: number) => {
    const places = concurrency === undefined ? [] : ["--concurrency", String(concurrency)];
    const child = spawn(process.execPath, ["cli/main.ts", "worker", ...places], {
      env: { ...process.env, DATABASE_URL: database.url },
      stdio: ["ignore", "ignore", "ignore", "ipc"],
    });
    const exited = once(child, "exit");
    closing.push(async () => {
      child.kill("SIGKILL");
      await exited;
    });
    await Promise.race([
      once(child, "message"),
      exited.then(() => Promise.reject(new Error("The worker ended before it was ready."))),
    ]);
    return child;
  };

  const until: TestCloud["until"] = async (condition) => {
    for (;;) {
      const [row] = await db.execute<{ holds: boolean }>(sql`select (${condition}) as holds`);
      if (row?.holds) return;
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
  };
  const start: TestCloud["start"] = async (input = {}) => (await startScan(db, scope, input)).scanId;
  const ended: TestCloud["ended"] = async (scanId) => {
    await until(sql`select finished_at is not null from scans where id = ${scanId}`);
    const [scan] = await db.select().from(scans).where(eq(scans.id, scanId));
    if (!scan) throw new Error("The scan is gone.");
    return scan;
  };

  afterAll(async () => {
    await Promise.all(closing.map((close) => close()));
    await queue.close();
    await sandbox.close();
    await database.close();
  });
  provideQueue(queue);
  if (options.workers !== 0) await addWorker();
  return {
    database,
    sandbox,
    scope,
    accounts,
    errors,
    until,
    start,
    ended,
    addWorker,
    spawnWorker,
    scan: async (input) => ended(await start(input)),
    estateOf: (name) => {
      const known = acmeAccounts.find((each) =>
        name === undefined ? accounts.has(each.name) : each.name === name,
      );
      const account = sandbox.estate.accounts.get(known?.id ?? "");
      if (!account) throw new Error(`Acme has no account ${name}.`);
      return account;
    },
  };
}
