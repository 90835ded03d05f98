import { createHash } from "node:crypto";
import { chmodSync, cpSync, existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { StartError } from "#lib/start-error.ts";
import type { PostgresBinaries } from "./binaries.ts";
import { isReachableByOthers, type RunAs } from "./run-as.ts";

/** Where another user can reach binaries and data that lie in a folder closed to them. */
const sharedFolder = "/var/lib/parapet";

/**
 * The folder for PostgreSQL's data: `<data dir>/postgres`, unless PostgreSQL has to run as another user who can't get
 * there. Data that an earlier start kept elsewhere (`recorded`) stays where it is.
 */
export function dataFolder(dataDir: string, runAs: RunAs, recorded: string | undefined): string {
  const usual = join(resolve(dataDir), "postgres");
  if (recorded && existsSync(join(recorded, "PG_VERSION"))) {
    if (runAs.mode !== "other" || canPass(dirname(recorded))) return recorded;
  }
  if (runAs.mode !== "other" || canPass(dataDir)) return usual;
  const elsewhere = join(
    sharedFolder,
    createHash("sha256").update(usual).digest("hex").slice(0, 12),
    "postgres",
  );
  makeSharedFolder(dirname(elsewhere));
  if (existsSync(join(usual, "PG_VERSION"))) moveFolder(usual, elsewhere);
  return elsewhere;
}

/** The binaries, copied to where the other user can reach them if need be. */
export function reachableBinaries(binaries: PostgresBinaries, runAs: RunAs): PostgresBinaries {
  if (runAs.mode !== "other" || isReachableByOthers(dirname(binaries.postgres))) return binaries;
  const root = join(sharedFolder, `postgresql-${binaries.version}`);
  if (!existsSync(root)) {
    makeSharedFolder(sharedFolder);
    const half = `${root}.${process.pid}`;
    cpSync(binaries.root, half, { recursive: true, verbatimSymlinks: true });
    renameSync(half, root);
  }
  const moved = (path: string) => join(root, path.slice(binaries.root.length));
  return {
    ...binaries,
    root,
    initdb: moved(binaries.initdb),
    postgres: moved(binaries.postgres),
    pgCtl: moved(binaries.pgCtl),
  };
}

/** Whether others can pass the folder, after letting them pass it (not list it) if the way to it is open. */
function canPass(folder: string): boolean {
  if (!isReachableByOthers(dirname(resolve(folder)))) return false;
  if (!isReachableByOthers(folder)) chmodSync(folder, 0o711);
  return true;
}

function makeSharedFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
    chmodSync(sharedFolder, 0o755);
    chmodSync(folder, 0o755);
  } catch (error) {
    throw new StartError(
      `PostgreSQL can't run as root, user namespaces are off, and ${sharedFolder} is not writable: start as an ` +
        "ordinary user, set PARAPET_DATA_DIR to a folder that every user can reach, or set DATABASE_URL.",
      { cause: error },
    );
  }
}

function moveFolder(from: string, to: string): void {
  const half = `${to}.${process.pid}`;
  mkdirSync(half, { mode: 0o700 });
  cpSync(from, half, { recursive: true, verbatimSymlinks: true, preserveTimestamps: true });
  renameSync(half, to);
  rmSync(from, { recursive: true });
}
