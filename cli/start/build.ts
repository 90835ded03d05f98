import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { globSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { inheritedEnvironment } from "#lib/env.ts";
import { StartError } from "#lib/start-error.ts";
import type { LogFile } from "./log-file.ts";

/** What the web interface is made of. */
const sources = [
  "app/**",
  "components/**",
  "db/**",
  "lib/**",
  "public/**",
  "*.config.{ts,mjs}",
  "{proxy,instrumentation}.ts",
  "{package,package-lock,tsconfig}.json",
];

/** Whether `.next` was built from other sources than there are. */
export function needsBuild(root: string): boolean {
  return readStamp(root) !== hashSources(root);
}

/** Builds the web interface. Throws a StartError with the end of the build's output when it fails. */
export async function buildWeb(root: string, log: LogFile, signal: AbortSignal): Promise<void> {
  const hash = hashSources(root);
  // A build cut short must not pass for one.
  rmSync(stampFile(root), { force: true });
  const child = spawn(process.execPath, [nextBinary(root), "build"], {
    cwd: root,
    env: { ...inheritedEnvironment(), NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
    stdio: ["ignore", "pipe", "pipe"],
    signal,
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => log.write(text));
  }
  const [code] = await once(child, "close");
  if (code !== 0) {
    const lines = log.lastLines(20).map((line) => `    ${line}`);
    throw new StartError(
      [`The web interface could not be built. ${log.path} ends with:`, ...lines].join("\n"),
    );
  }
  writeFileSync(stampFile(root), hash);
}

export const nextBinary = (root: string) => join(root, "node_modules", "next", "dist", "bin", "next");

const stampFile = (root: string) => join(root, ".next", "parapet-sources");

function readStamp(root: string): string | null {
  try {
    return readFileSync(stampFile(root), "utf8");
  } catch {
    // Never built.
    return null;
  }
}

/** Over names and contents, so that a clone or a `touch` costs no build. */
function hashSources(root: string): string {
  const hash = createHash("sha256");
  for (const name of globSync(sources, { cwd: root }).sort()) {
    const file = join(root, name);
    if (/\.test\.tsx?$/.test(name) || !statSync(file).isFile()) continue;
    hash.update(`${name}\0`).update(readFileSync(file)).update("\0");
  }
  return hash.digest("hex");
}
