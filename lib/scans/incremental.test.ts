import { sql } from "drizzle-orm";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ec2State } from "#sandbox/aws/handlers/ec2/state.ts";
import { kmsState } from "#sandbox/aws/handlers/kms.ts";
import { newBucket, s3AccountState, s3State } from "#sandbox/aws/handlers/s3/state.ts";
import { createTestCloud } from "./test-cloud.ts";
import {
  failuresIn,
  forgetScans,
  readCounters,
  readEverything,
  readFindings,
  readFreshVerdicts,
  readOpen,
  readResourceCounters,
  readVerdicts,
} from "./test-state.ts";

const cloud = await createTestCloud({ accounts: ["Acme Staging"] });
const { db } = cloud.database;
const estate = cloud.estateOf();
const buckets = s3State(estate);
const long = 120_000;

/** Every row of what a scan may leave alone, with the transaction that wrote it last. */
async function rowVersions() {
  const of = async (table: string, key: string) => {
    const rows = await db.execute<{ key: string; xmin: string }>(
      `select concat_ws(' ', ${key}) as key, xmin::text from ${table} order by 1`,
    );
    return Object.fromEntries(rows.map((row) => [row.key, row.xmin]));
  };
  return {
    findings: await of("findings", "id"),
    resources: await of("resources", "uid"),
    counters: await of("check_counters", "service, region, check_id"),
    transitions: await of("finding_transitions", "id"),
    relations: await of("relation_runs", "check_id"),
    versions: await of("resource_versions", "id"),
    resourceCounters: await of("resource_counters", "service, unit_region, kind, region, owner"),
  };
}
type Versions = Awaited<ReturnType<typeof rowVersions>>;

/** Keys of the rows that were written or have gone between two looks. */
const written = (before: Versions, after: Versions, table: keyof Versions) =>
  [...new Set([...Object.keys(before[table]), ...Object.keys(after[table])])]
    .filter((key) => before[table][key] !== after[table][key])
    .sort();

describe("a second scan", () => {
  it("writes no row when nothing has changed", { timeout: long }, async () => {
    await cloud.scan();
    const before = await rowVersions();
    expect(Object.keys(before.findings).length).toBeGreaterThan(10);
    const second = await cloud.scan();
    expect(await rowVersions()).toEqual(before);
    const [sums] = await db.execute(sql`
      select sum(changed)::int as changed, sum(opened)::int as opened, sum(resolved)::int as resolved,
        sum(gaps)::int as gaps, sum(resources)::int > 100 as "readMuch" from scan_units where scan_id = ${second.id}
    `);
    expect(sums).toEqual({ changed: 0, opened: 0, resolved: 0, gaps: 0, readMuch: true });
  });

  it("writes what one changed resource makes it write, and no more", { timeout: long }, async () => {
    const bucket = newBucket("acme-incremental", "eu-west-1", new Date("2026-01-01"), estate.id);
    buckets.set(bucket.name, bucket);
    await cloud.scan();
    const before = await rowVersions();
    bucket.versioning = { Status: "Enabled" };
    await cloud.scan();
    const after = await rowVersions();
    expect(written(before, after, "resources")).toEqual(["arn:aws:s3:::acme-incremental"]);
    const counters = written(before, after, "counters");
    expect(counters.filter((key) => !key.startsWith("s3 eu-west-1 "))).toEqual([]);
    const [finding] = await db.execute<{ id: string }>(sql`
      select f.id from findings f join resources r on r.id = f.resource_id
      where r.uid = 'arn:aws:s3:::acme-incremental' and f.check_id = 'aws.s3.bucket-versioning'
    `);
    expect(written(before, after, "findings")).toEqual([finding?.id]);
    expect(written(before, after, "transitions")).toHaveLength(1);
    expect(written(before, after, "versions")).toHaveLength(1);
    expect(written(before, after, "resourceCounters")).toEqual([]);
    expect(written(before, after, "relations").filter((check) => !check.startsWith("aws.s3."))).toEqual([]);
  });

  it("judges everything again by a changed catalogue", { timeout: long }, async () => {
    const before = await readEverything(db);
    await db.execute(
      sql`update resources set evaluated_with = 'older', verdicts = verdicts || '{"aws.s3.retired": "fail"}'`,
    );
    await db.execute(sql`
      update resources set verdicts = verdicts || '{"aws.s3.bucket-tls-only": "pass"}'
      where kind = 'aws.s3.bucket' and verdicts ->> 'aws.s3.bucket-tls-only' = 'fail'
    `);
    await db.execute(
      sql`update findings set check_id = 'aws.s3.retired' where check_id = 'aws.s3.bucket-tls-only'`,
    );
    await cloud.scan();
    const after = await readEverything(db);
    expect({ resources: after.resources, counters: after.counters }).toEqual({
      resources: before.resources,
      counters: before.counters,
    });
    const ofCheck = (findings: typeof after.findings, check: string) =>
      Object.entries(findings).filter(([key]) => key.endsWith(` ${check}`));
    const retirees = ofCheck(after.findings, "aws.s3.retired");
    expect(retirees.length).toBeGreaterThan(1);
    for (const [, finding] of retirees) {
      expect(finding).toMatchObject({ status: "resolved", resolution: "check_retired" });
    }
    expect(ofCheck(after.findings, "aws.s3.bucket-tls-only").map(([key]) => key)).toEqual(
      ofCheck(before.findings, "aws.s3.bucket-tls-only").map(([key]) => key),
    );
  });

  it("judges by its own time what depends on time, though nothing changed", { timeout: long }, async () => {
    const check = "aws.iam.access-key-age";
    await cloud.scan({ services: ["iam"] });
    const failing = async () => (await readOpen(db)).filter((key) => key.endsWith(` ${check}`));
    const now = await failing();
    const before = await rowVersions();
    const inYears = new Date("2040-01-01");
    const scanAt = async (asOf: Date) => {
      await db.execute(
        sql`alter table scans alter column as_of set default ${sql.raw(`'${asOf.toISOString()}'`)}`,
      );
      const scan = await cloud.scan({ services: ["iam"] });
      await db.execute(sql`alter table scans alter column as_of set default now()`);
      expect(scan.asOf).toEqual(asOf);
      return scan;
    };
    await scanAt(inYears);
    const then = await failing();
    expect(then.length).toBeGreaterThan(now.length);
    const after = await rowVersions();
    expect(
      written(before, after, "resources").every((uid) =>
        /:user\/|:server-certificate\/|:root|:account-settings/.test(uid),
      ),
    ).toBe(true);
    const fresh = Object.entries(await readFreshVerdicts(db, inYears)).filter(([key]) =>
      key.endsWith(` ${check}`),
    );
    expect(then).toEqual(failuresIn(Object.fromEntries(fresh)));
    await cloud.scan({ services: ["iam"] });
    expect(await failing()).toEqual(now);
  });
});

describe("a scan of some checks", () => {
  it("and then a full one come to what a full one alone comes to", { timeout: long }, async () => {
    await forgetScans(db);
    await cloud.scan();
    const full = await readEverything(db);
    await forgetScans(db);
    const narrow = [
      "aws.s3.bucket-versioning",
      "aws.ec2.security-group-ssh",
      "aws.iam.support-role",
      "aws.cloudtrail.all-regions",
    ];
    await cloud.scan({ checks: narrow });
    const checks = new Set(Object.keys(await readVerdicts(db)).map((key) => key.split(" ").at(-1)));
    expect([...checks].sort()).toEqual(narrow.toSorted());
    await cloud.scan({ regions: ["us-east-1"], services: ["ec2"] });
    await cloud.scan();
    expect(await readEverything(db)).toEqual(full);
  });
});

describe("whatever happens to the estate, and whichever scans look at it", () => {
  const checks = [
    "aws.s3.bucket-versioning",
    "aws.s3.bucket-public-access",
    "aws.kms.key-rotation",
    "aws.ec2.ebs-default-encryption",
  ];
  const services = ["s3", "kms", "ec2"];
  const regions = ["eu-west-1", "us-east-1"];
  const name = fc.integer({ min: 0, max: 3 }).map((n) => `acme-random-${n}`);
  const region = fc.constantFrom(...regions);

  const mutation = fc.oneof(
    fc.record({ act: fc.constant("make" as const), name, region }),
    fc.record({ act: fc.constant("drop" as const), name }),
    fc.record({ act: fc.constant("version" as const), name, on: fc.boolean() }),
    fc.record({ act: fc.constant("open" as const), name, on: fc.boolean() }),
    fc.record({ act: fc.constant("block account" as const), on: fc.boolean() }),
    fc.record({ act: fc.constant("rotate" as const), region, on: fc.boolean() }),
    fc.record({ act: fc.constant("encrypt" as const), region, on: fc.boolean() }),
  );
  const scanning = fc.record({
    act: fc.constant("scan" as const),
    input: fc.oneof(
      fc.record({ services: fc.subarray(services, { minLength: 1 }) }),
      fc.record({ services: fc.constant(services), regions: fc.subarray(regions, { minLength: 1 }) }),
      fc.record({ checks: fc.subarray(checks, { minLength: 1 }) }),
    ),
    deny: fc.subarray(
      ["s3:GetBucketTagging", "s3:GetBucketVersioning", "s3:GetAccountPublicAccessBlock", "kms:ListKeys"],
      { maxLength: 1 },
    ),
  });
  type Step =
    | (typeof mutation extends fc.Arbitrary<infer M> ? M : never)
    | (typeof scanning extends fc.Arbitrary<infer S> ? S : never);

  async function take(step: Step) {
    if (step.act === "scan") {
      cloud.sandbox.faults.reset({ deny: [...step.deny] });
      expect(await cloud.scan(step.input)).toMatchObject({ status: "completed", error: null });
      cloud.sandbox.faults.reset();
      const { stored, counted } = await readCounters(db);
      expect(stored).toEqual(counted);
      return;
    }
    if (step.act === "make") {
      const bucket = newBucket(step.name, step.region, new Date("2026-01-01"), estate.id);
      bucket.publicAccessBlock = null;
      buckets.set(step.name, bucket);
    } else if (step.act === "drop") {
      buckets.delete(step.name);
    } else if (step.act === "block account") {
      const on = step.on;
      s3AccountState(estate).publicAccessBlock = {
        BlockPublicAcls: on,
        IgnorePublicAcls: on,
        BlockPublicPolicy: on,
        RestrictPublicBuckets: on,
      };
    } else if (step.act === "rotate") {
      for (const key of kmsState(estate, step.region).keys.values()) key.rotation.isEnabled = step.on;
    } else if (step.act === "encrypt") {
      ec2State(estate, step.region).ebsEncryptionByDefault = step.on;
    } else {
      const bucket = buckets.get(step.name);
      if (!bucket) return;
      if (step.act === "version") bucket.versioning = step.on ? { Status: "Enabled" } : {};
      else bucket.policy = step.on ? policyOf(step.name) : null;
    }
  }

  const policyOf = (bucket: string) =>
    JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: `arn:aws:s3:::${bucket}/*` },
      ],
    });

  it("counters, findings and verdicts are those of a fresh look", { timeout: 240_000 }, async () => {
    await cloud.scan();
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof({ arbitrary: mutation, weight: 3 }, { arbitrary: scanning, weight: 2 }), {
          minLength: 4,
          maxLength: 14,
        }),
        async (steps) => {
          for (const step of steps) await take(step);
          const last = await cloud.scan();
          expect(last.status).toBe("completed");
          const expected = await readFreshVerdicts(db, last.asOf);
          expect(await readVerdicts(db)).toEqual(expected);
          expect(await readOpen(db)).toEqual(failuresIn(expected));
          for (const read of [readCounters, readResourceCounters]) {
            const { stored, counted } = await read(db);
            expect(stored).toEqual(counted);
          }
          for (const [key, finding] of Object.entries(await readFindings(db))) {
            expect({ key, unverified: finding.unverified }).toEqual({ key, unverified: false });
            // Opened once, then resolved and reopened by turns.
            const turns = finding.history.map((each) => each.split(" ")[0]);
            expect(turns).toEqual(
              turns.map((_, n) => (n === 0 ? "opened" : n % 2 ? "resolved" : "reopened")),
            );
            expect(finding.status).toBe(turns.length % 2 ? "open" : "resolved");
            expect(finding.reopened).toBe(Math.floor((turns.length - 1) / 2));
          }
          expect(cloud.errors).toEqual([]);
        },
      ),
      { numRuns: 12, endOnFailure: true },
    );
  });
});
