import { execFileSync, spawnSync } from "node:child_process";
import { chownSync, existsSync, lchownSync, lstatSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/**
 * How PostgreSQL, which refuses to run as root, is run:
 * - `self`: as the user we are.
 * - `namespace`: as root, inside a user namespace where root is called nobody. Files stay root's.
 * - `other`: as root without user namespaces, as another user, who must be able to reach binaries and data.
 */
export type RunAs =
  | { mode: "self" }
  | { mode: "namespace"; uid: number; gid: number }
  | { mode: "other"; uid: number; gid: number };

export function chooseRunAs(): RunAs {
  if (process.getuid?.() !== 0) return { mode: "self" };
  const nobody = findUser("nobody") ?? { uid: 65534, gid: 65534 };
  if (process.platform === "linux" && namespacesWork(nobody)) return { mode: "namespace", ...nobody };
  return { mode: "other", ...(findUser("postgres") ?? nobody) };
}

/** The command and spawn options that run `file` in that way. */
export function commandAs(runAs: RunAs, file: string, args: readonly string[]) {
  if (runAs.mode === "self") return { file, args: [...args], options: {} };
  if (runAs.mode === "other") return { file, args: [...args], options: { uid: runAs.uid, gid: runAs.gid } };
  return { file: "unshare", args: [...namespaceArgs(runAs), file, ...args], options: {} };
}

/** The user whom files must belong to for that way of running; `null` when they are made by the right one anyway. */
export function ownerFor(runAs: RunAs): { uid: number; gid: number } | null {
  if (runAs.mode === "self") return null;
  return runAs.mode === "namespace" ? { uid: 0, gid: 0 } : { uid: runAs.uid, gid: runAs.gid };
}

/** Gives a folder and all in it to that user, when the folder is not already theirs. */
export function giveFolder(folder: string, owner: { uid: number; gid: number }): void {
  if (statSync(folder).uid === owner.uid) return;
  const give = (path: string) => {
    if (lstatSync(path).isDirectory()) for (const name of readdirSync(path)) give(join(path, name));
    lchownSync(path, owner.uid, owner.gid);
  };
  for (const name of readdirSync(folder)) give(join(folder, name));
  // The folder itself comes last, so that an interrupted run is taken up again.
  chownSync(folder, owner.uid, owner.gid);
}

/** Whether every folder from the root down to `path` lets other users pass. */
export function isReachableByOthers(path: string): boolean {
  for (let folder = resolve(path); ; folder = dirname(folder)) {
    if ((statSync(folder).mode & 0o001) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

const namespaceArgs = (as: { uid: number; gid: number }) => [
  "--user",
  `--map-user=${as.uid}`,
  `--map-group=${as.gid}`,
  "--",
];

function namespacesWork(as: { uid: number; gid: number }): boolean {
  const probe = spawnSync("unshare", [...namespaceArgs(as), "true"], { stdio: "ignore", timeout: 5_000 });
  return probe.status === 0;
}

function findUser(name: string): { uid: number; gid: number } | null {
  const entry = process.platform === "linux" ? userLine(name) : undefined;
  if (entry) {
    const [, , uid, gid] = entry.split(":");
    return { uid: Number(uid), gid: Number(gid) };
  }
  if (process.platform !== "darwin") return null;
  try {
    const number = (flag: string) => Number(execFileSync("id", [flag, name], { encoding: "utf8" }));
    return { uid: number("-u"), gid: number("-g") };
  } catch {
    return null;
  }
}

function userLine(name: string): string | undefined {
  // Images without /etc/passwd still let a process take any number for its user.
  if (!existsSync("/etc/passwd")) return undefined;
  return readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .find((line) => line.startsWith(`${name}:`));
}
