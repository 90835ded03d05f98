import { eq, sql } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { accounts } from "#db/accounts/schema.ts";
import { createScope } from "#db/factories.ts";
import { Scope } from "#lib/auth/scope.ts";
import { createTestCloud } from "#lib/scans/test-cloud.ts";
import { readOpen, readUnits } from "#lib/scans/test-state.ts";
import { deleteAccount } from "./delete-account.ts";
import { disableAccount } from "./disable-account.ts";
import { editAccount } from "./edit-account.ts";
import { enableAccount } from "./enable-account.ts";
import { allButAdmin, connected, readTrail } from "./test-accounts.ts";

/** A live engine: what a running scan has to do with accounts that are disabled or deleted under it. */
const cloud = await createTestCloud({ writers: false, accounts: ["Acme Staging", "Acme Security Tooling"] });
const { db } = cloud.database;
const { faults } = cloud.sandbox;
const { organisationId } = cloud.scope;
const long = 120_000;
const staging = cloud.accounts.get("Acme Staging") ?? "";
const security = cloud.accounts.get("Acme Security Tooling") ?? "";
const scope = Scope.ofSystem(organisationId, "test");

let gates: (() => void)[] = [];
/** Holds every call into staging but those that lay a scan out. */
function holdStaging() {
  const planning = new Set(["AssumeRole", "GetCallerIdentity", "DescribeRegions"]);
  const { promise: gate, resolve: open } = Promise.withResolvers<void>();
  const { promise: reached, resolve: reach } = Promise.withResolvers<void>();
  faults.beforeHandler = async ({ operation, account }) => {
    if (account !== "444455556666" || planning.has(operation)) return;
    reach();
    await gate;
  };
  gates.push(open);
  return reached;
}
beforeEach(() => {
  cloud.errors.length = 0;
});
afterEach(() => {
  for (const open of gates) open();
  gates = [];
  faults.reset();
});

const rowsOf = async (accountId: string) => {
  const tables = ["findings", "resources", "coverage", "check_counters", "relation_runs", "scan_units"];
  const all = [...tables, "coverage_gaps", "account_secrets"];
  const counts = await Promise.all(
    all.map(async (table) => {
      const [row] = await db.execute<{ n: number }>(
        sql`select count(*)::int as n from ${sql.identifier(table)} where account_id = ${accountId}`,
      );
      return [table, row?.n ?? 0] as const;
    }),
  );
  return Object.fromEntries(counts);
};
const statusesOf = async (scanId: string, accountId: string) => {
  const rows = await db.execute<{ status: string }>(
    sql`select distinct status from scan_units where scan_id = ${scanId} and account_id = ${accountId} order by 1`,
  );
  return rows.map(({ status }) => status);
};

describe("a disabled account", () => {
  it("ends its part of running scans, keeps its findings, and is read again once enabled", {
    timeout: long,
  }, async () => {
    await cloud.scan();
    const before = await readOpen(db);
    const reached = holdStaging();
    const scanId = await cloud.start();
    await reached;
    const { stoppedUnits } = await disableAccount(db, scope, { accountId: staging });
    // Calls into staging are held all the while: only giving them up lets the scan end.
    expect(await cloud.ended(scanId)).toMatchObject({ status: "completed", error: null });
    expect(await statusesOf(scanId, staging)).toContain("cancelled");
    expect(await statusesOf(scanId, security)).toEqual(["done"]);
    expect(stoppedUnits).toBeGreaterThan(0);
    expect(await readOpen(db)).toEqual(before);
    await cloud.until(sql`select not exists (select from scan_staging)`);

    const without = await cloud.scan();
    expect(await statusesOf(without.id, staging)).toEqual([]);
    await expect(cloud.start({ accountIds: [staging] })).rejects.toMatchObject({ code: "not_found" });
    await enableAccount(db, scope, { accountId: staging });
    faults.reset();
    const again = await cloud.scan();
    expect(await statusesOf(again.id, staging)).toEqual(["done"]);
    expect(await readOpen(db)).toEqual(before);
    expect(cloud.errors).toEqual([]);
    expect(
      (await readTrail(db, organisationId)).filter(({ objectId }) => objectId === staging).slice(1),
    ).toEqual([
      { action: "account.disable", objectId: staging, before: null, after: { stoppedUnits } },
      {
        action: "account.enable",
        objectId: staging,
        before: { disabledAt: expect.stringMatching(/^\d{4}-/) },
        after: null,
      },
    ]);
  });

  it("gets no units from a scan that was being laid out meanwhile", { timeout: long }, async () => {
    const { promise: gate, resolve: open } = Promise.withResolvers<void>();
    const { promise: reached, resolve: reach } = Promise.withResolvers<void>();
    gates.push(open);
    faults.beforeHandler = async ({ operation, account }) => {
      if (operation !== "DescribeRegions" || account !== "444455556666") return;
      reach();
      await gate;
    };
    const scanId = await cloud.start();
    await reached;
    await disableAccount(db, scope, { accountId: staging });
    open();
    expect(await cloud.ended(scanId)).toMatchObject({ status: "completed" });
    expect(await statusesOf(scanId, staging)).toEqual([]);
    await enableAccount(db, scope, { accountId: staging });
  });

  it("is a conflict to disable or enable twice", async () => {
    const { scope: own, accountId } = await connected(db);
    const conflict = { code: "conflict" };
    await expect(enableAccount(db, own, { accountId })).rejects.toMatchObject(conflict);
    await disableAccount(db, own, { accountId });
    await expect(disableAccount(db, own, { accountId })).rejects.toMatchObject(conflict);
    expect((await readTrail(db, own.organisationId)).map(({ action }) => action)).toEqual([
      "account.connect",
      "account.disable",
    ]);
  });
});

describe("another organisation's account, and people who may not", () => {
  it("is not found", async () => {
    const stranger = await createScope(db, { role: "admin" });
    const missing = { code: "not_found" };
    await expect(disableAccount(db, stranger, { accountId: security })).rejects.toMatchObject(missing);
    await expect(enableAccount(db, stranger, { accountId: security })).rejects.toMatchObject(missing);
    const deleted = deleteAccount(db, stranger, {
      accountId: security,
      confirmation: "Acme Security Tooling",
    });
    await expect(deleted).rejects.toMatchObject(missing);
  });

  it.each(allButAdmin)("are refused: a %s", async (role) => {
    const own = await createScope(db, { role, organisationId });
    const forbidden = { code: "forbidden" };
    await expect(disableAccount(db, own, { accountId: security })).rejects.toMatchObject(forbidden);
    await expect(enableAccount(db, own, { accountId: security })).rejects.toMatchObject(forbidden);
    const deleted = deleteAccount(db, own, { accountId: security, confirmation: "Acme Security Tooling" });
    await expect(deleted).rejects.toMatchObject(forbidden);
  });
});

describe("a deleted account", () => {
  it("is not deleted without its name", async () => {
    const attempt = deleteAccount(db, scope, { accountId: security, confirmation: "acme security tooling" });
    await expect(attempt).rejects.toMatchObject({
      code: "invalid_input",
      fields: { confirmation: "Type the account's name, Acme Security Tooling, to delete it." },
    });
  });

  it("leaves nothing but its trail, also while it is being scanned", { timeout: long }, async () => {
    const alone = await cloud.scan({ accountIds: [staging] });
    const kept = await rowsOf(security);
    const reached = holdStaging();
    const scanId = await cloud.start();
    await reached;
    await deleteAccount(db, scope, { accountId: staging, confirmation: "Acme Staging" });
    const again = deleteAccount(db, scope, { accountId: staging, confirmation: "Acme Staging" });
    await expect(again).rejects.toMatchObject({ code: "conflict" });
    const edited = editAccount(db, scope, { accountId: staging, revision: 1, name: "Still here" });
    await expect(edited).rejects.toMatchObject({ code: expect.stringMatching(/conflict|not_found/) });
    expect(await cloud.ended(scanId)).toMatchObject({ status: "completed", error: null });
    await cloud.until(sql`select not exists (select from accounts where id = ${staging})`);
    expect(Object.values(await rowsOf(staging)).every((count) => count === 0)).toBe(true);
    expect({ ...(await rowsOf(security)), scan_units: 0 }).toEqual({ ...kept, scan_units: 0 });
    // A scan of this account alone goes with it; one of several stays, with what it read of the others.
    const scans = await db.execute<{ id: string }>(
      sql`select id from scans where id in (${alone.id}, ${scanId})`,
    );
    expect(scans.map(({ id }) => id)).toEqual([scanId]);
    expect([...new Set(Object.values(await readUnits(db, scanId)))]).toEqual(["done"]);
    const [orphans] = await db.execute(sql`
      select count(*)::int as n from finding_transitions t where not exists (select from findings f where f.id = t.finding_id)
    `);
    expect(orphans).toEqual({ n: 0 });
    const trail = (await readTrail(db, organisationId)).filter(({ objectId }) => objectId === staging);
    expect(trail.map(({ action }) => action)).toEqual([
      ...["account.connect", "account.disable", "account.enable", "account.disable", "account.enable"],
      ...["account.delete", "account.deleted"],
    ]);
    expect(trail.at(-1)?.before).toEqual({
      name: "Acme Staging",
      externalId: "444455556666",
      rows: expect.any(Number),
    });
    expect(cloud.errors).toEqual([]);
    expect(await db.select().from(accounts).where(eq(accounts.id, security))).toHaveLength(1);
  });
});
