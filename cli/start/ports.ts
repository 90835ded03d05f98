import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { findFreePort } from "#lib/postgres/state.ts";
import { StartError } from "#lib/start-error.ts";

/**
 * Throws a StartError when the web server could not listen there. `patienceMs` is for ports that the processes of an
 * earlier, killed supervisor are just giving up.
 */
export async function checkPort(host: string, port: number, patienceMs: number): Promise<void> {
  const until = Date.now() + patienceMs;
  for (;;) {
    const refused = await tryToListen(host, port);
    if (!refused) return;
    if (refused !== "EADDRINUSE")
      throw new StartError(`Can't listen on ${host} port ${port}: ${reasonFor(refused)}`);
    if (Date.now() >= until) {
      throw new StartError(
        `Port ${port} is taken by another program: stop it, or choose another port with PORT=${port + 1} npm start.`,
      );
    }
    await sleep(100);
  }
}

/** The sandbox's port: the same as last time, unless it is taken. */
export async function sandboxPort(dataDir: string): Promise<number> {
  const file = join(dataDir, "sandbox-port");
  const port = await findFreePort(readPort(file));
  writeFileSync(file, `${port}\n`);
  return port;
}

function readPort(file: string): number | undefined {
  try {
    return Number.parseInt(readFileSync(file, "utf8"), 10) || undefined;
  } catch {
    // The first start.
    return undefined;
  }
}

function tryToListen(host: string, port: number): Promise<string | null> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", (error) => resolve("code" in error ? String(error.code) : error.message));
    probe.listen(port, host, () => probe.close(() => resolve(null)));
  });
}

function reasonFor(code: string): string {
  if (code === "EACCES") return "ports below 1024 are the administrator's; set PORT to a higher one.";
  if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND")
    return "this machine has no such address; check PARAPET_HOST.";
  return `the system says ${code}.`;
}
