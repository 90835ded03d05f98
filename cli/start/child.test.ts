import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { pickEnvironment } from "#lib/env.ts";
import { isAlive } from "#lib/postgres/process-identity.ts";
import { childService } from "./child.ts";
import { LogFile } from "./log-file.ts";

const folder = mkdtempSync(join(tmpdir(), "parapet-child-"));
afterAll(() => rmSync(folder, { recursive: true }));

function script(name: string, body: string): string {
  const file = join(folder, `${name}.mjs`);
  writeFileSync(file, body);
  return file;
}

function service(name: string, body: string, stopMs = 5_000) {
  const log = new LogFile(join(folder, `${name}.log`));
  const args = [script(name, body)];
  const env = pickEnvironment("PATH");
  return { log, service: childService({ name, args, cwd: folder, env, log, startMs: 30_000, stopMs }) };
}

const never = new AbortController().signal;

describe("childService", () => {
  it("is ready when the child says so, and asks it to end", async () => {
    const { service: child, log } = service(
      "polite",
      `process.on("SIGTERM", () => { console.log("bye"); process.exit(0); });
       setInterval(() => {}, 1000); console.log("hello"); process.send("ready");`,
    );
    const run = await child.start(false, never);
    await run.stop();
    expect(await run.ended).toBe("exit code 0");
    await expect.poll(() => log.lastLines(5)).toEqual(["hello", "bye"]);
  });

  it("kills a child that does not end", async () => {
    const { service: child } = service(
      "stubborn",
      `process.on("SIGTERM", () => {}); setInterval(() => {}, 1000); process.send("ready");`,
      50,
    );
    const run = await child.start(false, never);
    await run.stop();
    expect(await run.ended).toBe("SIGKILL");
  });

  it("shows the end of the log of a child that ends at its start", async () => {
    const { service: child, log } = service(
      "broken",
      `console.error("no such thing"); process.exitCode = 3;`,
    );
    await expect(child.start(false, never)).rejects.toThrow(
      `broken ended at its start (exit code 3). Its log, ${log.path}, ends with:\n    no such thing`,
    );
  });

  it("ends with its supervisor, even one that was killed", async () => {
    const child = script(
      "orphan",
      `setInterval(() => {}, 1000); process.send("ready"); console.log(process.pid);`,
    );
    const supervisor = spawn(
      process.execPath,
      [
        "--input-type=module",
        "--eval",
        `const { childService } = await import("#cli/start/child.ts");
         const { LogFile } = await import("#cli/start/log-file.ts");
         const log = new LogFile(${JSON.stringify(join(folder, "orphan.log"))});
         const env = process.env;
         const options = { name: "orphan", args: [${JSON.stringify(child)}], cwd: ".", env, log, startMs: 30_000, stopMs: 10 };
         await childService(options).start(false, new AbortController().signal);
         while (log.lastLines(1).length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
         console.log(log.lastLines(1)[0]);`,
      ],
      { stdio: ["ignore", "pipe", "inherit"] },
    );
    const [said] = await once(supervisor.stdout, "data");
    const pid = Number(String(said));
    expect(isAlive(pid)).toBe(true);
    supervisor.kill("SIGKILL");
    await expect.poll(() => isAlive(pid), { timeout: 10_000 }).toBe(false);
  });
});
