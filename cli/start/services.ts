import { join } from "node:path";
import { type Env, inheritedEnvironment } from "#lib/env.ts";
import { workerNodeArgs } from "#lib/jobs/worker-args.ts";
import { startPostgres } from "#lib/postgres/server.ts";
import { nextBinary } from "./build.ts";
import { childService } from "./child.ts";
import type { LogFile } from "./log-file.ts";
import type { SandboxPorts } from "./ports.ts";
import type { Service } from "./service.ts";
import type { RunStep } from "./steps.ts";

export type Installation = {
  /** The folder of the checkout. */
  root: string;
  env: Env;
  log(name: string): LogFile;
  runStep: RunStep;
};

/** PostgreSQL as a service; `onReady` is told its URLs. A restart keeps the port, so they stay true. */
export function postgresService(
  { env, log }: Installation,
  onReady: (urls: { url: string; ownerUrl: string }) => void,
): Service {
  const logFile = log("postgres");
  return {
    name: "PostgreSQL",
    start: async (isRestart) => {
      const server = await startPostgres({
        dataDir: env.dataDir,
        keepPort: isRestart,
        log: (text) => logFile.write(text),
      });
      onReady(server);
      return { ended: server.exited, stop: server.stop, kill: server.kill };
    },
  };
}

export function sandboxService({ root, env, log }: Installation, ports: SandboxPorts): Service {
  return childService({
    name: "The sandbox cloud",
    args: [
      join(root, "sandbox", "main.ts"),
      "--port",
      String(ports.aws),
      "--azure-port",
      String(ports.azure),
      "--gcp-port",
      String(ports.gcp),
      "--state-dir",
      join(env.dataDir, "sandbox"),
      "--estate",
      "acme",
      "--scale",
      String(env.sandboxScale),
    ],
    cwd: root,
    env: inheritedEnvironment(),
    log: log("sandbox"),
    isReady: (signal) => answersOk(`http://127.0.0.1:${ports.aws}/_sandbox/health`, signal),
    startMs: 60_000,
    stopMs: 2_000,
  });
}

export function webService({ root, env, log }: Installation, variables: NodeJS.ProcessEnv): Service {
  const host = env.host.includes(":") ? `[${env.host}]` : env.host;
  const reachable = ["0.0.0.0", "[::]"].includes(host) ? "127.0.0.1" : host;
  return childService({
    name: "The web server",
    args: [nextBinary(root), "start", "--hostname", env.host, "--port", String(env.port)],
    cwd: root,
    env: { ...variables, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
    log: log("web"),
    isReady: (signal) => answersOk(`http://${reachable}:${env.port}/api/health`, signal),
    startMs: 60_000,
    // Next.js waits for every open request, and a page that follows a scan holds one for as long as it is open.
    stopMs: 1_500,
  });
}

export function workerService({ root, log }: Installation, variables: NodeJS.ProcessEnv): Service {
  return childService({
    name: "The worker",
    args: [...workerNodeArgs, join(root, "cli", "main.ts"), "worker"],
    cwd: root,
    env: { ...variables, NODE_ENV: "production" },
    log: log("worker"),
    startMs: 60_000,
    stopMs: 8_000,
  });
}

async function answersOk(url: string, signal: AbortSignal): Promise<boolean> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(5_000)]) });
    await answer.arrayBuffer();
    return answer.ok;
  } catch {
    // Not listening yet.
    return false;
  }
}
