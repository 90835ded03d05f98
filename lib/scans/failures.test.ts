import { sql } from "drizzle-orm";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { createAccount } from "#db/factories.ts";
import { buckets as bucketCollector } from "#lib/inventory/aws/s3.ts";
import { jobQueue } from "#lib/jobs/queue.ts";
import { newBucket, s3State } from "#sandbox/aws/handlers/s3/state.ts";
import { acmeAccounts } from "#sandbox/estates/acme.ts";
import { createTestCloud } from "./test-cloud.ts";
import {
  readCounters,
  readEverything,
  readFindings,
  readGaps,
  readUnits,
  readVerdicts,
} from "./test-state.ts";

const cloud = await createTestCloud({ accounts: ["Acme Production"] });
const { db } = cloud.database;
const estate = cloud.estateOf();
const buckets = s3State(estate);
const uid = (name: string) => `arn:aws:s3:::${name}`;
const scan = () => cloud.scan({ services: ["s3"] });
const versioning = "aws.s3.bucket-versioning";
const publicAccess = "aws.s3.bucket-public-access";

let made = 0;
function makeBucket() {
  made += 1;
  const bucket = newBucket(`acme-failing-${made}`, "eu-west-1", new Date("2026-01-01"), estate.id);
  bucket.publicAccessBlock = null;
  bucket.policy = JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: `${uid(bucket.name)}/*` },
    ],
  });
  buckets.set(bucket.name, bucket);
  return bucket;
}

beforeAll(async () => {
  const { boss } = await jobQueue();
  const atOnce = { retryLimit: 1, retryDelay: 0, retryBackoff: false };
  await boss.updateQueue("scan-unit", atOnce);
  await boss.updateQueue("scan-plan", atOnce);
});
beforeEach(() => {
  cloud.errors.length = 0;
  cloud.sandbox.faults.reset();
});
afterEach(() => {
  vi.restoreAllMocks();
});

describe("a bug in a collector", () => {
  it("fails its unit after every attempt, resolves nothing, and leaves no trace once mended", async () => {
    const { name } = makeBucket();
    await scan();
    const before = await readEverything(db);
    buckets.delete(name);
    const broken = vi.spyOn(bucketCollector, "collect").mockImplementation(() => {
      const request = { headers: { authorization: "Bearer hush-of-the-request" } };
      throw Object.assign(new TypeError("Cannot read properties of undefined."), { request });
    });
    const failed = await scan();
    expect(failed).toMatchObject({ status: "completed", error: null });
    expect(await readUnits(db, failed.id)).toEqual({
      "relations global": "done",
      "s3 eu-central-1": "failed",
      "s3 eu-west-1": "failed",
      "s3 global": "done",
      "s3 us-east-1": "failed",
    });
    expect(await readGaps(db, failed.id)).toEqual([
      "s3 eu-central-1 unavailable s3 eu-central-1 *",
      "s3 eu-west-1 unavailable s3 eu-west-1 *",
      "s3 us-east-1 unavailable s3 us-east-1 *",
    ]);
    expect(broken).toHaveBeenCalledTimes(6);
    expect(cloud.errors).toHaveLength(6);
    expect(cloud.errors[0]).toContain("Cannot read properties of undefined.");
    expect(await readEverything(db)).toEqual(before);
    // The queue keeps that it failed, and nothing of the error with its request.
    const kept = await db.execute(
      sql`select output from pgboss.job where name like 'scan-unit%' and output is not null`,
    );
    expect(JSON.stringify(kept)).toContain("JobFailed");
    expect(JSON.stringify(kept)).not.toMatch(/hush|Cannot read/);
    expect(
      await db.execute(
        sql`select attempts from scan_units where scan_id = ${failed.id} and status = 'failed'`,
      ),
    ).toEqual(Array(3).fill({ attempts: 2 }));

    broken.mockRestore();
    await scan();
    const findings = await readFindings(db);
    expect(findings[`${uid(name)} ${versioning}`]).toMatchObject({ resolution: "resource_gone" });
    // What compares buckets with their account trusts both kinds again.
    const [open] = await db.execute<{ complete: boolean; clean: boolean }>(sql`
      select bool_and(complete) as complete, bool_and(clean) as clean from coverage where service = 's3'
    `);
    expect(open).toEqual({ complete: true, clean: true });
    const closing = makeBucket();
    await scan();
    closing.policy = null;
    await scan();
    expect((await readFindings(db))[`${uid(closing.name)} ${publicAccess}`]).toMatchObject({
      resolution: "fixed",
    });
    expect(await db.execute(sql`select from scan_staging`)).toHaveLength(0);
  });
});

describe("a scan that can't be laid out", () => {
  it("ends as failed, and says so", async () => {
    await db.execute(sql`alter table scan_units add constraint broken check (service <> 's3') not valid`);
    const failed = await scan();
    await db.execute(sql`alter table scan_units drop constraint broken`);
    expect(failed).toMatchObject({
      status: "failed",
      error: "The scan could not be laid out; the worker's log says why.",
    });
    expect(cloud.errors).toHaveLength(2);
    expect(await readUnits(db, failed.id)).toEqual({});
  });
});

describe("an account that can't be reached", () => {
  const [production, staging, security] = acmeAccounts;
  const connection = (described: (typeof acmeAccounts)[number] | undefined, given: object = {}) => ({
    type: "assume_role",
    roleArn: described?.roleArn,
    externalId: described?.externalId,
    endpointUrl: cloud.sandbox.url,
    ...given,
  });

  it("is a gap of its own; the other accounts are read, and nothing is resolved", async () => {
    await scan();
    const before = await readEverything(db);
    const { organisationId } = cloud.scope;
    const broken = {
      "wrong external id": connection(staging, { externalId: "somebody-elses" }),
      "another account": connection(security),
      "no such role": connection(staging, { roleArn: `arn:aws:iam::${staging?.id}:role/Missing` }),
      nonsense: { type: "telepathy" },
      azure: {},
    };
    const externalIds = ["000000000001", staging?.id, "000000000002", "000000000003", "000000000004"];
    const ids: string[] = [];
    for (const [name, how] of Object.entries(broken)) {
      const externalId = externalIds[ids.length] ?? "";
      const cloudName = name === "azure" ? ("azure" as const) : ("aws" as const);
      ids.push(
        (await createAccount(db, { organisationId, name, externalId, cloud: cloudName, connection: how })).id,
      );
    }
    const done = await scan();
    expect(done).toMatchObject({ status: "completed", error: null });
    const units = await db.execute(sql`
      select a.name, u.service, u.region, u.status, u.gaps, g.code, g.operation, g.kind, g.resource_uid as uid
      from scan_units u join accounts a on a.id = u.account_id left join coverage_gaps g on g.unit_id = u.id
      where u.scan_id = ${done.id} and a.external_id <> ${production?.id} order by a.name
    `);
    const gap = { service: "account", region: "global", status: "gap", gaps: 1, kind: null, uid: null };
    expect([...units]).toEqual([
      { ...gap, name: "another account", code: "denied", operation: "sts:GetCallerIdentity" },
      { ...gap, name: "azure", code: "unavailable", operation: "azure:connect" },
      { ...gap, name: "no such role", code: "denied", operation: "sts:AssumeRole" },
      { ...gap, name: "nonsense", code: "unavailable", operation: "aws:connect" },
      { ...gap, name: "wrong external id", code: "denied", operation: "sts:AssumeRole" },
    ]);
    expect(await readEverything(db)).toEqual(before);
    expect(cloud.errors).toEqual([]);
    await db.execute(sql`
      update accounts set disabled_at = now() where id in (select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb))
    `);
  });

  it("is named by the call that was refused", async () => {
    cloud.sandbox.faults.reset({ deny: ["ec2:DescribeRegions"] });
    const { id } = await scan();
    expect(await readGaps(db, id)).toEqual(["account global denied ec2:DescribeRegions *"]);
  });
});

describe("regions", () => {
  it("are read when they have been switched on, and are a gap when they have been switched off", async () => {
    await scan();
    const inhabited = makeBucket();
    inhabited.region = "sa-east-1";
    estate.regions.push("sa-east-1");
    const on = await scan();
    expect(await readUnits(db, on.id)).toMatchObject({ "s3 sa-east-1": "done" });
    const key = `${uid(inhabited.name)} ${versioning}`;
    expect((await readVerdicts(db))[key]).toBe("fail");

    estate.regions.pop();
    estate.disabledRegions.push("sa-east-1");
    const off = await scan();
    expect(await readUnits(db, off.id)).toMatchObject({ "s3 sa-east-1": "gap", "s3 eu-west-1": "done" });
    expect(await readGaps(db, off.id)).toEqual(["s3 sa-east-1 disabled s3:ListAllMyBuckets *"]);
    expect((await readFindings(db))[key]).toMatchObject({ status: "open" });

    estate.disabledRegions.pop();
    estate.regions.push("sa-east-1");
    inhabited.versioning = { Status: "Enabled" };
    await scan();
    expect((await readFindings(db))[key]).toMatchObject({ status: "resolved", resolution: "fixed" });
  });
});

describe("two scans of one place at once", () => {
  it("never let what was read earlier undo what was read later", async () => {
    await scan();
    const stale = makeBucket();
    const mended = makeBucket();
    await scan();
    stale.versioning = { Status: "Enabled" };
    const { promise: gate, resolve: open } = Promise.withResolvers<void>();
    const { promise: reached, resolve: reach } = Promise.withResolvers<void>();
    let gated = false;
    cloud.sandbox.faults.beforeHandler = async ({ region, operation }) => {
      // The first scan's last call of the region waits: what it has read by then grows old.
      if (gated || region !== "eu-west-1" || operation !== "GetBucketTagging") return;
      gated = true;
      reach();
      await gate;
    };
    const slow = await cloud.start({ services: ["s3"], regions: ["eu-west-1"] });
    await reached;
    const fresh = makeBucket();
    stale.versioning = {};
    mended.versioning = { Status: "Enabled" };
    const quick = await cloud.scan({ services: ["s3"] });
    expect(quick.status).toBe("completed");
    const after = await readEverything(db);
    expect(after.findings[`${uid(fresh.name)} ${versioning}`]).toMatchObject({ history: ["opened"] });
    expect(after.findings[`${uid(mended.name)} ${versioning}`]).toMatchObject({
      history: ["opened", "resolved fixed"],
    });
    expect(after.findings[`${uid(stale.name)} ${versioning}`]).toMatchObject({ history: ["opened"] });
    open();
    expect(await cloud.ended(slow)).toMatchObject({ status: "completed" });
    expect(await readEverything(db)).toEqual(after);
  });

  it("count what is there, however many run together", { timeout: 120_000 }, async () => {
    for (const bucket of buckets.values()) bucket.versioning = { Status: "Enabled" };
    const scans = await Promise.all([1, 2, 3, 4].map(() => cloud.start()));
    for (const bucket of buckets.values()) bucket.versioning = {};
    for (const id of scans) expect(await cloud.ended(id)).toMatchObject({ status: "completed" });
    expect(cloud.errors).toEqual([]);
    const { stored, counted } = await readCounters(db);
    expect(stored).toEqual(counted);
  });
});
