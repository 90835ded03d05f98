import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { newBucket, s3State } from "#sandbox/aws/handlers/s3/state.ts";
import { createTestCloud } from "./test-cloud.ts";
import { forgetScans, readResourceCounters } from "./test-state.ts";

const cloud = await createTestCloud({ accounts: ["Acme Staging"] });
const { db } = cloud.database;
const estate = cloud.estateOf();
const buckets = s3State(estate);
const long = 120_000;
const services = ["s3"];
const name = "acme-drifting";
const uid = `arn:aws:s3:::${name}`;

const make = (region = "eu-west-1") => {
  const bucket = newBucket(name, region, new Date("2026-01-01"), estate.id);
  buckets.set(name, bucket);
  return bucket;
};

type Version = { scan: string; region: string; versioning: unknown; gone: boolean; unread: string[] };

/** What the bucket was, oldest first. */
const versions = async (): Promise<Version[]> => [
  ...(await db.execute<Version>(sql`
    select v.scan_id as scan, v.region, v.config ->> 'versioning' as versioning, v.deleted_at is not null as gone, v.unread
    from resource_versions v join resources r on r.id = v.resource_id where r.uid = ${uid} order by v.id
  `)),
];
const allVersions = async () =>
  (await db.execute<{ n: number }>(sql`select count(*)::int as n from resource_versions`))[0]?.n;
const present = async () =>
  (
    await db.execute(sql`
      select region, unit_region as unit, deleted_at is null as present from resources where uid = ${uid}
    `)
  )[0];
const counterRows = () =>
  db.execute(sql`
    select xmin::text, service, unit_region, kind, region, owner from resource_counters order by 2, 3, 4, 5, 6
  `);
const expectExactCounters = async () => {
  const { stored, counted } = await readResourceCounters(db);
  expect(stored).toEqual(counted);
};

beforeEach(async () => {
  cloud.sandbox.faults.reset();
  buckets.delete(name);
  await forgetScans(db);
});

describe("drift", () => {
  it("keeps nothing of what stayed the same, and counts it no second time", { timeout: long }, async () => {
    make();
    await cloud.scan({ services });
    await expectExactCounters();
    const before = [...(await counterRows())];
    expect(before.length).toBeGreaterThan(2);
    await cloud.scan({ services });
    expect(await allVersions()).toBe(0);
    expect([...(await counterRows())]).toEqual(before);
    // Judged anew by another catalogue, it is written; what it is has not changed.
    await db.execute(sql`update resources set evaluated_with = 'older'`);
    await cloud.scan({ services });
    expect(await allVersions()).toBe(0);
    expect([...(await counterRows())]).toEqual(before);
  });

  it("keeps what a resource was, each time that it changed", { timeout: long }, async () => {
    const bucket = make();
    await cloud.scan({ services });
    bucket.versioning = { Status: "Enabled" };
    const second = await cloud.scan({ services });
    bucket.versioning = { Status: "Suspended" };
    const third = await cloud.scan({ services });
    const common = { region: "eu-west-1", gone: false, unread: [] };
    expect(await versions()).toEqual([
      { ...common, scan: second.id, versioning: "off" },
      { ...common, scan: third.id, versioning: "enabled" },
    ]);
    expect(await allVersions()).toBe(2);
  });

  it("tells that it went, and that it came back", { timeout: long }, async () => {
    const bucket = make();
    bucket.versioning = { Status: "Enabled" };
    await cloud.scan({ services });
    buckets.delete(name);
    const second = await cloud.scan({ services });
    await expectExactCounters();
    await cloud.scan({ services });
    const common = { region: "eu-west-1", versioning: "enabled", unread: [] };
    expect(await versions()).toEqual([{ ...common, scan: second.id, gone: false }]);
    buckets.set(name, bucket);
    const fourth = await cloud.scan({ services });
    expect(await versions()).toEqual([
      { ...common, scan: second.id, gone: false },
      { ...common, scan: fourth.id, gone: true },
    ]);
    expect(await present()).toEqual({ region: "eu-west-1", unit: "eu-west-1", present: true });
    await expectExactCounters();
  });

  it("follows a resource that is found in another unit", { timeout: long }, async () => {
    make("eu-west-1");
    await cloud.scan({ services });
    make("us-east-1");
    const second = await cloud.scan({ services, regions: ["us-east-1"] });
    expect(await versions()).toEqual([
      { scan: second.id, region: "eu-west-1", versioning: "off", gone: false, unread: [] },
    ]);
    expect(await present()).toEqual({ region: "us-east-1", unit: "us-east-1", present: true });
    await expectExactCounters();
  });

  it("never takes what could not be listed for gone, and says what could not be read", {
    timeout: long,
  }, async () => {
    make();
    await cloud.scan({ services });
    cloud.sandbox.faults.reset({ deny: ["s3:ListAllMyBuckets"] });
    await cloud.scan({ services });
    expect(await allVersions()).toBe(0);
    expect(await present()).toMatchObject({ present: true });
    cloud.sandbox.faults.reset({ deny: ["s3:GetBucketVersioning"] });
    const third = await cloud.scan({ services });
    cloud.sandbox.faults.reset();
    const fourth = await cloud.scan({ services });
    expect((await versions()).map(({ scan, gone, unread }) => ({ scan, gone, unread }))).toEqual([
      { scan: third.id, gone: false, unread: [] },
      { scan: fourth.id, gone: false, unread: ["versioning", "mfaDelete"] },
    ]);
    await expectExactCounters();
  });

  it("keeps the newest fifty and no more", { timeout: long }, async () => {
    const bucket = make();
    await cloud.scan({ services });
    await db.execute(sql`
      insert into resource_versions (organisation_id, resource_id, scan_id, replaced_at, region, name, tags, config, unread)
      select r.organisation_id, r.id, 'scn_' || i, now(), r.region, r.name, '{}', '{}', '[]'
      from resources r, generate_series(1, 60) i where r.uid = ${uid}
    `);
    bucket.versioning = { Status: "Enabled" };
    const last = await cloud.scan({ services });
    const scans = (await versions()).map(({ scan }) => scan);
    expect(scans).toEqual([...Array.from({ length: 49 }, (_, n) => `scn_${n + 12}`), last.id]);
  });
});
