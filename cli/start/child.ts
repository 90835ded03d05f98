import { type ChildProcess, spawn } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { StartError } from "#lib/start-error.ts";
import type { LogFile } from "./log-file.ts";
import type { Run, Service } from "./service.ts";

export type ChildOptions = {
  name: string;
  /** The JavaScript or TypeScript file that Node.js runs, and its arguments. */
  args: string[];
  cwd: string;
  env: NodeJS.ProcessEnv;
  log: LogFile;
  /** Asked again and again while it starts: is it ready? When left out, it says so itself by the message `ready`. */
  isReady?: (signal: AbortSignal) => Promise<boolean>;
  /** How long it may take to be ready. */
  startMs: number;
  /** How long it may take to end when asked to, before it is killed. */
  stopMs: number;
};

const preload = new URL("./die-with-parent.ts", import.meta.url).href;

/** A Node.js process of our own as a service. */
export function childService(options: ChildOptions): Service {
  return { name: options.name, start: (_isRestart, signal) => startChild(options, signal) };
}

async function startChild(options: ChildOptions, signal: AbortSignal): Promise<Run> {
  const child = spawn(process.execPath, ["--import", preload, ...options.args], {
    cwd: options.cwd,
    env: options.env,
    // Its own process group: Ctrl-C in the terminal is the supervisor's to pass on, in order.
    detached: process.platform !== "win32",
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => options.log.write(text));
  }
  let saidReady = false;
  child.on("message", (message) => {
    if (message === "ready") saidReady = true;
  });
  let how: string | undefined;
  const ended = new Promise<string>((resolve) => {
    const end = (said: string) => {
      how ??= said;
      resolve(said);
    };
    child.once("error", (error) => end(error.message));
    child.once("exit", (code, by) => end(by ?? `exit code ${code}`));
  });
  const run = runOf(child, ended, options.stopMs);
  const until = Date.now() + options.startMs;
  while (!(options.isReady ? await options.isReady(signal) : saidReady)) {
    if (how === undefined && Date.now() < until && !signal.aborted) {
      await Promise.race([sleep(50), ended]);
      continue;
    }
    await run.stop();
    throw new StartError(failureOf(options, how));
  }
  return run;
}

function failureOf({ name, log, startMs }: ChildOptions, how: string | undefined): string {
  const what = how === undefined ? `was not ready after ${startMs / 1000} s` : `ended at its start (${how})`;
  const lines = log.lastLines(12).map((line) => `    ${line}`);
  return [`${name} ${what}. Its log, ${log.path}, ends with:`, ...lines].join("\n");
}

function runOf(child: ChildProcess, ended: Promise<string>, stopMs: number): Run {
  const kill = () => void child.kill("SIGKILL");
  return {
    ended,
    kill,
    stop: async () => {
      child.kill("SIGTERM");
      const timer = setTimeout(kill, stopMs);
      await ended;
      clearTimeout(timer);
    },
  };
}
