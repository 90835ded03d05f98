import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { commandLine, isAlive } from "./process-identity.ts";

export type PostmasterFile = {
  pid: number;
  port: number;
  /** `starting`, `ready`, `stopping` and the like, by PostgreSQL's own words. */
  status: string;
};

/** What a running PostgreSQL writes into its data folder; `null` when none has. */
export function readPostmasterFile(folder: string): PostmasterFile | null {
  const file = join(folder, "postmaster.pid");
  if (!existsSync(file)) return null;
  const lines = readFileSync(file, "utf8").split("\n");
  const pid = Number.parseInt(lines[0] ?? "", 10);
  if (!Number.isInteger(pid)) return null;
  return { pid, port: Number.parseInt(lines[3] ?? "", 10), status: (lines[7] ?? "").trim() };
}

/**
 * Ends a PostgreSQL that an earlier, killed supervisor left behind on that folder, and removes a stale postmaster.pid:
 * PostgreSQL itself refuses to start while the id in it is alive, even when another program has got that id since.
 */
export async function clearPostmaster(folder: string): Promise<void> {
  const left = readPostmasterFile(folder);
  if (!left) return;
  if (isPostmasterOf(left.pid, folder)) await stopPostmaster(left.pid);
  else if (isAlive(left.pid) && commandLine(left.pid) === null) return;
  rmSync(join(folder, "postmaster.pid"), { force: true });
}

export function isPostmasterOf(pid: number, folder: string): boolean {
  return isAlive(pid) && (commandLine(pid)?.includes(` -D ${folder} `) ?? false);
}

/** Fast shutdown, then an immediate one, then by force; resolves when the process is gone. */
export async function stopPostmaster(pid: number): Promise<void> {
  for (const [signal, patienceMs] of [
    ["SIGINT", 8_000],
    ["SIGQUIT", 4_000],
    ["SIGKILL", 4_000],
  ] as const) {
    if (!sendSignal(pid, signal)) return;
    const until = Date.now() + patienceMs;
    while (Date.now() < until) {
      if (!isAlive(pid)) return;
      await sleep(20);
    }
  }
}

/** False when there is no such process any more. */
function sendSignal(pid: number, signal: NodeJS.Signals): boolean {
  try {
    process.kill(pid, signal);
    return true;
  } catch {
    return isAlive(pid);
  }
}
