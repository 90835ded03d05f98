import { appendFileSync, renameSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { makePrivateFolder } from "#lib/private-file.ts";

const maxBytes = 5_000_000;
const keptLines = 40;

/** A log file of 5 MB at most, beside which the one before it is kept as `.1`. */
export class LogFile {
  readonly path: string;
  private size: number;
  private readonly limit: number;
  private recent: string[] = [];

  constructor(path: string, limit = maxBytes) {
    this.path = path;
    this.limit = limit;
    makePrivateFolder(dirname(path));
    this.size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  }

  write(text: string): void {
    if (this.size > 0 && this.size + Buffer.byteLength(text) > this.limit) {
      renameSync(this.path, `${this.path}.1`);
      this.size = 0;
    }
    appendFileSync(this.path, text, { mode: 0o600 });
    this.size += Buffer.byteLength(text);
    this.recent = [...this.recent, ...text.split("\n").filter((line) => line.trim())].slice(-keptLines);
  }

  /** The last lines written by this process, oldest first. */
  lastLines(count: number): string[] {
    return this.recent.slice(-count);
  }
}
