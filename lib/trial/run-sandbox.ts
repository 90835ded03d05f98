import { spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pickEnvironment } from "../env.ts";
import { findFreePort } from "../postgres/state.ts";
import { makePrivateFolder } from "../private-file.ts";
import { StartError } from "../start-error.ts";

const root = resolve(import.meta.dirname, "..", "..");
const startMs = 60_000;
const stopMs = 2_000;

/** A sandbox cloud that runs as a process of its own, on loopback alone. */
export type RunningSandbox = {
  /** Where its AWS listens, and where it says where its other clouds are. */
  url: string;
  /** Resolves when it has ended, with how. */
  ended: Promise<string>;
  stop(): Promise<void>;
};

/** Starts the sandbox cloud and resolves once it answers. Throws a StartError when it doesn't; `signal` gives it up. */
export async function runSandbox(options: {
  dataDir: string;
  scale: number;
  signal: AbortSignal;
}): Promise<RunningSandbox> {
  const { dataDir, scale, signal } = options;
  const aws = await findFreePort();
  const azure = await findFreePort(undefined, [aws]);
  const gcp = await findFreePort(undefined, [aws, azure]);
  makePrivateFolder(join(dataDir, "logs"));
  const logFile = join(dataDir, "logs", "sandbox.log");
  const log = createWriteStream(logFile, { flags: "a" });
  const child = spawn(
    process.execPath,
    [
      // It ends with the worker that runs it, however that ends.
      ...["--import", join(root, "cli", "start", "die-with-parent.ts"), join(root, "sandbox", "main.ts")],
      ...["--port", String(aws), "--azure-port", String(azure), "--gcp-port", String(gcp)],
      ...["--state-dir", join(dataDir, "sandbox"), "--estate", "acme", "--scale", String(scale)],
    ],
    // None of Parapet's own variables: it needs no database and no secret.
    { cwd: root, env: pickEnvironment("PATH", "HOME", "TMPDIR"), stdio: ["ignore", "pipe", "pipe", "ipc"] },
  );
  child.stdout?.pipe(log, { end: false });
  child.stderr?.pipe(log, { end: false });
  let how: string | null = null;
  const ended = new Promise<string>((done) => {
    const end = (said: string) => {
      how ??= said;
      log.end();
      done(how);
    };
    child.once("error", (error) => end(error.message));
    child.once("exit", (code, by) => end(by ?? `exit code ${code}`));
  });
  const stop = async () => {
    if (how !== null) return;
    child.kill("SIGTERM");
    const timer = setTimeout(() => child.kill("SIGKILL"), stopMs);
    await ended;
    clearTimeout(timer);
  };
  const url = `http://127.0.0.1:${aws}`;
  const until = Date.now() + startMs;
  while (!(await answers(url))) {
    if (how === null && Date.now() < until && !signal.aborted) {
      await Promise.race([sleep(100), ended]);
      continue;
    }
    await stop();
    throw new StartError(
      `The sandbox cloud could not be started (${how ?? "no answer"}); ${logFile} says why.`,
    );
  }
  return { url, ended, stop };
}

async function answers(url: string): Promise<boolean> {
  try {
    const answer = await fetch(`${url}/_sandbox/health`, { signal: AbortSignal.timeout(5_000) });
    await answer.arrayBuffer();
    return answer.ok;
  } catch {
    // Not listening yet.
    return false;
  }
}
