import { renameSync, writeFileSync } from "node:fs";

/** Writes a file that its owner alone can read, whole or not at all: readers never see half of it. */
export function writePrivateFile(file: string, text: string): void {
  const half = `${file}.${process.pid}`;
  writeFileSync(half, text, { mode: 0o600 });
  renameSync(half, file);
}
