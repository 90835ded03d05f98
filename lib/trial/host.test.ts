import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { asc, eq } from "drizzle-orm";
import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import { accounts } from "#db/accounts/schema.ts";
import { auditEntries } from "#db/audit/schema.ts";
import { createAccount, createScope } from "#db/factories.ts";
import { scans } from "#db/scans/schema.ts";
import { createTestDatabase } from "#db/test-database.ts";
import { getTrial } from "#db/trial/queries.ts";
import { acmeAccounts } from "#sandbox/estates/acme/company.ts";
import { acmeProjects } from "#sandbox/estates/acme/gcp/company.ts";
import { newKeyring } from "../accounts/test-accounts.ts";
import type { Scope } from "../auth/scope.ts";
import { openQueue, provideQueue } from "../jobs/queue.ts";
import { provideKeyring } from "../secrets/keys.ts";
import { StartError } from "../start-error.ts";
import { TrialHost, type TrialHostOptions } from "./host.ts";
import { removeTrial } from "./remove-trial.ts";
import { type RunningSandbox, runSandbox } from "./run-sandbox.ts";
import { startTrial } from "./start-trial.ts";

// The installation of these tests is one of one's own, on a database of this machine.
process.env.PARAPET_SANDBOX = "off";
const database = await createTestDatabase();
process.env.DATABASE_URL = database.url;
const { db } = database;
const queue = await openQueue(database.url, { works: false });
provideQueue(queue);
provideKeyring(null);
const dataDir = mkdtempSync(join(tmpdir(), "parapet-trial-"));
afterAll(async () => {
  await queue.close();
  await database.close();
  rmSync(dataDir, { recursive: true });
});

/** A sandbox cloud as far as connecting its accounts asks it; `end` has it die. */
type Stub = RunningSandbox & { end(): void };
let running: Stub[] = [];
async function runStub(): Promise<RunningSandbox> {
  const server = createServer((_, response) => response.end("{}")).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const { promise: ended, resolve: end } = Promise.withResolvers<string>();
  const stop = async () => {
    server.close();
    end("exit code 0");
  };
  const stub = {
    url: `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`,
    ended,
    stop,
    end: () => end("exit code 9"),
  };
  running.push(stub);
  return stub;
}

let hosts: TrialHost[] = [];
let errors: string[] = [];
let scope: Scope;
function host(more: Partial<TrialHostOptions> = {}): TrialHost {
  const made = new TrialHost({
    ...{ database, dataDir, scale: 1, run: runStub, intervalMs: 3_600_000 },
    onError: (error) => errors.push(error instanceof Error ? error.message : String(error)),
    ...more,
  });
  hosts.push(made);
  return made;
}
const follow = async (...which: TrialHost[]) => {
  for (const each of which) {
    each.follow();
    await each.settled();
  }
};

beforeEach(async () => {
  [running, hosts, errors] = [[], [], []];
  scope = await createScope(db, { role: "admin" });
});
afterEach(async () => {
  for (const each of hosts) await each.stop();
  await db.execute("truncate sandbox_trials");
});

const theirs = () =>
  db
    .select({ cloud: accounts.cloud, externalId: accounts.externalId, connection: accounts.connection })
    .from(accounts)
    .where(eq(accounts.sandbox, true))
    .orderBy(asc(accounts.externalId));
const ownTheirs = async () =>
  (await db.select().from(accounts).where(eq(accounts.organisationId, scope.organisationId))).filter(
    (account) => account.sandbox,
  );

test("nothing runs until it is asked for; then its accounts are connected and scanned, in the open", async () => {
  const one = host();
  await follow(one);
  expect(running).toEqual([]);
  expect(await getTrial(db, scope)).toBeNull();

  await startTrial(db, scope, {});
  expect(await getTrial(db, scope)).toEqual({ state: "starting", error: null, url: null, accounts: 0 });
  await follow(one);
  const url = running[0]?.url;
  expect(await getTrial(db, scope)).toEqual({
    state: "running",
    error: null,
    url,
    accounts: acmeAccounts.length,
  });
  const [scan] = await db.select().from(scans).where(eq(scans.organisationId, scope.organisationId));
  expect(scan).toMatchObject({ trigger: "connect", status: "running" });
  expect(scan?.scope.accountIds).toHaveLength(acmeAccounts.length);
  const trail = await db
    .select({ actor: auditEntries.actorKind, action: auditEntries.action })
    .from(auditEntries)
    .where(eq(auditEntries.organisationId, scope.organisationId))
    .orderBy(asc(auditEntries.id));
  expect(trail.map(({ actor, action }) => `${actor} ${action}`)).toEqual([
    "user sandbox.start",
    ...acmeAccounts.flatMap(() => ["system account.connect", "system account.set_write_identity"]),
    "system scan.start",
  ]);
  expect(errors).toEqual([]);
});

test("of several workers one runs it, and another takes over when that one goes", async () => {
  const [one, two] = [host(), host()];
  await startTrial(db, scope, {});
  await follow(one, two, one);
  expect(running).toHaveLength(1);
  await one.stop();
  expect(await getTrial(db, scope)).toMatchObject({ state: "starting", url: null });
  await follow(two);
  expect(running).toHaveLength(2);
  const endpoints = new Set((await ownTheirs()).map(({ connection }) => connection.endpointUrl));
  expect([...endpoints]).toEqual([running[1]?.url]);
  expect(await db.select().from(scans).where(eq(scans.organisationId, scope.organisationId))).toHaveLength(1);
});

test("of several that are told at once, one runs it", async () => {
  await startTrial(db, scope, {});
  await Promise.all([host(), host(), host()].map((each) => follow(each)));
  expect(running).toHaveLength(1);
});

test("a sandbox that dies is begun anew", async () => {
  const one = host();
  await startTrial(db, scope, {});
  await follow(one);
  running[0]?.end();
  await expect.poll(() => running.length).toBe(2);
  await one.settled();
  expect(await getTrial(db, scope)).toMatchObject({ state: "running", url: running[1]?.url });
  expect(errors).toEqual(["The sandbox cloud ended (exit code 9)."]);
});

test("what can't be started says why, and is tried again when asked to", async () => {
  const one = host({
    run: () => Promise.reject(new StartError("The sandbox cloud could not be started (no answer).")),
  });
  await startTrial(db, scope, {});
  await follow(one, one);
  expect(errors).toHaveLength(1);
  expect(await getTrial(db, scope)).toMatchObject({
    state: "failed",
    error: "The sandbox cloud could not be started (no answer).",
  });
  await startTrial(db, scope, {});
  expect(await getTrial(db, scope)).toMatchObject({ state: "starting", error: null });
  await follow(host());
  expect(await getTrial(db, scope)).toMatchObject({ state: "running" });
});

describe("removing it", () => {
  test("ends the process and deletes its accounts, and no other", async () => {
    const own = await createAccount(db, { organisationId: scope.organisationId, name: "mine" });
    const one = host();
    await startTrial(db, scope, {});
    await follow(one);
    expect(await removeTrial(db, scope)).toEqual({ accounts: acmeAccounts.length });
    await follow(one);
    expect(await running[0]?.ended).toBe("exit code 0");
    expect(await getTrial(db, scope)).toBeNull();
    const left = await db.select().from(accounts).where(eq(accounts.organisationId, scope.organisationId));
    expect(left.filter(({ deletion }) => deletion === null).map(({ id }) => id)).toEqual([own.id]);
    await expect(removeTrial(db, scope)).rejects.toMatchObject({ code: "conflict" });
  });

  test("leaves an account of one's own alone that has the id of one of its", async () => {
    const externalId = acmeAccounts[0]?.id ?? "";
    const own = await createAccount(db, { organisationId: scope.organisationId, externalId });
    const one = host();
    await startTrial(db, scope, {});
    await follow(one);
    await removeTrial(db, scope);
    const [after] = await db.select().from(accounts).where(eq(accounts.id, own.id));
    expect(after).toEqual(own);
  });
});

test("it is asked for once, by who may manage accounts", async () => {
  await startTrial(db, scope, {});
  await expect(startTrial(db, scope, {})).rejects.toMatchObject({
    code: "conflict",
    message: "The sandbox cloud is there already.",
  });
  const analyst = await createScope(db, { role: "analyst", organisationId: scope.organisationId });
  await expect(startTrial(db, analyst, {})).rejects.toMatchObject({ code: "forbidden" });
  await expect(removeTrial(db, analyst)).rejects.toMatchObject({ code: "forbidden" });
});

test("the real one answers on loopback, with its three clouds, and ends when told to", async () => {
  provideKeyring(newKeyring("1"));
  const one = host({ run: runSandbox });
  await startTrial(db, scope, {});
  await follow(one);
  expect(errors).toEqual([]);
  const trial = await getTrial(db, scope);
  expect(trial).toMatchObject({
    state: "running",
    url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
  });
  const clouds = (await theirs()).map(({ cloud }) => cloud);
  expect(new Set(clouds)).toEqual(new Set(["aws", "azure", "gcp"]));
  expect(clouds.filter((cloud) => cloud === "gcp")).toHaveLength(acmeProjects.length);
  await one.stop();
  await expect(fetch(`${trial?.url}/_sandbox/health`)).rejects.toThrow();
  provideKeyring(null);
});
