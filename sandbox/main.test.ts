import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test } from "vitest";

const program = fileURLToPath(new URL("./main.ts", import.meta.url));
const running: ChildProcess[] = [];
afterEach(() => {
  for (const child of running.splice(0)) child.kill("SIGKILL");
});

function start(...options: string[]): ChildProcess {
  const child = spawn(process.execPath, [program, ...options], { stdio: ["ignore", "pipe", "pipe"] });
  running.push(child);
  return child;
}

/** Reads until `found` matches, or to the end. */
async function read(stream: NodeJS.ReadableStream | null, found: RegExp): Promise<string> {
  let text = "";
  for await (const chunk of stream ?? []) {
    text += String(chunk);
    if (found.test(text)) break;
  }
  return text;
}

async function run(...options: string[]): Promise<{ code: unknown; errors: string }> {
  const child = start(...options);
  const exit = once(child, "exit");
  const errors = await read(child.stderr, /never/);
  return { code: (await exit)[0], errors };
}

test("it serves on loopback until it is told to stop", async () => {
  const child = start("--port", "0");
  const exit = once(child, "exit");
  const text = await read(child.stdout, /(?:secret [\s\S]*){3}/);
  const url = /http:\/\/127\.0\.0\.1:\d+/.exec(text)?.[0];
  expect(await (await fetch(`${url}/_sandbox/health`)).json()).toEqual({ ok: true });
  child.kill("SIGTERM");
  expect(await exit).toEqual([0, null]);
});

test("a taken port is told in one line", async () => {
  const holder = createServer().listen(0, "127.0.0.1");
  await once(holder, "listening");
  const address = holder.address();
  const port = typeof address === "object" && address ? address.port : 0;
  expect(await run("--port", String(port))).toEqual({
    code: 1,
    errors: `Port ${port} is in use. Choose another with --port, or --port 0 for any free one.\n`,
  });
  holder.close();
});
