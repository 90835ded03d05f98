import { beforeEach, describe, expect, it } from "vitest";
import { newBucket, s3AccountState, s3State } from "#sandbox/aws/handlers/s3/state.ts";
import { createTestCloud } from "./test-cloud.ts";
import { readCounters, readFindings, readGaps, readUnits, readVerdicts } from "./test-state.ts";

const cloud = await createTestCloud({ accounts: ["Acme Production"] });
const { db } = cloud.database;
const account = cloud.estateOf();
const buckets = s3State(account);

const scan = (services = ["s3"]) => cloud.scan({ services });
const bucketNamed = (name: string) => {
  const bucket = buckets.get(name);
  if (!bucket) throw new Error(`There is no bucket ${name}.`);
  return bucket;
};
const uid = (name: string) => `arn:aws:s3:::${name}`;
const versioning = "aws.s3.bucket-versioning";
const publicAccess = "aws.s3.bucket-public-access";
const blockAll = {
  BlockPublicAcls: true,
  IgnorePublicAcls: true,
  BlockPublicPolicy: true,
  RestrictPublicBuckets: true,
};
const finding = async (name: string, check: string) => (await readFindings(db))[`${uid(name)} ${check}`];
const verdict = async (name: string, check: string) => (await readVerdicts(db))[`${uid(name)} ${check}`];

const open = { status: "open", resolution: null, reopened: 0, unverified: false, history: ["opened"] };
const fixed = {
  status: "resolved",
  resolution: "fixed",
  reopened: 0,
  unverified: false,
  history: ["opened", "resolved fixed"],
};

let made = 0;
/** A bucket of its own for a test: not versioned, open to the world by its policy unless the account forbids it. */
function makeBucket(region = "eu-west-1") {
  made += 1;
  const bucket = newBucket(`acme-test-${made}`, region, new Date("2026-01-01"), account.id);
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

beforeEach(() => {
  cloud.sandbox.faults.reset();
  s3AccountState(account).publicAccessBlock = null;
});

describe("a finding of what its resource alone shows", () => {
  it("is resolved only by a unit that read everything", async () => {
    const { name } = makeBucket();
    await scan();
    expect(await finding(name, versioning)).toEqual(open);

    bucketNamed(name).versioning = { Status: "Enabled" };
    cloud.sandbox.faults.reset({ deny: [{ action: "s3:GetBucketTagging", region: "eu-west-1" }] });
    const { id } = await scan();
    expect(await readUnits(db, id)).toEqual({
      "relations global": "done",
      "s3 eu-central-1": "done",
      "s3 eu-west-1": "gap",
      "s3 global": "done",
      "s3 us-east-1": "done",
    });
    expect(await verdict(name, versioning)).toBe("pass");
    expect(await finding(name, versioning)).toEqual(open);

    cloud.sandbox.faults.reset();
    await scan();
    expect(await finding(name, versioning)).toEqual(fixed);
  });

  it("is not resolved by a stale pass, when a scan of other checks reads the resource", async () => {
    const { name } = makeBucket();
    await scan();
    bucketNamed(name).versioning = { Status: "Enabled" };
    cloud.sandbox.faults.reset({ deny: ["s3:GetBucketTagging"] });
    await scan();
    expect(await verdict(name, versioning)).toBe("pass");
    cloud.sandbox.faults.reset();
    bucketNamed(name).versioning = {};
    await cloud.scan({ checks: ["aws.s3.bucket-tls-only"] });
    expect(await finding(name, versioning)).toEqual(open);
    await scan();
    expect(await finding(name, versioning)).toEqual(open);
  });

  it("goes with its resource, only by a clean unit, and comes back as itself", async () => {
    const bucket = makeBucket();
    await scan();
    const [before] = await db.execute("select id from findings order by id desc limit 1");
    buckets.delete(bucket.name);
    cloud.sandbox.faults.reset({ deny: ["s3:GetBucketTagging"] });
    await scan();
    expect(await finding(bucket.name, versioning)).toEqual(open);
    expect(await verdict(bucket.name, versioning)).toBe("fail");

    cloud.sandbox.faults.reset();
    await scan();
    const gone = { status: "resolved", resolution: "resource_gone", reopened: 0, unverified: false };
    expect(await finding(bucket.name, versioning)).toEqual({
      ...gone,
      history: ["opened", "resolved resource_gone"],
    });
    expect(await finding(bucket.name, publicAccess)).toEqual({
      ...gone,
      history: ["opened", "resolved resource_gone"],
    });
    expect(await verdict(bucket.name, versioning)).toBeUndefined();

    buckets.set(bucket.name, bucket);
    await scan();
    const again = { ...open, reopened: 1, history: ["opened", "resolved resource_gone", "reopened"] };
    expect(await finding(bucket.name, versioning)).toEqual(again);
    expect(await finding(bucket.name, publicAccess)).toEqual(again);
    expect(await db.execute("select id from findings order by id desc limit 1")).toEqual([before]);
  });

  it("is not resolved by a scan of other regions or services", async () => {
    const { name } = makeBucket();
    await scan();
    buckets.delete(name);
    await cloud.scan({ services: ["s3"], regions: ["us-east-1"] });
    await cloud.scan({ services: ["kms"] });
    expect(await finding(name, versioning)).toEqual(open);
  });

  it("follows its resource into another region", async () => {
    const { name } = makeBucket("eu-west-1");
    await scan();
    bucketNamed(name).region = "us-east-1";
    await cloud.scan({ services: ["s3"], regions: ["us-east-1"] });
    const { stored, counted } = await readCounters(db);
    expect(stored).toEqual(counted);
    await scan();
    const moved = await finding(name, versioning);
    expect(moved).toMatchObject({ status: "open" });
    const rows = await db.execute(
      `select f.region, r.region as resource from findings f join resources r on r.id = f.resource_id
       where r.uid = '${uid(name)}' and f.check_id = '${versioning}'`,
    );
    expect(rows).toEqual([{ region: "us-east-1", resource: "us-east-1" }]);
    bucketNamed(name).versioning = { Status: "Enabled" };
    await cloud.scan({ services: ["s3"], regions: ["eu-west-1"] });
    expect(await finding(name, versioning)).toEqual(moved);
    await cloud.scan({ services: ["s3"], regions: ["us-east-1"] });
    expect(await finding(name, versioning)).toMatchObject({ status: "resolved", resolution: "fixed" });
  });
});

describe("a finding of how resources stand to each other", () => {
  it("is resolved by what another resource changed, only when both kinds were read whole", async () => {
    const { name } = makeBucket();
    await scan();
    expect(await finding(name, publicAccess)).toEqual(open);

    s3AccountState(account).publicAccessBlock = { ...blockAll };
    cloud.sandbox.faults.reset({ deny: [{ action: "s3:GetBucketTagging", region: "us-east-1" }] });
    await scan();
    expect(await verdict(name, publicAccess)).toBe("pass");
    expect(await finding(name, publicAccess)).toEqual(open);

    cloud.sandbox.faults.reset();
    await scan();
    expect(await finding(name, publicAccess)).toEqual(fixed);

    s3AccountState(account).publicAccessBlock = { ...blockAll, RestrictPublicBuckets: false };
    await scan();
    expect(await finding(name, publicAccess)).toEqual({
      ...open,
      reopened: 1,
      history: ["opened", "resolved fixed", "reopened"],
    });
  });

  it("is unknown, and stays open, when what it is compared with can't be read", async () => {
    const { name } = makeBucket();
    const closed = makeBucket();
    closed.policy = null;
    await scan();
    cloud.sandbox.faults.reset({ deny: ["s3:GetAccountPublicAccessBlock"] });
    const { id } = await scan();
    expect(await readGaps(db, id)).toEqual([
      `s3 global denied s3:GetAccountPublicAccessBlock arn:aws:s3::${account.id}:account-settings`,
    ]);
    expect(await verdict(name, publicAccess)).toBe("unknown");
    expect(await finding(name, publicAccess)).toEqual({ ...open, unverified: true });
    // Without a public grant the account's switches make no difference.
    expect(await verdict(closed.name, publicAccess)).toBe("pass");

    cloud.sandbox.faults.reset();
    await scan();
    expect(await verdict(name, publicAccess)).toBe("fail");
    expect(await finding(name, publicAccess)).toEqual(open);
  });

  it("is judged by a scan of that check alone as by a full one", async () => {
    const { name } = makeBucket();
    await cloud.scan({ checks: [publicAccess] });
    expect(await finding(name, publicAccess)).toEqual(open);
    expect(await finding(name, versioning)).toBeUndefined();
    bucketNamed(name).policy = null;
    await cloud.scan({ checks: [publicAccess] });
    expect(await finding(name, publicAccess)).toEqual(fixed);
    await scan();
    expect(await finding(name, versioning)).toEqual(open);
  });
});

describe("what can't be told", () => {
  it("leaves an open finding open, says since when, and takes that back", async () => {
    const { name } = makeBucket();
    await scan();
    cloud.sandbox.faults.reset({ deny: ["s3:GetBucketVersioning"] });
    const { id } = await scan();
    expect(await readGaps(db, id)).toContainEqual(`s3 eu-west-1 denied s3:GetBucketVersioning ${uid(name)}`);
    expect(await verdict(name, versioning)).toBe("unknown");
    expect(await finding(name, versioning)).toEqual({ ...open, unverified: true });
    const since = await db.execute(
      "select unverified_since from findings where unverified_since is not null limit 1",
    );
    await scan();
    expect(
      await db.execute("select unverified_since from findings where unverified_since is not null limit 1"),
    ).toEqual(since);

    cloud.sandbox.faults.reset();
    await scan();
    expect(await finding(name, versioning)).toEqual(open);

    cloud.sandbox.faults.reset({ deny: ["s3:GetBucketVersioning"] });
    await scan();
    bucketNamed(name).versioning = { Status: "Enabled" };
    cloud.sandbox.faults.reset();
    await scan();
    expect(await finding(name, versioning)).toEqual(fixed);
  });

  it("never opens a finding", async () => {
    cloud.sandbox.faults.reset({ deny: ["s3:GetBucketVersioning"] });
    const { name } = makeBucket();
    await scan();
    expect(await verdict(name, versioning)).toBe("unknown");
    expect(await finding(name, versioning)).toBeUndefined();
    cloud.sandbox.faults.reset();
    await scan();
    expect(await finding(name, versioning)).toEqual(open);
  });
});

it("meets no error of its own on the way", () => {
  expect(cloud.errors).toEqual([]);
});
