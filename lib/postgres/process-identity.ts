import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** Whether a process of that id runs, whoever owns it. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/**
 * A text that tells two processes of the same id apart: when the process began, by the machine's own account. `null`
 * when there is no such process or the platform does not say.
 */
export function processStart(pid: number): string | null {
  if (process.platform === "linux") return readStat(pid)?.[19] ?? null;
  if (process.platform === "win32") return null;
  try {
    const answer = execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    return answer.trim() || null;
  } catch {
    return null;
  }
}

/** The id of the process that started it, or `null` when the platform does not say cheaply. */
export function parentOf(pid: number): number | null {
  const parent = process.platform === "linux" ? readStat(pid)?.[1] : undefined;
  return parent === undefined ? null : Number(parent);
}

/** The process's command line, arguments joined by spaces; `null` when it can't be told. */
export function commandLine(pid: number): string | null {
  try {
    if (process.platform === "linux") {
      return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim();
    }
    if (process.platform === "win32") return null;
    return execFileSync("ps", ["-o", "command=", "-p", String(pid)], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
  } catch {
    return null;
  }
}

function isZombie(pid: number): boolean {
  return process.platform === "linux" && readStat(pid)?.[0] === "Z";
}

/** The fields of /proc/<pid>/stat after the name, which may itself hold spaces and brackets: state is 0, start is 19. */
function readStat(pid: number): string[] | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  } catch {
    return null;
  }
}
