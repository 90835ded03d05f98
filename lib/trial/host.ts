import { eq } from "drizzle-orm";
import type { OpenDatabase } from "#db/client.ts";
import { sandboxTrials } from "#db/trial/schema.ts";
import { notifyAccounts } from "../accounts/notify.ts";
import { Scope } from "../auth/scope.ts";
import { startScan } from "../scans/start-scan.ts";
import { connectSandbox } from "../setup/connect-sandbox.ts";
import { provideKeysOf } from "../setup/provide-sandbox-keys.ts";
import { StartError } from "../start-error.ts";
import { type RunningSandbox, runSandbox } from "./run-sandbox.ts";

type Trial = typeof sandboxTrials.$inferSelect;

export type TrialHostOptions = {
  database: Pick<OpenDatabase, "db" | "sql">;
  dataDir: string;
  scale: number;
  /** Told what failed in the background. */
  onError(error: unknown, what: string): void;
  /** How often to look whether whoever runs it has gone, in milliseconds. */
  intervalMs?: number;
  /** How the sandbox is started, for tests. */
  run?: typeof runSandbox;
};

/** What holds the advisory lock of whoever runs the sandbox; the connection is this process's for as long as it does. */
type Held = { connection: Awaited<ReturnType<OpenDatabase["sql"]["reserve"]>>; sandbox: RunningSandbox };

/**
 * Runs the sandbox cloud for as long as an organisation wants it, in one worker of all: whoever holds the advisory lock.
 * When that worker goes, another takes over; the sandbox then begins anew, and its accounts are told where it is.
 */
export class TrialHost {
  readonly #options: TrialHostOptions;
  readonly #stopping = new AbortController();
  readonly #timer: NodeJS.Timeout;
  #held: Held | null = null;
  #work: Promise<void> = Promise.resolve();
  /** Where the sandbox is whose keys this process has. */
  #known: string | null = null;

  constructor(options: TrialHostOptions) {
    this.#options = options;
    this.#timer = setInterval(() => this.follow(), options.intervalMs ?? 10_000);
    this.#timer.unref();
  }

  /** Brings this process in line with what is wanted now; calls queue up behind one another. */
  follow(): void {
    this.#work = this.#work.then(() =>
      this.#follow().catch((error: unknown) => {
        if (!this.#stopping.signal.aborted) this.#options.onError(error, "sandbox");
      }),
    );
  }

  /** Ends the sandbox if it runs here; it stays wanted. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    clearInterval(this.#timer);
    await this.#work;
    await this.#release();
  }

  /** Resolves once everything asked for so far has been done. */
  settled(): Promise<void> {
    return this.#work;
  }

  async #follow(): Promise<void> {
    if (this.#stopping.signal.aborted) return;
    const [trial] = await this.#options.database.db.select().from(sandboxTrials).limit(1);
    if (!trial || trial.error !== null) return this.#release();
    if (trial.url !== null && trial.url !== this.#known) {
      await provideKeysOf(trial.url).then(
        () => {
          this.#known = trial.url;
        },
        // It is down, and will be somewhere else when it is up again.
        () => undefined,
      );
    }
    if (this.#held === null) await this.#tryToRun(trial);
    else if (!(await holdsLock(this.#held.connection))) await this.#release();
  }

  async #tryToRun(trial: Trial): Promise<void> {
    const { database, dataDir, scale, run = runSandbox } = this.#options;
    const connection = await database.sql.reserve();
    const [row] =
      await connection`select pg_try_advisory_lock(hashtextextended('parapet.sandbox-trial', 0)) as mine`;
    if (!row?.mine) return connection.release();
    let sandbox: RunningSandbox;
    try {
      sandbox = await run({ dataDir, scale, signal: this.#stopping.signal });
    } catch (error) {
      await unlock(connection);
      if (this.#stopping.signal.aborted) return;
      await this.#fail(trial, error);
      return;
    }
    this.#held = { connection, sandbox };
    void sandbox.ended.then(() => this.#onEnd(sandbox));
    try {
      await this.#connect(trial, sandbox.url);
    } catch (error) {
      await this.#fail(trial, error);
      await this.#release();
    }
  }

  /** Connects its accounts, or tells those that are connected where it is now; the first time a scan follows. */
  async #connect({ organisationId, readyAt }: Trial, url: string): Promise<void> {
    const { db } = this.#options.database;
    const scope = Scope.ofSystem(organisationId, "sandbox");
    await provideKeysOf(url);
    this.#known = url;
    await this.#set(organisationId, { url });
    const connected = await connectSandbox(db, scope, url);
    if (readyAt === null) await this.#set(organisationId, { readyAt: new Date() });
    if (connected.length > 0) await startScan(db, scope, { accountIds: connected, trigger: "connect" });
  }

  async #onEnd(sandbox: RunningSandbox): Promise<void> {
    if (this.#held?.sandbox !== sandbox || this.#stopping.signal.aborted) return;
    this.#options.onError(new Error(`The sandbox cloud ended (${await sandbox.ended}).`), "sandbox");
    this.#work = this.#work.then(() => this.#release());
    this.follow();
  }

  /** Lets another worker run it, or nobody when it is no longer wanted. */
  async #release(): Promise<void> {
    const held = this.#held;
    if (held === null) return;
    this.#held = null;
    await held.sandbox.stop();
    await unlock(held.connection);
    const { db } = this.#options.database;
    await db.update(sandboxTrials).set({ url: null }).where(eq(sandboxTrials.url, held.sandbox.url));
  }

  async #fail({ organisationId }: Trial, error: unknown): Promise<void> {
    this.#options.onError(error, "sandbox");
    const said =
      error instanceof StartError ? error.message : "It could not be started; the worker's log says why.";
    await this.#set(organisationId, { error: said, url: null });
  }

  /** Changes what is known of the trial, unless it has been removed meanwhile, and tells browsers and workers. */
  async #set(organisationId: string, set: Partial<Trial>): Promise<void> {
    await this.#options.database.db.transaction(async (tx) => {
      await tx.update(sandboxTrials).set(set).where(eq(sandboxTrials.organisationId, organisationId));
      await notifyAccounts(tx, organisationId);
    });
  }
}

/** False when the connection was lost and made anew meanwhile: its lock may be another's by now. */
async function holdsLock(connection: Held["connection"]): Promise<boolean> {
  try {
    const locks =
      await connection`select from pg_locks where pid = pg_backend_pid() and locktype = 'advisory'`;
    return locks.length > 0;
  } catch {
    // It can't be asked, hence can't be relied on.
    return false;
  }
}

/** Gives the lock back with the connection, also when that has been lost, and the lock with it. */
async function unlock(connection: Held["connection"]): Promise<void> {
  try {
    await connection`select pg_advisory_unlock(hashtextextended('parapet.sandbox-trial', 0))`;
  } catch {
    // The connection is gone; PostgreSQL has freed the lock.
  }
  connection.release();
}
