import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** The version that the expectations were written against. */
export const motoVersion = "5.2.5";

/** moto can't be had on this machine; nothing is known of the collectors then. */
export class MotoUnavailable extends Error {
  override readonly name = "MotoUnavailable";
}

/** Installs moto into a virtual environment of its own, once, and returns the path of its server. */
export async function installMoto(): Promise<string> {
  const base = process.env.PARAPET_DATA_DIR ? join(process.env.PARAPET_DATA_DIR, "venv") : ".venv";
  const home = resolve(base, `moto-${motoVersion}`);
  const server = join(home, "bin", "moto_server");
  const installed = join(home, "installed");
  if (existsSync(installed)) return server;
  await rm(home, { recursive: true, force: true });
  await mkdir(base, { recursive: true });
  await run("python3", ["-m", "venv", home], "Python 3 with its venv module");
  const pip = [
    "-m",
    "pip",
    "install",
    "--quiet",
    "--disable-pip-version-check",
    `moto[server]==${motoVersion}`,
  ];
  await run(join(home, "bin", "python"), pip, `moto ${motoVersion} from pip's package index`);
  await writeFile(installed, `${motoVersion}\n`);
  return server;
}

async function run(command: string, args: string[], what: string): Promise<void> {
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  child.stdout.on("data", (chunk: Buffer) => (said += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
  const code = await new Promise<number | null>((done) => {
    child.once("error", () => done(null));
    child.once("close", done);
  });
  if (code === 0) return;
  const reason =
    code === null ? `${command} can't be run` : (said.trim().split("\n").at(-1) ?? `exit code ${code}`);
  throw new MotoUnavailable(`moto can't be installed: it needs ${what} (${reason}).`);
}

export type Moto = { url: string; close(): Promise<void> };

/** Starts moto on a free port, and waits until it answers. */
export async function startMoto(server: string): Promise<Moto> {
  const port = await freePort();
  const child = spawn(server, ["-H", "127.0.0.1", "-p", String(port)], {
    stdio: ["ignore", "ignore", "pipe"],
    env: {
      ...process.env,
      // Thousands of Amazon's machine images, each with a snapshot that looks like the account's own.
      MOTO_EC2_LOAD_DEFAULT_AMIS: "false",
      MOTO_IAM_LOAD_MANAGED_POLICIES: "true",
    },
  });
  let log = "";
  child.stderr.on("data", (chunk: Buffer) => {
    log = (log + chunk.toString()).slice(-2_000);
  });
  const url = `http://127.0.0.1:${port}`;
  const close = () => stop(child);
  for (let attempt = 0; attempt < 300; attempt += 1) {
    if (child.exitCode !== null) break;
    const answer = await fetch(`${url}/moto-api/data.json`).catch(() => null);
    await answer?.body?.cancel();
    if (answer?.ok) return { url, close };
    await sleep(100);
  }
  await close();
  throw new MotoUnavailable(
    `moto was installed and did not start: ${log.trim().split("\n").at(-1) ?? "no word"}`,
  );
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill();
  await ended;
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  if (address === null || typeof address === "string") throw new Error("The system gave no port.");
  return address.port;
}
