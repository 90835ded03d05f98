import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { StartError } from "../start-error.ts";
import { isPostmasterOf, readPostmasterFile, stopPostmaster } from "./postmaster.ts";
import { type PostgresServer, startPostgres } from "./server.ts";
import { embeddedUrl, readState, writeState } from "./state.ts";

const dataDir = mkdtempSync(join(tmpdir(), "parapet-postgres-"));
const running: PostgresServer[] = [];

async function start(options: { keepPort?: boolean } = {}): Promise<PostgresServer> {
  const server = await startPostgres({ dataDir, ...options });
  running.push(server);
  return server;
}

async function query<T>(url: string, run: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    return await run(sql);
  } finally {
    await sql.end();
  }
}

const countNotes = (url: string) => query(url, async (sql) => (await sql`select body from notes`).length);
const failureOf = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (error: unknown) => error,
  );

afterEach(async () => {
  for (const server of running.splice(0)) await server.stop();
});
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

describe("startPostgres", () => {
  it("makes a data folder that only its owner can read, with a password that is asked for", async () => {
    const server = await start();
    expect(await failureOf(query(server.url, (sql) => sql`create table notes (body text)`))).toMatchObject({
      code: "42501",
    });
    await query(server.ownerUrl, async (sql) => {
      await sql`create table notes (body text)`;
      await sql`grant all on notes to parapet_app`;
    });
    expect(embeddedUrl(dataDir)).toBe(server.url);
    expect(statSync(join(dataDir, "postgres.json")).mode & 0o777).toBe(0o600);
    expect(statSync(server.folder).mode & 0o777).toBe(0o700);
    const wrong = Object.assign(new URL(server.url), { password: "guess" }).href;
    expect(await failureOf(countNotes(wrong))).toMatchObject({ code: "28P01" });
    const [row] = await query(
      server.url,
      (sql) =>
        sql`select current_setting('listen_addresses') as at, current_setting('server_encoding') as encoding`,
    );
    expect(row).toEqual({ at: "127.0.0.1", encoding: "UTF8" });
  });

  it("keeps data and port when it is stopped and started", async () => {
    const first = await start();
    await query(first.url, (sql) => sql`insert into notes values ('kept')`);
    await first.stop();
    expect(await first.exited).toBe("exit code 0");
    const second = await start();
    expect(second.url).toBe(first.url);
    expect(await countNotes(second.url)).toBe(1);
  });

  it("recovers what was committed when the server is killed, on the same port", async () => {
    const first = await start();
    await query(first.url, (sql) => sql`insert into notes values ('committed')`);
    process.kill(first.pid, "SIGKILL");
    expect(await first.exited).toBe("SIGKILL");
    const second = await start({ keepPort: true });
    expect(second.url).toBe(first.url);
    expect(await countNotes(second.url)).toBe(2);
  });

  it("ends a server that a killed supervisor left behind, and starts its own", async () => {
    const left = await start();
    const next = await start();
    expect(await left.exited).toBe("exit code 0");
    expect(next.pid).not.toBe(left.pid);
    expect(next.url).toBe(left.url);
    expect(await countNotes(next.url)).toBe(2);
  });

  it("is not held up by a stale postmaster.pid whose id another process has got", async () => {
    const first = await start();
    const file = join(first.folder, "postmaster.pid");
    const lines = readFileSync(file, "utf8").split("\n");
    await first.stop();
    const stranger = spawn("sleep", ["60"]);
    await once(stranger, "spawn");
    writeFileSync(file, [stranger.pid, ...lines.slice(1)].join("\n"));
    const second = await start();
    expect(await countNotes(second.url)).toBe(2);
    expect(stranger.exitCode ?? stranger.signalCode).toBeNull();
    stranger.kill("SIGKILL");
  });

  it("gives an installation from before there was one a user for web and worker", async () => {
    const first = await start();
    await first.stop();
    const { app: _none, ...older } = readState(dataDir) ?? { port: 0, user: "", password: "" };
    writeState(dataDir, older);
    const second = await start();
    expect(second.ownerUrl).toBe(first.ownerUrl);
    expect(second.url).not.toBe(first.url);
    expect(embeddedUrl(dataDir)).toBe(second.url);
    expect(await countNotes(second.url)).toBe(2);
  });

  it("takes another port when the remembered one is taken", async () => {
    const first = await start();
    await first.stop();
    const squatter = createServer().listen(first.port, "127.0.0.1");
    await once(squatter, "listening");
    const second = await start();
    squatter.close();
    expect(second.port).not.toBe(first.port);
    expect(embeddedUrl(dataDir)).toBe(second.url);
    expect(await countNotes(second.url)).toBe(2);
  });

  it("shuts the server down when the process that started it is killed", async () => {
    const script = `const { startPostgres } = await import("#lib/postgres/server.ts");
      const server = await startPostgres({ dataDir: ${JSON.stringify(dataDir)} });
      console.log(server.pid); setInterval(() => {}, 1000);`;
    const supervisor = spawn(process.execPath, ["--input-type=module", "--eval", script], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [said] = await once(supervisor.stdout, "data");
    const pid = Number(String(said));
    const folder = join(dataDir, "postgres");
    expect(isPostmasterOf(pid, folder)).toBe(true);
    supervisor.kill("SIGKILL");
    await expect.poll(() => isPostmasterOf(pid, folder), { timeout: 10_000 }).toBe(false);
    await expect.poll(() => readPostmasterFile(folder), { timeout: 10_000 }).toBeNull();
  });

  it("refuses the folder of another major version, and a lost password, in one line", async () => {
    const folder = join(dataDir, "postgres");
    const state = readState(dataDir);
    if (!state) throw new Error("The tests before this one have made a database.");
    writeState(dataDir, { ...state, password: "lost" });
    expect(await failureOf(start())).toEqual(
      new StartError(
        "The embedded database refused the password in postgres.json: restore that file from a backup of the data folder.",
      ),
    );
    expect(readPostmasterFile(folder)).toBeNull();
    writeFileSync(join(folder, "PG_VERSION"), "16\n");
    const refused = await failureOf(start());
    expect(refused).toBeInstanceOf(StartError);
    expect(String(refused)).toMatch(/was made by PostgreSQL 16 and this version brings PostgreSQL 18/);
  });

  it("starts over when making the data folder was cut short", async () => {
    const half = mkdtempSync(join(tmpdir(), "parapet-postgres-"));
    mkdirSync(join(half, "postgres.new", "cluster"), { recursive: true });
    writeFileSync(join(half, "postgres.new", "cluster", "PG_VERSION"), "18\n");
    const server = await startPostgres({ dataDir: half, durable: false });
    expect(existsSync(join(half, "postgres.new"))).toBe(false);
    await stopPostmaster(server.pid);
    rmSync(half, { recursive: true });
  });
});
