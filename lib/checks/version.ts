import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

let version: string | undefined;

/**
 * A SHA-256 (hex) over the source of all that a verdict depends on: every file under lib/checks but tests. A verdict
 * stored under another version may be stale, also when its resource hasn't changed. Computed once per process.
 */
export function catalogueVersion(): string {
  version ??= hashSources(import.meta.dirname);
  return version;
}

/** Names count as well as contents, so that two files can't trade bytes; line ends as git has them. */
export function hashSources(folder: string): string {
  const hash = createHash("sha256");
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => name.replaceAll("\\", "/"))
    .filter((name) => name.endsWith(".ts") && !/\.test(-data)?\.ts$/.test(name) && name !== "test-check.ts")
    .sort();
  for (const name of names) {
    const source = readFileSync(join(folder, name), "utf8").replaceAll("\r\n", "\n");
    hash.update(`${name}\0${Buffer.byteLength(source)}\0${source}`);
  }
  return hash.digest("hex");
}
