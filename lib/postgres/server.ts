import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import postgres from "postgres";
import { StartError } from "#lib/start-error.ts";
import { provideAppUser } from "./app-user.ts";
import { findBinaries, type PostgresBinaries } from "./binaries.ts";
import { initialise, postgresEnvironment } from "./initialise.ts";
import { dataFolder, reachableBinaries } from "./location.ts";
import { clearPostmaster, readPostmasterFile, stopPostmaster } from "./postmaster.ts";
import { chooseRunAs, commandAs, type RunAs } from "./run-as.ts";
import { serverArgs } from "./settings.ts";
import {
  findFreePort,
  newAppUser,
  newState,
  ownerUrlOf,
  type PostgresState,
  readState,
  urlOf,
  writeState,
} from "./state.ts";

export type StartPostgresOptions = {
  /** Parapet's data directory; PostgreSQL's own folder lies in it. The caller holds its lock. */
  dataDir: string;
  /** False for data that may be lost at a crash of the machine, as in tests. */
  durable?: boolean;
  /** True at a restart under running clients: wait for the remembered port instead of taking another. */
  keepPort?: boolean;
  /** Receives what PostgreSQL writes to its log. */
  log?: (text: string) => void;
};

export type PostgresServer = {
  /** For web and worker, who may not change what stands in the audit trail. With the password, so never for a log. */
  url: string;
  /** For whoever migrates: it may do anything. */
  ownerUrl: string;
  port: number;
  pid: number;
  folder: string;
  runAs: RunAs["mode"];
  /** Resolves when the server's process has ended, with how: `exit code 0`, `SIGKILL`. */
  exited: Promise<string>;
  /** Ends the sessions, writes a checkpoint and stops; resolves when the process is gone. */
  stop(): Promise<void>;
  /** Ends it without waiting; the next start recovers. */
  kill(): void;
};

/** Starts the embedded PostgreSQL, making its data folder at the first start. Throws a StartError when it can't. */
export async function startPostgres(options: StartPostgresOptions): Promise<PostgresServer> {
  const runAs = chooseRunAs();
  const binaries = reachableBinaries(findBinaries(), runAs);
  const remembered = readState(options.dataDir);
  const state = remembered ?? (await newState());
  const app = state.app ?? newAppUser();
  state.app = app;
  // Passwords are kept before the database that asks for them exists.
  writeState(options.dataDir, state);
  const folder = dataFolder(options.dataDir, runAs, state.folder);
  await initialise(folder, state, binaries, runAs);
  await clearPostmaster(folder);
  const patience = Date.now() + 20_000;
  for (;;) {
    if (!options.keepPort) state.port = await findFreePort(state.port);
    writeState(options.dataDir, { ...state, folder });
    const attempt = await launch({ folder, port: state.port, binaries, runAs, options });
    if (attempt.ready) {
      const server = serverOf(attempt.child, state, { folder, port: state.port, binaries, runAs });
      try {
        await createDatabase(ownerUrlOf(state, "postgres"));
        await provideAppUser(server.ownerUrl, app);
      } catch (error) {
        await server.stop();
        throw error;
      }
      return server;
    }
    if (!isPassing(attempt.said) || Date.now() > patience) {
      throw new StartError(`PostgreSQL did not start: ${reasonIn(attempt.said)}`);
    }
    await sleep(200);
  }
}

type Launch = {
  folder: string;
  port: number;
  binaries: PostgresBinaries;
  runAs: RunAs;
  options: StartPostgresOptions;
};

/** Starts the process and waits until it says in postmaster.pid that it is ready, crash recovery included. */
async function launch({ folder, port, binaries, runAs, options }: Launch) {
  const command = commandAs(runAs, binaries.postgres, serverArgs(folder, port, options.durable ?? true));
  const child = spawn(command.file, command.args, {
    ...command.options,
    cwd: folder,
    env: postgresEnvironment(),
    // Its own process group: Ctrl-C in the terminal is the supervisor's to pass on, in order.
    detached: process.platform !== "win32",
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said = (said + text).slice(-4_000);
    options.log?.(text);
  });
  child.on("error", (error) => {
    said += `${error.message}\n`;
  });
  const closed = once(child, "close").catch(() => undefined);
  while (!hasEnded(child) && child.pid !== undefined) {
    const file = readPostmasterFile(folder);
    if (file?.pid === child.pid && file.status === "ready") return { ready: true as const, child, said };
    await sleep(15);
  }
  await closed;
  return { ready: false as const, child, said };
}

function serverOf(
  child: ChildProcess,
  state: PostgresState,
  { folder, port, binaries, runAs }: Omit<Launch, "options">,
): PostgresServer {
  const pid = child.pid ?? 0;
  const guard = startGuard(pid);
  const exited = new Promise<string>((resolve) => {
    const finish = () => {
      guard?.kill("SIGKILL");
      resolve(child.signalCode ?? `exit code ${child.exitCode}`);
    };
    if (hasEnded(child)) finish();
    else child.once("exit", finish);
  });
  const stop = async () => {
    if (hasEnded(child)) return;
    if (process.platform === "win32") {
      await promisify(execFile)(binaries.pgCtl, ["stop", "-D", folder, "-m", "fast", "-w"]);
    } else {
      await stopPostmaster(pid);
    }
    await exited;
  };
  const kill = () => void child.kill("SIGQUIT");
  const urls = { url: urlOf(state), ownerUrl: ownerUrlOf(state) };
  return { ...urls, port, pid, folder, runAs: runAs.mode, exited, stop, kill };
}

const hasEnded = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null;

/** A shell whose input ends when this process does, by `kill -9` too; it then shuts PostgreSQL down. */
function startGuard(pid: number): ChildProcess | null {
  if (process.platform === "win32") return null;
  const guard = spawn("/bin/sh", ["-c", 'read -r line; kill -INT "$1"', "sh", String(pid)], {
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  // Without a guard only the tidying-up after a kill -9 is lost, which the next start does as well.
  guard.on("error", () => undefined);
  guard.stdin?.on("error", () => undefined);
  return guard;
}

async function createDatabase(adminUrl: string): Promise<void> {
  const sql = postgres(adminUrl, { max: 1, onnotice: () => undefined });
  try {
    const [found] = await sql`select 1 from pg_database where datname = 'parapet'`;
    if (!found) await sql`create database parapet`;
  } catch (error) {
    if (error instanceof postgres.PostgresError && error.code === "28P01") {
      throw new StartError(
        "The embedded database refused the password in postgres.json: restore that file from a backup of the data folder.",
        { cause: error },
      );
    }
    throw error;
  } finally {
    await sql.end({ timeout: 1 });
  }
}

/** What ends by itself: a killed server's last sessions still leaving, or a port taken between the look and the start. */
function isPassing(said: string): boolean {
  return /pre-existing shared memory block|lock file "postmaster.pid" already exists|could not bind|Address already in use/i.test(
    said,
  );
}

function reasonIn(said: string): string {
  const lines = said.trim().split("\n");
  const fatal =
    lines.findLast((line) => /FATAL|PANIC|error/i.test(line)) ?? lines.at(-1) ?? "no reason given";
  return fatal.replace(/^.*?(FATAL|PANIC):\s*/, "");
}
