import { beforeEach, describe, expect, it } from "vitest";
import { ec2State } from "#sandbox/aws/handlers/ec2/state.ts";
import { kmsState } from "#sandbox/aws/handlers/kms.ts";
import { newBucket, s3State } from "#sandbox/aws/handlers/s3/state.ts";
import { AwsError } from "#sandbox/aws/model.ts";
import { createTestCloud } from "./test-cloud.ts";
import { hastenRetries, lies, watchFaults } from "./test-fault-state.ts";
import {
  failuresIn,
  forgetScans,
  readCounters,
  readFindings,
  readGaps,
  readOpen,
  readVerdicts,
} from "./test-state.ts";

hastenRetries();
const cloud = await createTestCloud({ accounts: ["Acme Staging"] });
const { db } = cloud.database;
const { faults } = cloud.sandbox;
const estate = cloud.estateOf();
const long = 120_000;

const { truth, expectWhole, histories, reset } = watchFaults(cloud);

beforeEach(reset);

it("finds without a fault what a scan that stores nothing finds", { timeout: long }, async () => {
  const expected = await truth();
  expect(new Set(Object.values(expected))).toEqual(new Set(["pass", "fail"]));
  await expectWhole(await cloud.scan(), expected);
});

describe("faults that pass", () => {
  it.each([
    ["throttling of three calls in ten", { throttleRate: 0.3 }],
    ["an internal error for one call in ten", { errorRate: 0.1 }],
    ["answers cut off", { truncateRate: 0.05, truncateMode: "cut" as const }],
    ["answers cut short without a word", { truncateRate: 0.05, truncateMode: "short" as const }],
    ["credentials that expire half-way, again and again", { expire: { afterCalls: 40 } }],
  ])("%s cost nothing", { timeout: long }, async (_, settings) => {
    const expected = await truth();
    await forgetScans(db);
    faults.reset(settings);
    const scan = await cloud.scan();
    faults.reset();
    await expectWhole(scan, expected);
  });

  it("are counted as what they were", async () => {
    const count = async (settings: Parameters<typeof faults.reset>[0]) => {
      faults.reset(settings);
      cloud.sandbox.calls.reset();
      const { id } = await cloud.scan({ services: ["ec2"] });
      const [sum] = await db.execute<{ calls: number; throttles: number }>(
        `select sum(calls)::int as calls, sum(throttles)::int as throttles from scan_units where scan_id = '${id}'`,
      );
      return { ...sum, asked: cloud.sandbox.calls.total };
    };
    const undisturbed = await count({});
    const throttled = await count({ throttleRate: 0.3 });
    expect(undisturbed.throttles).toBe(0);
    expect(throttled.calls).toBe(undisturbed.calls);
    expect(throttled.throttles).toBeGreaterThan(0);
    expect(throttled.asked).toBeGreaterThan(undisturbed.asked);
  });
});

describe("faults that stay", () => {
  it("by a denied service hide that service alone", { timeout: long }, async () => {
    await forgetScans(db);
    await cloud.scan();
    const before = await truth();
    const open = await readOpen(db);
    const [keyId] = kmsState(estate, "eu-west-1").keys.keys();
    const [key] = kmsState(estate, "eu-west-1").keys.values();
    kmsState(estate, "eu-west-1").keys.delete(keyId ?? "");
    faults.reset({ deny: ["kms:*"] });
    const scan = await cloud.scan();
    expect(scan.status).toBe("completed");
    expect(await readGaps(db, scan.id)).toEqual(
      ["eu-central-1", "eu-west-1", "us-east-1"].flatMap((region) => [
        `kms ${region} denied kms:ListAliases arn:aws:kms:${region}:${estate.id}:alias/*`,
        `kms ${region} denied kms:ListKeys *`,
      ]),
    );
    expect(await readVerdicts(db)).toEqual(before);
    expect(await readOpen(db)).toEqual(open);
    if (keyId && key) kmsState(estate, "eu-west-1").keys.set(keyId, key);
  });

  it("on an empty store leave out what they hide, and never pass it", { timeout: long }, async () => {
    const expected = await truth();
    await forgetScans(db);
    const deny = [
      "iam:GetCredentialReport",
      "s3:GetBucketPolicy",
      { action: "rds:DescribeDBInstances", region: "eu-west-1" },
      "ec2:DescribeFlowLogs",
      "kms:GetKeyRotationStatus",
      "cloudtrail:GetTrailStatus",
      "ec2:GetManagedPrefixListEntries",
    ];
    faults.reset({ deny });
    const scan = await cloud.scan();
    const stored = await readVerdicts(db);
    expect(lies(stored, expected)).toEqual([]);
    const gaps = await readGaps(db, scan.id);
    expect(gaps.every((gap) => gap.includes(" denied "))).toBe(true);
    expect(gaps).toContain("rds eu-west-1 denied rds:DescribeDBInstances *");
    const hidden = Object.keys(expected).filter((key) => stored[key] === undefined);
    expect(hidden.length).toBeGreaterThan(0);
    expect(hidden.every((key) => key.startsWith("arn:aws:rds:eu-west-1:"))).toBe(true);
    expect(Object.values(stored).filter((verdict) => verdict === "unknown").length).toBeGreaterThan(10);

    faults.reset();
    await expectWhole(await cloud.scan(), expected);
    expect(Object.values(await readFindings(db)).every(({ history }) => history.join() === "opened")).toBe(
      true,
    );
  });

  it("by a region switched off leave all of it as it was", { timeout: long }, async () => {
    const before = await readVerdicts(db);
    const findings = await histories();
    estate.regions = estate.regions.filter((region) => region !== "eu-central-1");
    estate.disabledRegions.push("eu-central-1");
    const scan = await cloud.scan();
    estate.disabledRegions.pop();
    estate.regions.push("eu-central-1");
    expect(scan.status).toBe("completed");
    const gaps = await readGaps(db, scan.id);
    expect(gaps.length).toBeGreaterThan(6);
    expect(gaps.filter((gap) => !/^\w+ eu-central-1 disabled \S+ \S+$/.test(gap))).toEqual([]);
    expect(await histories()).toEqual(findings);
    expect(lies(await readVerdicts(db), before)).toEqual([]);
    await expectWhole(await cloud.scan(), before);
  });

  it("by keys that were revoked half-way resolve nothing", { timeout: long }, async () => {
    const before = await readVerdicts(db);
    const findings = await histories();
    const { credentials } = cloud.sandbox.estate;
    const kept = new Map(credentials);
    let calls = 0;
    faults.beforeHandler = () => {
      calls += 1;
      if (calls === 60) credentials.clear();
    };
    const scan = await cloud.scan();
    for (const [id, credential] of kept) credentials.set(id, credential);
    expect(scan.status).toBe("completed");
    const gaps = await readGaps(db, scan.id);
    expect(gaps.length).toBeGreaterThan(3);
    expect(gaps.filter((gap) => !/ (expired|denied) /.test(gap))).toEqual([]);
    expect(await histories()).toEqual(findings);
    expect(await readOpen(db)).toEqual(failuresIn(before));
    expect(lies(await readVerdicts(db), before)).toEqual([]);
  });

  it("by a service that is down, or that answers in halves, are told apart", { timeout: long }, async () => {
    faults.reset();
    faults.beforeHandler = ({ service, region }) => {
      if (service === "kms" && region === "eu-west-1") throw new AwsError("InternalFailure", "Down.", 500);
    };
    const down = await cloud.scan({ services: ["kms"] });
    expect(await readGaps(db, down.id)).toEqual([
      `kms eu-west-1 unavailable kms:ListAliases arn:aws:kms:eu-west-1:${estate.id}:alias/*`,
      "kms eu-west-1 unavailable kms:ListKeys *",
    ]);

    const open = await readOpen(db);
    faults.reset({ truncateMode: "short" });
    faults.beforeHandler = ({ operation }) => {
      if (operation === "DescribeVolumes") faults.truncateRate = 1;
    };
    const halved = await cloud.scan({ checks: ["aws.ec2.volume-encrypted"], regions: ["eu-west-1"] });
    expect(await readGaps(db, halved.id)).toEqual(["ec2 eu-west-1 malformed ec2:DescribeVolumes *"]);
    expect(await readOpen(db)).toEqual(open);
  });
});

describe("an estate that changes under the scan", () => {
  it("costs what was deleted between list and description, and nothing else", { timeout: long }, async () => {
    faults.reset();
    await cloud.scan();
    const bucket = "acme-staging-test-data";
    const [keyId, key] =
      [...kmsState(estate, "eu-west-1").keys].find(([, each]) => !each.rotation.isEnabled) ?? [];
    faults.beforeHandler = ({ operation }, input) => {
      if (operation === "GetBucketPolicy" && "Bucket" in input && input.Bucket === bucket) {
        s3State(estate).delete(bucket);
      }
      if (operation === "DescribeKey" && "KeyId" in input && input.KeyId === keyId) {
        kmsState(estate, "eu-west-1").keys.delete(keyId ?? "");
      }
    };
    const scan = await cloud.scan();
    faults.reset();
    expect(s3State(estate).has(bucket)).toBe(false);
    expect(kmsState(estate, "eu-west-1").keys.has(keyId ?? "")).toBe(false);
    const findings = await readFindings(db);
    const gone = Object.keys(findings).filter((each) => findings[each]?.resolution === "resource_gone");
    expect(gone.filter((each) => !each.includes(bucket) && !each.includes(key?.metadata.Arn ?? ""))).toEqual(
      [],
    );
    expect(gone.length).toBeGreaterThan(1);
    await expectWhole(scan, await truth());
  });

  it("takes hostile names for what they are", { timeout: long }, async () => {
    const hostile = {
      script: "<script>alert('x')</script>&amp;\"'",
      rtl: "gnp.‮safe‬.exe",
      long: "x".repeat(10_000),
      quotes: `'; drop table resources; -- \\N \\. {"a":1} $1 %s`,
      emoji: "😀\u0001".replace("\u0001", ""),
    };
    const bucket = newBucket("acme-hostile", "eu-west-1", new Date("2026-01-01"), estate.id);
    bucket.tags = Object.entries(hostile).map(([Key, Value]) => ({ Key, Value }));
    bucket.tags.push({ Key: hostile.script, Value: hostile.rtl }, { Key: "__proto__", Value: "polluted" });
    // JSON can spell out what no text may hold.
    bucket.policy = String.raw`{"Version":"2012-10-17","Id":"\u0000\ud800 \u202e","Statement":[{"Sid":"<script>","Effect":"Allow",
      "Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::acme-hostile/\u0000*"}]}`;
    bucket.publicAccessBlock = null;
    s3State(estate).set(bucket.name, bucket);
    const groups = [...ec2State(estate, "eu-west-1").groups.values()];
    const [group] = groups;
    if (!group) throw new Error("There is no security group.");
    group.group.Tags = Object.entries(hostile).map(([Key, Value]) => ({ Key, Value }));

    const expected = await truth();
    const first = await cloud.scan();
    await expectWhole(first, expected);
    const [stored] = await db.execute(
      "select tags, config from resources where uid = 'arn:aws:s3:::acme-hostile'",
    );
    expect(stored?.tags).toEqual(
      Object.fromEntries([
        ...Object.entries(hostile).map(([name, value]) => [
          name,
          name === "long" ? `${"x".repeat(2_000)}…` : value,
        ]),
        [hostile.script, hostile.rtl],
        ["__proto__", "polluted"],
      ]),
    );
    expect(stored?.config).toMatchObject({
      policy: { Id: "�� ‮", Statement: [{ Resource: "arn:aws:s3:::acme-hostile/�*" }] },
    });

    // What was stored is recognised: nothing is written the second time.
    const rows = "select id, xmin::text from resources order by id";
    const before = await db.execute(rows);
    await cloud.scan();
    expect(await db.execute(rows)).toEqual(before);
  });
});

it("has counted right throughout", async () => {
  const { stored, counted } = await readCounters(db);
  expect(stored).toEqual(counted);
});
