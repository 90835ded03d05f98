import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { processStart } from "#lib/postgres/process-identity.ts";
import { StartError } from "#lib/start-error.ts";
import { lockDataDir } from "./lock.ts";

const dataDir = mkdtempSync(join(tmpdir(), "parapet-lock-"));
const file = join(dataDir, "lock");
beforeEach(() => rmSync(file, { force: true }));
afterAll(() => rmSync(dataDir, { recursive: true }));

const hold = (pid: number, start: string | null) => writeFileSync(file, JSON.stringify({ pid, start }));

describe("lockDataDir", () => {
  it("takes a free folder and leaves nothing behind", () => {
    const lock = lockDataDir(dataDir);
    expect(lock.wasLeft).toBe(false);
    expect(readdirSync(dataDir)).toEqual(["lock"]);
    lock.release();
    expect(readdirSync(dataDir)).toEqual([]);
  });

  it("refuses while another process has it, and says which", async () => {
    const other = spawn("sleep", ["60"]);
    await once(other, "spawn");
    const pid = other.pid ?? 0;
    hold(pid, processStart(pid));
    expect(() => lockDataDir(dataDir)).toThrow(
      new StartError(
        `Parapet is already running on ${dataDir} (process ${pid}): stop it first, or set PARAPET_DATA_DIR to another folder.`,
      ),
    );
    other.kill("SIGKILL");
    await once(other, "exit");
    const lock = lockDataDir(dataDir);
    expect(lock.wasLeft).toBe(true);
    lock.release();
  });

  it("takes over when the id belongs to another process by now, or the file says nothing", () => {
    hold(process.ppid, "long ago");
    lockDataDir(dataDir).release();
    writeFileSync(file, "half a lo");
    const lock = lockDataDir(dataDir);
    expect(lock.wasLeft).toBe(true);
    lock.release();
  });

  it("says in one line that a folder can't be made", () => {
    writeFileSync(file, "");
    expect(() => lockDataDir(join(file, "below"))).toThrow(StartError);
    expect(() => lockDataDir("/proc/parapet")).toThrow(StartError);
  });
});
