import { eq, sql } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { createUser } from "#db/factories.ts";
import { findings } from "#db/findings/schema.ts";
import { newBucket, s3State } from "#sandbox/aws/handlers/s3/state.ts";
import { Scope } from "../auth/scope.ts";
import { changeFindings } from "../findings/change-findings.ts";
import { inDays } from "../findings/test-findings.ts";
import { createTestCloud } from "./test-cloud.ts";

const cloud = await createTestCloud({ accounts: ["Acme Production"] });
const { db } = cloud.database;
const account = cloud.estateOf();
const buckets = s3State(account);
const versioning = "aws.s3.bucket-versioning";
const scan = () => cloud.scan({ services: ["s3"] });
const { organisationId } = cloud.scope;
const day = 86_400_000;

let made = 0;
const tagged = (Key: string, Value: string) => [{ Key, Value }];
function makeBucket(tags: ReturnType<typeof tagged> | null = null) {
  made += 1;
  const bucket = newBucket(`acme-triaged-${made}`, "eu-west-1", new Date("2026-01-01"), account.id);
  bucket.tags = tags;
  buckets.set(bucket.name, bucket);
  return bucket;
}
async function rowOf(name: string, checkId = versioning) {
  const [row] = await db
    .select()
    .from(findings)
    .where(
      sql`${findings.checkId} = ${checkId} and ${findings.resourceId} = (select id from resources where uid = ${`arn:aws:s3:::${name}`})`,
    );
  if (!row) throw new Error(`There is no finding of ${checkId} on ${name}.`);
  return row;
}
/** What another tool says of a bucket that a scan has found. */
async function importFinding(name: string): Promise<string> {
  const { id, ...native } = await rowOf(name);
  const { state: _, ...row } = native;
  const imported = {
    ...row,
    id: `${id}_imported`,
    checkId: "prowler.s3_bucket_versioning",
    source: "prowler" as const,
  };
  await db.insert(findings).values(imported);
  return imported.checkId;
}

beforeEach(() => cloud.sandbox.faults.reset());

describe("a scan", () => {
  it("says who owns a finding's resource and by when it ought to be mended, and follows both", async () => {
    const bucket = makeBucket(tagged("owner", "payments"));
    await scan();
    const before = await rowOf(bucket.name);
    expect(before).toMatchObject({
      owner: "payments",
      severity: "low",
      dueByHand: false,
      workflow: "new",
    });
    expect(before.dueAt).toEqual(new Date(before.openedAt.getTime() + 120 * day));
    const imported = await importFinding(bucket.name);

    // The next scan finds the severity that the check has, and another owner.
    await db.update(findings).set({ severity: "high" }).where(eq(findings.id, before.id));
    bucket.tags = tagged("team", "platform");
    await scan();
    expect(await rowOf(bucket.name)).toEqual({ ...before, owner: "platform" });
    expect(await rowOf(bucket.name, imported)).toMatchObject({ owner: "platform", severity: "low" });
  });

  it("moves the date with the severity, but for one that was set by hand", async () => {
    const [plain, byHand] = [makeBucket(), makeBucket()];
    await scan();
    const dueAt = new Date(inDays(5));
    await db.execute(sql`
      update findings set severity = 'critical', due_at = opened_at + interval '7 days'
      where id in (${(await rowOf(plain.name)).id}, ${(await rowOf(byHand.name)).id})
    `);
    await db
      .update(findings)
      .set({ dueAt, dueByHand: true })
      .where(eq(findings.id, (await rowOf(byHand.name)).id));
    for (const bucket of [plain, byHand]) bucket.tags = tagged("owner", "x");
    await scan();
    const { openedAt } = await rowOf(plain.name);
    expect(await rowOf(plain.name)).toMatchObject({
      ...{ severity: "low", dueAt: new Date(openedAt.getTime() + 120 * day) },
    });
    expect(await rowOf(byHand.name)).toMatchObject({ severity: "low", dueAt, dueByHand: true });
  });

  it("reopens a finding as new work with a new date, for who it was assigned to, and as muted as it was", async () => {
    const bucket = makeBucket();
    await scan();
    const { id } = await rowOf(bucket.name);
    const user = await createUser(db, { organisationId, role: "analyst" });
    const until = inDays(40);
    for (const change of [
      { act: "assign" as const, assigneeId: user.id },
      { act: "workflow" as const, workflow: "in_progress" as const },
      { act: "due" as const, dueAt: inDays(3) },
      { act: "mute" as const, reason: "Until the move.", until },
    ]) {
      await changeFindings(db, Scope.ofUser(user), { target: { ids: [id] }, change });
    }
    bucket.versioning = { Status: "Enabled" };
    await scan();
    expect(await rowOf(bucket.name)).toMatchObject({
      status: "resolved",
      state: "resolved",
      workflow: "in_progress",
    });
    bucket.versioning = {};
    await scan();
    const reopened = await rowOf(bucket.name);
    expect(reopened).toMatchObject({
      ...{ id, status: "open", state: "muted", workflow: "new", reopened: 1, dueByHand: false },
      ...{ assigneeId: user.id, suppression: "muted", suppressedUntil: new Date(until), revision: 5 },
      dueAt: new Date(reopened.openedAt.getTime() + 120 * day),
    });
  });

  it("writes no finding that people changed when nothing else has", async () => {
    const versions = async () =>
      Object.fromEntries(
        (await db.execute<{ id: string; xmin: string }>(sql`select id, xmin::text from findings`)).map(
          ({ id, xmin }) => [id, xmin],
        ),
      );
    const before = await versions();
    expect(Object.keys(before).length).toBeGreaterThan(5);
    await scan();
    expect(await versions()).toEqual(before);
  });

  it("leaves what another tool found alone, until its resource is gone", async () => {
    const bucket = makeBucket();
    await scan();
    const imported = await importFinding(bucket.name);
    const unverifiedSince = new Date("2026-01-02T00:00:00Z");
    await db
      .update(findings)
      .set({ unverifiedSince })
      .where(eq(findings.id, (await rowOf(bucket.name, imported)).id));
    const before = await rowOf(bucket.name, imported);
    bucket.versioning = { Status: "Enabled" };
    await scan();
    expect(await rowOf(bucket.name)).toMatchObject({ status: "resolved", resolution: "fixed" });
    expect(await rowOf(bucket.name, imported)).toEqual(before);
    buckets.delete(bucket.name);
    await scan();
    expect(await rowOf(bucket.name, imported)).toMatchObject({
      status: "resolved",
      resolution: "resource_gone",
    });
  });
});
