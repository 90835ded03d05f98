import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
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

/** The sandbox's ports, of which each cloud has one. */
export type SandboxPorts = { aws: number; azure: number; gcp: number };

/** The same ports as last time, but for those that are taken. */
export async function sandboxPorts(dataDir: string): Promise<SandboxPorts> {
  const last = readPorts(dataDir);
  const aws = await findFreePort(last.aws);
  const azure = await findFreePort(last.azure, [aws]);
  const gcp = await findFreePort(last.gcp, [aws, azure]);
  const ports = { aws, azure, gcp };
  writeFileSync(portsFile(dataDir), `${JSON.stringify(ports)}\n`);
  return ports;
}

const portsFile = (dataDir: string): string => join(dataDir, "sandbox-ports.json");

/** What an earlier start wrote; empty before the first one, or when the file is no good. */
export function readPorts(dataDir: string): Partial<SandboxPorts> {
  const port = z.int().min(1).max(65_535).optional();
  try {
    return z
      .object({ aws: port, azure: port, gcp: port })
      .parse(JSON.parse(readFileSync(portsFile(dataDir), "utf8")));
  } catch {
    return {};
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
