import { open, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { env } from "../../env.ts";
import { makePrivateFolder } from "../../private-file.ts";

/** The folder that archives are written to; made when it isn't there. */
export function archiveFolder(): string {
  const folder = env().auditArchive;
  makePrivateFolder(folder);
  return folder;
}

/** Where an archive's file is, if this machine has it. */
export const archivePath = (file: string): string => join(env().auditArchive, file);

/** What a file is called while it isn't whole. */
export const halfName = (file: string): string => `${file}.part`;

/** Has the folder's names reach the disk, without which a file that did could be lost with its name. */
export async function syncFolder(folder: string): Promise<void> {
  // Windows can't open a folder, and keeps names by itself.
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

const dayMs = 86_400_000;

/** Removes what runs that died left half-written. One under way elsewhere is younger. */
export async function clearHalves(folder: string, now = Date.now()): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!/^audit-.*\.part$/.test(name)) continue;
    const file = join(folder, name);
    const { mtimeMs } = await stat(file);
    if (now - mtimeMs > dayMs) await rm(file, { force: true });
  }
}
