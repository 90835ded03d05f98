import { eq, sql } from "drizzle-orm";
import { afterAll, describe, expect, it } from "vitest";
import { accounts } from "#db/accounts/schema.ts";
import { createAccount, createOrganisation, createScope } from "#db/factories.ts";
import type { Role } from "#db/identity/schema.ts";
import { scans } from "#db/scans/schema.ts";
import { createTestDatabase } from "#db/test-database.ts";
import { openQueue, provideQueue } from "#lib/jobs/queue.ts";
import { cancelScan } from "./cancel-scan.ts";
import { startDueScan, syncSchedules } from "./schedule.ts";
import { startScan } from "./start-scan.ts";

const { db, url, close } = await createTestDatabase();
const queue = await openQueue(url, { works: false });
provideQueue(queue);
afterAll(async () => {
  await queue.close();
  await close();
});

async function place(role: Role = "analyst") {
  const { id: organisationId } = await createOrganisation(db);
  const account = await createAccount(db, { organisationId });
  return { scope: await createScope(db, { role, organisationId }), account };
}
const auditOf = (organisationId: string) =>
  db.execute(sql`
    select action, object_kind, object_id, actor_kind, actor_id, before, after::jsonb as after, correlation_id
    from audit_entries where organisation_id = ${organisationId} and result = 'done' order by id
  `);
const refusalsOf = (organisationId: string) =>
  db.execute(sql`
    select action, actor_id, after::jsonb as after from audit_entries
    where organisation_id = ${organisationId} and result = 'refused' order by id
  `);
const jobsOf = (name: string) =>
  db.execute(sql`select data, state from pgboss.job where name = ${name} order by created_on`);

describe("startScan", () => {
  it("starts a scan, queues its layout and is audited", async () => {
    const { scope, account } = await place();
    const input = { accountIds: [account.id, account.id], services: ["s3"], regions: [" eu-west-1 "] };
    const { scanId } = await startScan(db, scope, input);
    const scanScope = { accountIds: [account.id], regions: ["eu-west-1"], services: ["s3"], checks: [] };
    const [scan] = await db.select().from(scans).where(eq(scans.id, scanId));
    expect(scan).toEqual({
      id: scanId,
      organisationId: scope.organisationId,
      trigger: "manual",
      requestedBy: scope.actor.id,
      scope: scanScope,
      status: "running",
      asOf: expect.any(Date),
      createdAt: expect.any(Date),
      plannedAt: null,
      finishedAt: null,
      error: null,
    });
    expect([...(await auditOf(scope.organisationId))]).toEqual([
      {
        action: "scan.start",
        object_kind: "scan",
        object_id: scanId,
        actor_kind: "user",
        actor_id: scope.actor.id,
        before: null,
        after: { trigger: "manual", ...scanScope },
        correlation_id: scope.correlationId,
      },
    ]);
    expect(await jobsOf("scan-plan")).toContainEqual({ data: { scanId }, state: "created" });
  });

  it("says what it doesn't know, and starts nothing then", async () => {
    const { scope } = await place();
    const wrong = [
      [{ checks: ["aws.s3.nonsense"] }, "there is no check aws.s3.nonsense"],
      [{ services: ["telepathy"] }, "there is no service telepathy"],
      [{ accountIds: ["acc_missing"] }, "there is no account acc_missing"],
    ] satisfies [Parameters<typeof startScan>[2], string][];
    const before = await jobsOf("scan-plan");
    for (const [input, message] of wrong) {
      const refused = startScan(db, scope, input);
      await expect(refused).rejects.toMatchObject({
        code: "not_found",
        message: expect.stringContaining(message),
      });
    }
    expect(await auditOf(scope.organisationId)).toHaveLength(0);
    expect(await jobsOf("scan-plan")).toEqual(before);
  });

  it("finds no account of another organisation, nor one that was disabled", async () => {
    const { scope, account } = await place();
    const other = await place();
    await expect(startScan(db, scope, { accountIds: [other.account.id] })).rejects.toMatchObject({
      code: "not_found",
    });
    await db.update(accounts).set({ disabledAt: new Date() }).where(eq(accounts.id, account.id));
    await expect(startScan(db, scope, { accountIds: [account.id] })).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(startScan(db, scope, {})).rejects.toMatchObject({ code: "conflict" });
    expect(await auditOf(scope.organisationId)).toHaveLength(0);
  });

  it("is not for who may only read", async () => {
    const { scope } = await place("auditor");
    await expect(startScan(db, scope, {})).rejects.toMatchObject({ code: "forbidden" });
    expect(await auditOf(scope.organisationId)).toHaveLength(0);
    expect(await refusalsOf(scope.organisationId)).toEqual([
      {
        ...{ action: "scan.start", actor_id: scope.actor.id },
        after: { code: "forbidden", permission: "scans:run" },
      },
    ]);
  });
});

describe("cancelScan", () => {
  it("cancels, is audited, and conflicts the second time", async () => {
    const { scope } = await place();
    const { scanId } = await startScan(db, scope, {});
    await cancelScan(db, scope, { scanId });
    const [scan] = await db.select().from(scans).where(eq(scans.id, scanId));
    expect(scan).toMatchObject({
      status: "cancelled",
      plannedAt: expect.any(Date),
      finishedAt: expect.any(Date),
    });
    await expect(cancelScan(db, scope, { scanId })).rejects.toMatchObject({
      code: "conflict",
      message: "The scan is cancelled; only a running one can be cancelled.",
    });
    expect((await auditOf(scope.organisationId)).map(({ action, object_id }) => [action, object_id])).toEqual(
      [
        ["scan.start", scanId],
        ["scan.end", scanId],
        ["scan.cancel", scanId],
      ],
    );
  });

  it("is not for another organisation, nor for who may only read", async () => {
    const { scope } = await place();
    const { scanId } = await startScan(db, scope, {});
    const stranger = (await place()).scope;
    await expect(cancelScan(db, stranger, { scanId })).rejects.toMatchObject({ code: "not_found" });
    const reader = await createScope(db, { role: "auditor", organisationId: scope.organisationId });
    await expect(cancelScan(db, reader, { scanId })).rejects.toMatchObject({ code: "forbidden" });
    const [scan] = await db.select().from(scans).where(eq(scans.id, scanId));
    expect(scan).toMatchObject({ status: "running", finishedAt: null });
    expect(await auditOf(stranger.organisationId)).toHaveLength(0);
  });
});

describe("schedules", () => {
  const held = async () =>
    (await queue.boss.getSchedules("scan-due"))
      .map(({ key, cron, timezone, data }) => ({ key, cron, timezone, data }))
      .sort((a, b) => (a.key < b.key ? -1 : 1));

  it("follow the accounts: added, changed, removed", async () => {
    const { account } = await place();
    const second = await createAccount(db, { schedule: "0 4 * * *", scheduleTimeZone: "Europe/Berlin" });
    await syncSchedules(db, queue);
    const berlin = {
      key: second.id,
      cron: "0 4 * * *",
      timezone: "Europe/Berlin",
      data: { accountId: second.id },
    };
    expect(await held()).toEqual([berlin]);

    await db.update(accounts).set({ schedule: "30 2 * * 1" }).where(eq(accounts.id, account.id));
    await db.update(accounts).set({ scheduleTimeZone: "UTC" }).where(eq(accounts.id, second.id));
    await syncSchedules(db, queue);
    const weekly = { key: account.id, cron: "30 2 * * 1", timezone: "UTC", data: { accountId: account.id } };
    expect(await held()).toEqual([weekly, { ...berlin, timezone: "UTC" }]);

    await db.update(accounts).set({ schedule: "0 5 * * *" }).where(eq(accounts.id, second.id));
    await db.update(accounts).set({ disabledAt: new Date() }).where(eq(accounts.id, account.id));
    await syncSchedules(db, queue);
    expect(await held()).toEqual([{ ...berlin, timezone: "UTC", cron: "0 5 * * *" }]);

    await db.update(accounts).set({ schedule: null }).where(eq(accounts.id, second.id));
    await syncSchedules(db, queue);
    expect(await held()).toEqual([]);
  });

  it("start a scan of their account alone, by the system", async () => {
    const { scope, account } = await place();
    await createAccount(db, { organisationId: scope.organisationId });
    await startDueScan(db, account.id);
    const [scan] = await db.select().from(scans).where(eq(scans.organisationId, scope.organisationId));
    expect(scan).toMatchObject({
      trigger: "schedule",
      requestedBy: null,
      status: "running",
      scope: { accountIds: [account.id], regions: [], services: [], checks: [] },
    });
    expect([...(await auditOf(scope.organisationId))]).toMatchObject([
      { action: "scan.start", actor_kind: "system", actor_id: "schedule" },
    ]);
  });

  it("start nothing for an account that is disabled or gone", async () => {
    const { scope, account } = await place();
    await db.update(accounts).set({ disabledAt: new Date() }).where(eq(accounts.id, account.id));
    await startDueScan(db, account.id);
    await startDueScan(db, "acc_missing");
    expect(await db.select().from(scans).where(eq(scans.organisationId, scope.organisationId))).toEqual([]);
  });
});
