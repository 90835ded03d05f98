import { sql } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createOrganisation } from "#db/factories.ts";
import { Scope } from "#lib/auth/scope.ts";
import { jobQueue } from "#lib/jobs/queue.ts";
import type { Worker } from "#lib/jobs/worker.ts";
import { newBucket, s3State } from "#sandbox/aws/handlers/s3/state.ts";
import { cancelScan } from "./cancel-scan.ts";
import { createTestCloud } from "./test-cloud.ts";
import {
  failuresIn,
  readEverything,
  readFindings,
  readFreshVerdicts,
  readOpen,
  readUnits,
  readVerdicts,
} from "./test-state.ts";

const cloud = await createTestCloud({ accounts: ["Acme Staging"], workers: 0 });
const { db, sql: connection } = cloud.database;
const { faults } = cloud.sandbox;
const estate = cloud.estateOf();
const buckets = s3State(estate);
const long = 120_000;
let worker: Worker = await cloud.addWorker();

/** Holds every call that `isHeld` picks; `reached` tells of the first, and `open` lets all go. */
function holdCalls(isHeld: (operation: string) => boolean) {
  const { promise: gate, resolve: open } = Promise.withResolvers<void>();
  const { promise: reached, resolve: reach } = Promise.withResolvers<void>();
  faults.beforeHandler = async ({ operation }) => {
    if (!isHeld(operation)) return;
    reach();
    await gate;
  };
  return { reached, open };
}
const planning = new Set(["AssumeRole", "GetCallerIdentity", "DescribeRegions"]);
let gates: { open(): void }[] = [];
function hold(isHeld: (operation: string) => boolean = (operation) => !planning.has(operation)) {
  const gate = holdCalls(isHeld);
  gates.push(gate);
  return gate;
}

beforeEach(() => {
  faults.reset();
  cloud.errors.length = 0;
});
afterEach(() => {
  for (const gate of gates) gate.open();
  gates = [];
  faults.reset();
});

describe("cancelScan", () => {
  it("ends what waits and what runs, and nothing is resolved by it", { timeout: long }, async () => {
    const bucket = newBucket("acme-cancelled", "eu-west-1", new Date("2026-01-01"), estate.id);
    buckets.set(bucket.name, bucket);
    await cloud.scan();
    const before = await readEverything(db);
    buckets.delete(bucket.name);
    const { reached } = hold();
    const scanId = await cloud.start();
    await reached;
    await cloud.until(
      sql`select count(*) = 8 from scan_units where scan_id = ${scanId} and status = 'running'`,
    );
    await cancelScan(db, cloud.scope, { scanId });
    // The calls are held all the while: only giving them up ends the scan.
    expect(await cloud.ended(scanId)).toMatchObject({ status: "cancelled", error: null });
    expect([...new Set(Object.values(await readUnits(db, scanId)))]).toEqual(["cancelled"]);
    expect(await readEverything(db)).toEqual(before);
    await cloud.until(sql`select not exists (select from scan_staging)`);
    expect(cloud.errors).toEqual([]);

    await expect(cancelScan(db, cloud.scope, { scanId })).rejects.toMatchObject({ code: "conflict" });
    faults.reset();
    await cloud.scan();
    const key = "arn:aws:s3:::acme-cancelled aws.s3.bucket-versioning";
    expect((await readFindings(db))[key]).toMatchObject({ resolution: "resource_gone" });
  });

  it("ends a scan that hasn't been laid out yet", { timeout: long }, async () => {
    const { reached, open } = hold((operation) => operation === "DescribeRegions");
    const scanId = await cloud.start();
    await reached;
    await cancelScan(db, cloud.scope, { scanId });
    expect(await cloud.ended(scanId)).toMatchObject({ status: "cancelled" });
    open();
    expect(await cloud.scan({ services: ["kms"] })).toMatchObject({ status: "completed" });
    expect(await readUnits(db, scanId)).toEqual({});
  });

  it("keeps what was merged before, and tells a second cancel that it is late", {
    timeout: long,
  }, async () => {
    const { reached } = hold((operation) => operation === "ListKeys");
    const scanId = await cloud.start();
    await reached;
    await cloud.until(sql`
      select count(*) = 0 from scan_units where scan_id = ${scanId} and status in ('queued', 'running') and service <> 'kms'
    `);
    const [both, late] = await Promise.allSettled([
      cancelScan(db, cloud.scope, { scanId }),
      cancelScan(db, cloud.scope, { scanId }),
    ]);
    expect([both.status, late.status].sort()).toEqual(["fulfilled", "rejected"]);
    expect(await cloud.ended(scanId)).toMatchObject({ status: "cancelled" });
    const units = await readUnits(db, scanId);
    expect(units).toMatchObject({
      "s3 eu-west-1": "done",
      "kms eu-west-1": "cancelled",
      "relations global": "cancelled",
    });
    const [audited] = await connection`
      select count(*)::int as n from audit_entries where action = 'scan.cancel' and object_id = ${scanId}`;
    expect(audited).toEqual({ n: 1 });
  });

  it("reaches a worker that wasn't listening when it was said", { timeout: long }, async () => {
    const { reached } = hold();
    const scanId = await cloud.start({ services: ["kms"] });
    await reached;
    await cloud.until(
      sql`select count(*) = 3 from scan_units where scan_id = ${scanId} and status = 'running'`,
    );
    // As the mutation does it, but for the notification.
    await db.execute(sql`update scans set status = 'cancelling' where id = ${scanId}`);
    await connection`
      select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and application_name = 'parapet-worker' and query like 'listen %'`;
    expect(await cloud.ended(scanId)).toMatchObject({ status: "cancelled" });
  });

  it("finds no scan of another organisation", { timeout: long }, async () => {
    const { id } = await cloud.scan({ services: ["kms"] });
    const { id: other } = await createOrganisation(db);
    const stranger = Scope.ofSystem(other, "test");
    await expect(cancelScan(db, stranger, { scanId: id })).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("a schedule that comes round", () => {
  it("has a worker scan its account", { timeout: long }, async () => {
    const accountId = cloud.accounts.get("Acme Staging") ?? "";
    const { boss } = await jobQueue();
    await boss.send("scan-due", { accountId });
    await cloud.until(sql`select exists (select from scans where trigger = 'schedule')`);
    const [due] = await connection<{ id: string }[]>`select id from scans where trigger = 'schedule'`;
    expect(await cloud.ended(due?.id ?? "")).toMatchObject({
      status: "completed",
      scope: { accountIds: [accountId], regions: [], services: [], checks: [] },
    });
  });
});

describe("a scan whose worker stops", () => {
  it("is finished by the next worker", { timeout: long }, async () => {
    const { reached, open } = hold();
    const scanId = await cloud.start();
    await reached;
    await cloud.until(
      sql`select count(*) = 8 from scan_units where scan_id = ${scanId} and status = 'running'`,
    );
    await worker.stop();
    expect(cloud.errors).toEqual([]);
    open();
    faults.reset();
    worker = await cloud.addWorker();
    const scan = await cloud.ended(scanId);
    expect(scan).toMatchObject({ status: "completed", error: null });
    expect([...new Set(Object.values(await readUnits(db, scanId)))]).toEqual(["done"]);
    const expected = await readFreshVerdicts(db, scan.asOf);
    expect(await readVerdicts(db)).toEqual(expected);
    expect(await readOpen(db)).toEqual(failuresIn(expected));
    expect(await connection`select from scan_staging`).toHaveLength(0);
  });
});

describe("a scan whose database fails it", () => {
  it("reads a unit again whose staged rows were lost", { timeout: long }, async () => {
    const before = await readEverything(db);
    let lost = 0;
    faults.beforeHandler = async ({ operation, region }) => {
      // The last kind of the service: by then the others are staged.
      if (operation !== "DescribeFlowLogs" || region !== "eu-west-1" || lost > 0) return;
      lost += 1;
      await cloud.until(
        sql`select exists (select from scan_staging where uid like 'arn:aws:ec2:eu-west-1:%')`,
      );
      await connection`truncate scan_staging`;
    };
    const scan = await cloud.scan({ services: ["ec2"] });
    expect(scan).toMatchObject({ status: "completed" });
    expect(lost).toBe(1);
    expect(cloud.errors.filter((error) => error.includes("StagingLost")).length).toBeGreaterThan(0);
    const [attempts] =
      await connection`select max(attempts) as most from scan_units where scan_id = ${scan.id}`;
    expect(attempts).toEqual({ most: 2 });
    expect(await readEverything(db)).toEqual(before);
  });
});
