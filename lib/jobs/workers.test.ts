import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { sql } from "drizzle-orm";
import { afterEach, describe, expect, it } from "vitest";
import { performPlan } from "#lib/scans/perform-plan.ts";
import { performUnit } from "#lib/scans/perform-unit.ts";
import { createTestCloud } from "#lib/scans/test-cloud.ts";
import {
  failuresIn,
  forgetScans,
  readEverything,
  readFreshVerdicts,
  readOpen,
  readVerdicts,
} from "#lib/scans/test-state.ts";

const cloud = await createTestCloud({ accounts: ["Acme Production", "Acme Staging"], workers: 0 });
const { db, sql: connection } = cloud.database;
const { faults } = cloud.sandbox;
const long = 180_000;
let running: ChildProcess[] = [];

async function spawnWorkers(count: number) {
  running = await Promise.all(Array.from({ length: count }, () => cloud.spawnWorker()));
  return running;
}
async function stopWorkers() {
  await Promise.all(
    running.map(async (child) => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill("SIGTERM");
      await once(child, "exit");
    }),
  );
  running = [];
}
afterEach(async () => {
  faults.reset();
  await stopWorkers();
});

async function expectTruth(scanId: string) {
  const scan = await cloud.ended(scanId);
  faults.reset();
  expect(scan).toMatchObject({ status: "completed", error: null });
  const statuses = await connection`select distinct status from scan_units where scan_id = ${scanId}`;
  expect([...statuses]).toEqual([{ status: "done" }]);
  const expected = await readFreshVerdicts(db, scan.asOf);
  expect(await readVerdicts(db)).toEqual(expected);
  expect(await readOpen(db)).toEqual(failuresIn(expected));
}

describe("two workers", () => {
  it("share a scan, and lose and double nothing when one of them is killed", { timeout: long }, async () => {
    const [victim] = await spawnWorkers(2);
    const undisturbed = await cloud.start();
    await expectTruth(undisturbed);
    const everything = await readEverything(db);
    const shared = await connection`
      select count(distinct worker_id)::int as workers from scan_units where scan_id = ${undisturbed}`;
    expect([...shared]).toEqual([{ workers: 2 }]);

    await forgetScans(db);
    faults.reset({ latencyMs: 30 });
    const scanId = await cloud.start();
    const byVictim = sql`scan_id = ${scanId} and worker_id like ${`%-${victim?.pid}-%`}`;
    await cloud.until(sql`
      select (select count(*) > 2 from scan_units where ${byVictim} and status = 'done')
        and (select count(*) > 2 from scan_units where ${byVictim} and status = 'running')
        and exists (select from scan_staging s join scan_units u on u.token = s.token where u.${sql.raw("scan_id")} = ${scanId})
    `);
    victim?.kill("SIGKILL");
    await expectTruth(scanId);
    expect(await readEverything(db)).toEqual(everything);
    expect(await connection`select from scan_staging`).toHaveLength(0);
    const attempts = await connection<{ attempts: number; units: number }[]>`
      select attempts, count(*)::int as units from scan_units where scan_id = ${scanId} group by 1 order by 1`;
    expect(attempts.map((row) => row.attempts)).toEqual([1, 2]);
    const [doubled] = await connection`
      select count(*)::int as n from (select finding_id, kind from finding_transitions group by 1, 2 having count(*) > 1) t`;
    expect(doubled).toEqual({ n: 0 });
  });
});

describe("an attempt whose unit was given to another", () => {
  it("merges nothing", { timeout: long }, async () => {
    const scanId = await cloud.start({
      services: ["s3"],
      accountIds: [cloud.accounts.get("Acme Staging") ?? ""],
    });
    const { signal } = new AbortController();
    const env = (workerId: string) => ({ database: cloud.database, workerId });
    await performPlan(env("planner"), scanId, signal);
    const [unit] = await connection<{ id: string }[]>`
      select id from scan_units where scan_id = ${scanId} and region = 'eu-west-1'`;
    const unitId = unit?.id ?? "";
    const { promise: gate, resolve: open } = Promise.withResolvers<void>();
    const { promise: reached, resolve: reach } = Promise.withResolvers<void>();
    let held = false;
    faults.beforeHandler = async ({ operation }) => {
      if (held || operation !== "GetBucketTagging") return;
      held = true;
      reach();
      await gate;
    };
    const zombie = performUnit(env("zombie"), unitId, signal);
    await reached;
    await performUnit(env("successor"), unitId, signal);
    const row = async () => [
      ...(await connection`select status, worker_id, attempts, token, xmin from scan_units where id = ${unitId}`),
    ];
    const [after, everything] = [await row(), await readEverything(db)];
    expect(after).toMatchObject([{ status: "done", worker_id: "successor", attempts: 2, token: null }]);
    open();
    await zombie;
    expect(await row()).toEqual(after);
    expect(await readEverything(db)).toEqual(everything);
    expect(await connection`select from scan_staging`).toHaveLength(0);
    // Nobody else works here: the rest of this scan would wait for ever.
    await connection`update scans set status = 'cancelling' where id = ${scanId}`;
    const rest = await connection<{ id: string }[]>`
      select id from scan_units where scan_id = ${scanId} and finished_at is null`;
    for (const { id } of rest) await performUnit(env("last"), id, signal);
    expect(await cloud.ended(scanId)).toMatchObject({ status: "cancelled" });
  });
});

describe("a database that drops every connection", () => {
  it("costs no unit, with workers that are started again when they end", { timeout: long }, async () => {
    await forgetScans(db);
    let stopped = false;
    const supervise = async () => {
      while (!stopped) {
        const child = await cloud.spawnWorker();
        running = [child];
        await once(child, "exit");
      }
    };
    const supervised = supervise();
    faults.reset({ latencyMs: 20 });
    const scanId = await cloud.start();
    for (const share of [1, 12, 24]) {
      await cloud.until(sql`
        select count(*) >= ${share} from scan_units where scan_id = ${scanId} and status = 'done'
      `);
      await connection`
        select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and application_name in ('parapet-worker', 'parapet-queue')
          and pid <> pg_backend_pid()`;
    }
    await expectTruth(scanId);
    stopped = true;
    await stopWorkers();
    await supervised;
    expect(await connection`select from scan_staging`).toHaveLength(0);
  });
});
