import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { readPorts } from "#cli/start/ports.ts";
import { findFreePort } from "#lib/postgres/state.ts";

const root = resolve(import.meta.dirname, "..");

/** Building the web interface on a slow machine is most of it. */
const patienceMs = 300_000;

export type Product = {
  url: string;
  /** The address of its own sandbox cloud for AWS, when it runs one. */
  sandboxUrl: string | undefined;
  /** What it has printed so far. */
  said(): string;
  stop(): Promise<void>;
};

/**
 * Starts the whole product as `npm start` does, on a free port with a data folder of its own: in sandbox mode, unless
 * `variables` say otherwise; they are told the address.
 */
export async function startProduct(
  variables: (url: string) => NodeJS.ProcessEnv | Promise<NodeJS.ProcessEnv> = () =>
    ({}) as NodeJS.ProcessEnv,
): Promise<Product> {
  const dataDir = mkdtempSync(join(tmpdir(), "parapet-e2e-"));
  const port = await findFreePort();
  const url = `http://localhost:${port}`;
  const child = spawn(process.execPath, [join(root, "cli", "bin.mjs"), "start"], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      PORT: String(port),
      PARAPET_HOST: "127.0.0.1",
      PARAPET_DATA_DIR: dataDir,
      PARAPET_SANDBOX: "on",
      // What seals the new keys that fixes are handed out.
      PARAPET_SECRET_KEYS: `1:${randomBytes(32).toString("base64")}`,
      // Long enough a scan to be watched and to be cancelled.
      PARAPET_SANDBOX_SCALE: process.env.PARAPET_E2E_SCALE ?? "12",
      DATABASE_URL: "",
      AUTH_URL: "",
      ...(await variables(url)),
    },
  });
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => said.push(text));
  }
  const stop = async () => {
    await end(child);
    rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    await answers(`${url}/api/health`, child);
  } catch (error) {
    await stop();
    throw new Error(`The product did not start. It said:\n${said.join("")}`, { cause: error });
  }
  const { aws } = readPorts(dataDir);
  return { url, sandboxUrl: aws ? `http://127.0.0.1:${aws}` : undefined, said: () => said.join(""), stop };
}

async function answers(url: string, child: ChildProcess): Promise<void> {
  const until = Date.now() + patienceMs;
  while (Date.now() < until) {
    if (child.exitCode !== null) throw new Error(`It ended with ${child.exitCode}.`);
    const ok = await fetch(url).then(
      (answer) => answer.ok,
      () => false,
    );
    if (ok) return;
    await sleep(250);
  }
  throw new Error(`${url} did not answer within ${patienceMs / 1000} s.`);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  child.kill("SIGINT");
  await gone;
}
