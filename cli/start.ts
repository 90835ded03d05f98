import { join, resolve } from "node:path";
import { styleText } from "node:util";
import { migrateDatabase } from "#db/migrate.ts";
import { auditKeyring } from "#lib/audit/keys.ts";
import { authSecret } from "#lib/auth-secret.ts";
import { type Env, inheritedEnvironment, env as readEnv } from "#lib/env.ts";
import { buildWeb, needsBuild } from "./start/build.ts";
import { repairDriver } from "./start/driver.ts";
import { watchLauncher } from "./start/launcher.ts";
import { lockDataDir } from "./start/lock.ts";
import { LogFile } from "./start/log-file.ts";
import { checkPort, sandboxPorts } from "./start/ports.ts";
import { type Service, supervise } from "./start/service.ts";
import {
  type Installation,
  postgresService,
  sandboxService,
  webService,
  workerService,
} from "./start/services.ts";
import { setUp } from "./start/set-up.ts";
import { Stack } from "./start/stack.ts";
import { printEvent, stepRunner } from "./start/steps.ts";

const root = resolve(import.meta.dirname, "..");

/** One Ctrl-C can come twice: from the terminal, and passed on by npm. */
const sameKeyMs = 400;

/** Brings everything up, supervises it until a signal asks to stop, and takes it down in order. */
export async function start(): Promise<void> {
  process.chdir(root);
  const interrupted = new AbortController();
  const stack = new Stack();
  onSignals(interrupted, stack);
  const runStep = stepRunner(interrupted.signal);
  const env = readEnv();
  const lock = lockDataDir(env.dataDir);
  try {
    await bringUp({ root, env, runStep, log: logFiles(env) }, stack, interrupted.signal, lock.wasLeft);
    await aborted(interrupted.signal);
  } catch (error) {
    // Whatever a step throws because it was interrupted says no more than the interruption.
    if (!interrupted.signal.aborted) throw error;
  } finally {
    if (stack.size > 0) await runStep({ doing: "Stopping", done: "Stopped" }, () => stack.stop());
    lock.release();
  }
}

async function bringUp(
  installation: Installation,
  stack: Stack,
  signal: AbortSignal,
  wasKilled: boolean,
): Promise<void> {
  const { env, log, runStep } = installation;
  const run = async (layer: number, service: Service) => {
    signal.throwIfAborted();
    stack.add(layer, await supervise(service, { signal, report: printEvent }));
  };
  process.stdout.write(`\n${styleText("bold", "Parapet")}${env.sandbox ? " with the sandbox cloud" : ""}\n`);
  const secret = authSecret();
  // Made here, where the database is known to be on this machine, or asked for.
  auditKeyring();
  await runStep(
    {
      doing: "Checking Node.js and the port",
      done: `Node.js ${process.versions.node}, port ${env.port} is free`,
    },
    async () => {
      await repairDriver(root);
      await checkPort(env.host, env.port, wasKilled ? 5_000 : 0);
    },
  );
  if (needsBuild(root)) {
    const step = {
      doing: "Building the web interface, which takes a minute",
      done: "Built the web interface",
    };
    await runStep({ ...step, isSlow: true }, () => buildWeb(root, log("build"), signal));
  }
  const { url, ownerUrl } = await startDatabase(installation, (service) => run(0, service));
  signal.throwIfAborted();
  await runStep(
    { doing: "Migrating the database", done: "Database has the newest schema" },
    () => migrateDatabase(ownerUrl, { appUrl: url }),
    ({ applied }) => (applied > 0 ? `${applied} ${applied === 1 ? "migration" : "migrations"} applied` : ""),
  );
  const sandboxUrl = env.sandbox
    ? await startSandboxCloud(installation, (service) => run(1, service))
    : undefined;
  const variables: NodeJS.ProcessEnv = {
    ...inheritedEnvironment(),
    DATABASE_URL: url,
    // Web and worker do without the owner's rights. Empty rather than left out, or they would read it from .env.
    DATABASE_OWNER_URL: "",
    AUTH_SECRET: secret,
    PARAPET_DATA_DIR: env.dataDir,
    ...(sandboxUrl ? { PARAPET_SANDBOX_URL: sandboxUrl } : {}),
  };
  signal.throwIfAborted();
  const notes = await runStep(
    { doing: "Setting up organisation and accounts", done: "Organisation is set up" },
    () => setUp(installation, variables, signal),
  );
  await runStep({ doing: "Starting web server and worker", done: "Web server and worker run" }, async () => {
    const both = await Promise.allSettled([
      run(2, webService(installation, variables)),
      run(2, workerService(installation, variables)),
    ]);
    for (const one of both) if (one.status === "rejected") throw one.reason;
  });
  process.stdout.write(
    `\n  ${styleText("bold", env.authUrl)}\n${notes.map((note) => `  ${note}\n`).join("")}`,
  );
  process.stdout.write(
    styleText("dim", `\n  Logs are in ${join(env.dataDir, "logs")}. Ctrl-C stops everything.\n\n`),
  );
}

async function startDatabase(
  installation: Installation,
  run: (service: Service) => Promise<void>,
): Promise<{ url: string; ownerUrl: string }> {
  const { env, runStep } = installation;
  if (env.databaseUrl) return { url: env.databaseUrl, ownerUrl: env.databaseOwnerUrl ?? env.databaseUrl };
  let urls = { url: "", ownerUrl: "" };
  const service = postgresService(installation, (ready) => {
    urls = ready;
  });
  await runStep({ doing: "Starting PostgreSQL", done: "PostgreSQL runs" }, () => run(service));
  return urls;
}

async function startSandboxCloud(
  installation: Installation,
  run: (service: Service) => Promise<void>,
): Promise<string> {
  const { env, runStep } = installation;
  const ports = await sandboxPorts(env.dataDir);
  const done = `Sandbox cloud runs on ports ${Object.values(ports).join(", ")}`;
  await runStep({ doing: "Starting the sandbox cloud", done }, () =>
    run(sandboxService(installation, ports)),
  );
  return `http://127.0.0.1:${ports.aws}`;
}

function onSignals(interrupted: AbortController, stack: Stack): void {
  let first = 0;
  const stop = () => {
    if (first === 0) {
      first = Date.now();
      interrupted.abort();
    } else if (Date.now() - first > sameKeyMs) {
      stack.kill();
      process.exit(130);
    }
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, stop);
  watchLauncher(() => interrupted.abort());
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}

function logFiles(env: Env): (name: string) => LogFile {
  return (name) => new LogFile(join(env.dataDir, "logs", `${name}.log`));
}
