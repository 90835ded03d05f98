import { existsSync, linkSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** Writes a file that its owner alone can read, whole or not at all: readers never see half of it. */
export function writePrivateFile(file: string, text: string): void {
  const half = `${file}.${process.pid}`;
  writeFileSync(half, text, { mode: 0o600 });
  renameSync(half, file);
}

/** Writes a file that its owner alone can read unless there is one already; of several writers at once, one wins. */
export function createPrivateFile(file: string, text: () => string): void {
  if (existsSync(file)) return;
  const whole = `${file}.${process.pid}`;
  writeFileSync(whole, text(), { mode: 0o600 });
  try {
    linkSync(whole, file);
  } catch (error) {
    if (!existsSync(file)) throw error;
  } finally {
    rmSync(whole, { force: true });
  }
}

/** Makes a folder, with those above it, that its owner alone can enter; one that exists stays as it is. */
export function makePrivateFolder(folder: string): void {
  if (existsSync(folder)) return;
  // Node's own `recursive` never returns where the system can't make folders at all, as under /proc.
  makePrivateFolder(dirname(folder));
  mkdirSync(folder, { mode: 0o700 });
}
