import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Scope } from "#lib/auth/scope.ts";
import { userAccounts } from "../accounts/schema.ts";
import { createAccount, createOrganisation, createScope, createUser } from "../factories.ts";
import { createTestDatabase } from "../test-database.ts";
import { listGapGroups } from "./gaps.ts";
import { getLatestScans, getPreviousScan, getScan, listScanChoices, listScans } from "./queries.ts";
import { coverageGaps, scans, scanUnits, type UnitStatus } from "./schema.ts";
import { listServiceTimes } from "./service-times.ts";
import { listAccountProgress, listScanUnits } from "./units.ts";

const { db, close } = await createTestDatabase();
afterAll(close);

let scope: Scope;
let accountId: string;
const scanIds: string[] = [];

const isEnded = (status: UnitStatus) => ["done", "gap", "failed"].includes(status);

async function addScan(at: number, statuses: UnitStatus[], status: "running" | "completed") {
  const { organisationId } = scope;
  const [scan] = await db
    .insert(scans)
    .values({
      organisationId,
      trigger: "manual",
      requestedBy: scope.actor.id,
      scope: { accountIds: [], regions: [], services: [], checks: [] },
      status,
      createdAt: new Date(Date.UTC(2026, 0, 1, 0, at)),
      finishedAt: status === "running" ? null : new Date(Date.UTC(2026, 0, 1, 0, at, 30)),
    })
    .returning();
  const scanId = scan?.id ?? "";
  const units = await db
    .insert(scanUnits)
    .values(
      statuses.map((each, index) => ({
        organisationId,
        scanId,
        accountId,
        service: "s3",
        region: `region-${index}`,
        status: each,
        resources: 10,
        opened: 2,
        resolved: 1,
        calls: 5,
        // The n-th takes n seconds and one.
        startedAt: isEnded(each) ? new Date(Date.UTC(2026, 0, 1)) : null,
        finishedAt: isEnded(each) ? new Date(Date.UTC(2026, 0, 1, 0, 0, index + 1)) : null,
      })),
    )
    .returning();
  scanIds.unshift(scanId);
  return { scanId, units };
}

beforeAll(async () => {
  const { id: organisationId } = await createOrganisation(db);
  scope = await createScope(db, { organisationId });
  accountId = (await createAccount(db, { organisationId, name: "one", regions: ["eu-west-1"] })).id;
  await addScan(0, ["done", "done"], "completed");
  const { scanId, units } = await addScan(1, ["done", "gap", "failed"], "completed");
  const gap = {
    organisationId: scope.organisationId,
    scanId,
    unitId: units[1]?.id ?? "",
    accountId,
    message: "No.",
  };
  await db.insert(coverageGaps).values([
    { ...gap, operation: "s3:GetBucketPolicy", code: "denied", resourceUid: "arn:1", kind: "aws.s3.bucket" },
    { ...gap, operation: "s3:GetBucketPolicy", code: "denied", resourceUid: "arn:2", kind: "aws.s3.bucket" },
    { ...gap, operation: "s3:ListBuckets", code: "throttled", resourceUid: null, kind: "aws.s3.bucket" },
  ]);
  await addScan(2, ["done", "running", "queued"], "running");
});

describe("scans", () => {
  it("are listed newest first, page by page, with their sums", async () => {
    const first = await listScans(db, scope, { limit: 2 });
    const second = await listScans(db, scope, { limit: 2, before: first.next ?? "" });
    expect([...first.scans, ...second.scans].map(({ id }) => id)).toEqual(scanIds);
    expect(second.next).toBeNull();
    expect(first.scans[1]).toMatchObject({
      accounts: ["one"],
      requestedBy: "Test user",
      resources: 30,
      opened: 6,
      resolved: 3,
      units: { waiting: 0, queued: 0, running: 0, done: 1, gap: 1, failed: 1, cancelled: 0 },
      finishedAt: "2026-01-01T00:01:30.000Z",
    });
  });

  it("tells the one under way from the last that ended", async () => {
    const { running, last } = await getLatestScans(db, scope);
    expect([running?.id, last?.id]).toEqual(scanIds.slice(0, 2));
  });

  it("groups gaps by cause, those that hide whole lists apart", async () => {
    const groups = await listGapGroups(db, scope, scanIds[1] ?? "");
    const common = { account: "one", service: "s3", regions: ["region-1"], message: "No." };
    expect(groups).toEqual([
      {
        ...common,
        code: "denied",
        operation: "s3:GetBucketPolicy",
        count: 2,
        resources: 2,
        wholeList: false,
      },
      { ...common, code: "throttled", operation: "s3:ListBuckets", count: 1, resources: 0, wholeList: true },
    ]);
  });

  it("can be narrowed to what is connected", async () => {
    const choices = await listScanChoices(db, scope);
    expect({ names: choices.accounts.map(({ name }) => name), regions: choices.regions }).toEqual({
      names: ["one"],
      regions: ["eu-west-1"],
    });
  });

  it("tells how long the pieces of a service took, and which took longest", async () => {
    const scanId = scanIds[1] ?? "";
    expect(await listServiceTimes(db, scope, scanId)).toEqual([
      {
        service: "s3",
        units: 3,
        minMs: 1_000,
        medianMs: 2_000,
        p95Ms: 2_900,
        maxMs: 3_000,
        totalMs: 6_000,
        resources: 30,
        calls: 15,
        throttles: 0,
      },
    ]);
    const slowest = await listScanUnits(db, scope, scanId, { order: "slowest", limit: 2 });
    expect(slowest.map(({ region }) => region)).toEqual(["region-2", "region-1"]);
    const blind = await listScanUnits(db, scope, scanId, { statuses: ["gap", "failed"] });
    expect(blind.map(({ region }) => region)).toEqual(["region-1", "region-2"]);
    expect(await listAccountProgress(db, scope, scanId)).toEqual([
      {
        accountId,
        account: "one",
        units: { waiting: 0, queued: 0, running: 0, done: 1, gap: 1, failed: 1, cancelled: 0 },
      },
    ]);
  });

  it("has the one before it to compare with, when that covered the same", async () => {
    const [, second = "", first] = scanIds;
    const previous = await getPreviousScan(db, scope, await getScan(db, scope, second));
    expect(previous?.id).toBe(first);
    expect(await getPreviousScan(db, scope, await getScan(db, scope, first ?? ""))).toBeNull();
    const narrower = { ...(await getScan(db, scope, second)), scope: { ...noScope, services: ["s3"] } };
    expect(await getPreviousScan(db, scope, narrower)).toBeNull();
  });
});

const noScope = { accountIds: [], regions: [], services: [], checks: [] };

describe("who sees only some accounts", () => {
  async function colleague(accountIds: string[]): Promise<Scope> {
    const { organisationId } = scope;
    const user = await createUser(db, { organisationId, seesAllAccounts: false });
    if (accountIds.length > 0) {
      await db
        .insert(userAccounts)
        .values(accountIds.map((id) => ({ organisationId, userId: user.id, accountId: id })));
    }
    return Scope.ofUser({ ...user, accountIds });
  }

  it("sees the scans that read one of them", async () => {
    const seeing = await colleague([accountId]);
    expect((await listScans(db, seeing, { limit: 5 })).scans.map(({ id }) => id)).toEqual(scanIds);
    const unseeing = await colleague([]);
    const [scanId = ""] = scanIds;
    expect(await listScans(db, unseeing, { limit: 5 })).toEqual({ scans: [], next: null });
    await expect(getScan(db, unseeing, scanId)).rejects.toMatchObject({ code: "not_found" });
    expect(await getLatestScans(db, unseeing)).toEqual({ running: null, last: null });
    expect(await listServiceTimes(db, unseeing, scanId)).toEqual([]);
    expect(await listAccountProgress(db, unseeing, scanId)).toEqual([]);
  });
});

describe("another organisation", () => {
  it("finds nothing of it", async () => {
    const stranger = await createScope(db);
    const [scanId = ""] = scanIds;
    await expect(getScan(db, stranger, scanId)).rejects.toMatchObject({ code: "not_found" });
    expect(await listScans(db, stranger, { limit: 5 })).toEqual({ scans: [], next: null });
    expect(await listScanUnits(db, stranger, scanId)).toEqual([]);
    expect(await listGapGroups(db, stranger, scanIds[1] ?? "")).toEqual([]);
    expect(await getLatestScans(db, stranger)).toEqual({ running: null, last: null });
    expect(await listScanChoices(db, stranger)).toEqual({ accounts: [], regions: [] });
    expect((await listScans(db, stranger, { limit: 5, before: scanId })).scans).toEqual([]);
  });
});
