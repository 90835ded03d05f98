import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { isAlive, processStart } from "#lib/postgres/process-identity.ts";
import { makePrivateFolder } from "#lib/private-file.ts";
import { StartError } from "#lib/start-error.ts";

const holderSchema = z.object({ pid: z.number().int(), start: z.string().nullable() });

export type DataDirLock = {
  /** True when the last holder ended without releasing it, as after `kill -9`. */
  wasLeft: boolean;
  release(): void;
};

/** Takes the data directory for this process. Throws a StartError while another live process has it. */
export function lockDataDir(dataDir: string): DataDirLock {
  makeDataDir(dataDir);
  const file = join(dataDir, "lock");
  const own = `${file}.${process.pid}`;
  writeFileSync(own, JSON.stringify({ pid: process.pid, start: processStart(process.pid) }), { mode: 0o600 });
  let wasLeft = false;
  try {
    while (!linkOnce(own, file)) {
      const holder = readHolder(file);
      if (holder && isSame(holder)) {
        throw new StartError(
          `Parapet is already running on ${dataDir} (process ${holder.pid}): stop it first, or set PARAPET_DATA_DIR to another folder.`,
        );
      }
      wasLeft = true;
      removeLeft(file);
    }
  } finally {
    rmSync(own, { force: true });
  }
  return { wasLeft, release: () => rmSync(file, { force: true }) };
}

function makeDataDir(dataDir: string): void {
  try {
    makePrivateFolder(dataDir);
    writeFileSync(join(dataDir, `.${process.pid}`), "");
    rmSync(join(dataDir, `.${process.pid}`));
  } catch (error) {
    throw new StartError(
      `Can't write to the data directory ${dataDir}: make it writable for this user, or set PARAPET_DATA_DIR.`,
      { cause: error },
    );
  }
}

/** A hard link either makes the lock, whole, or fails because there is one. */
function linkOnce(own: string, file: string): boolean {
  try {
    linkSync(own, file);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}

function readHolder(file: string) {
  try {
    return holderSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    // Gone meanwhile, or not ours to understand: either way nobody that lives holds it.
    return null;
  }
}

/** Alive, and begun when the lock says: the id may have gone to another process since. */
const isSame = ({ pid, start }: z.infer<typeof holderSchema>) =>
  pid !== process.pid && isAlive(pid) && processStart(pid) === start;

/** Moved away first, so that of two who find it left only one removes it, and never the other's new one. */
function removeLeft(file: string): void {
  const aside = `${file}.left.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return;
    throw error;
  }
  const holder = readHolder(aside);
  if (holder && isSame(holder)) renameSync(aside, file);
  else rmSync(aside);
}
