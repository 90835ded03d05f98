import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectAccount } from "#lib/accounts/connect-account.ts";
import { newKeyring } from "#lib/accounts/test-accounts.ts";
import type { Scope } from "#lib/auth/scope.ts";
import { findingFilter } from "#lib/findings/filter.ts";
import { provideKeyring } from "#lib/secrets/keys.ts";
import { createAccount, createOrganisation, createScope } from "../factories.ts";
import { listFindings } from "../findings/queries.ts";
import { createTestDatabase } from "../test-database.ts";
import { countAccountResources, getAccount, listAccounts } from "./queries.ts";

const { db, sql: connection, close } = await createTestDatabase();
afterAll(close);
provideKeyring(newKeyring("2026"));

let scope: Scope;
let organisationId: string;
const ids: Record<string, string> = {};

/** A scan of some accounts, each with one unit that ended so. */
async function addScan(
  id: string,
  units: { account: string; service?: string; status: string; gaps?: number; error?: string }[],
) {
  await connection`
    insert into scans (id, organisation_id, trigger, scope, status, created_at, planned_at, finished_at)
    values (${id}, ${organisationId}, 'manual', '{}', 'completed', ${`2026-01-0${id.at(-1)}T00:00:00Z`}, now(), now())`;
  for (const { account, service = "s3", status, gaps = 0, error } of units) {
    await connection`
      insert into scan_units (id, organisation_id, scan_id, account_id, service, region, status, gaps, error)
      values (${`${id}${account}`}, ${organisationId}, ${id}, ${ids[account] ?? ""}, ${service}, 'global', ${status}, ${gaps},
        ${error ?? null})`;
  }
}

beforeAll(async () => {
  ({ id: organisationId } = await createOrganisation(db));
  scope = await createScope(db, { organisationId, role: "analyst" });
  for (const name of ["deleting", "disabled", "gaps", "good", "lost", "unread", "unscanned"]) {
    ids[name] = (await createAccount(db, { organisationId, name })).id;
  }
  const deletion = { requestedAt: "2026-01-01T00:00:00.000Z", total: 10, deleted: 4 };
  await connection`update accounts set disabled_at = '2026-01-05' where id in (${ids.disabled ?? ""}, ${ids.deleting ?? ""})`;
  await connection`update accounts set deletion = ${JSON.stringify(deletion)} where id = ${ids.deleting ?? ""}`;
  await addScan("scn_1", [
    { account: "gaps", status: "done" },
    { account: "good", status: "gap", gaps: 9 },
    { account: "disabled", status: "done" },
  ]);
  await addScan("scn_2", [
    { account: "gaps", status: "gap", gaps: 3 },
    { account: "good", status: "done" },
    { account: "lost", service: "account", status: "gap", gaps: 1, error: "No way in." },
    { account: "unread", status: "done" },
  ]);
  await connection`
    insert into coverage (organisation_id, account_id, service, region, kind, scan_id, tried_at, complete, clean)
    values (${organisationId}, ${ids.unread ?? ""}, 's3', 'global', 'aws.s3.bucket', 'scn_2', now(), false, false),
      (${organisationId}, ${ids.good ?? ""}, 's3', 'global', 'aws.s3.bucket', 'scn_2', now(), true, true)`;
  for (const [n, account, severity, status] of [
    [1, "good", "high", "open"],
    [2, "good", "high", "open"],
    [3, "good", "low", "resolved"],
    [4, "disabled", "critical", "open"],
    [5, "good", "critical", "open"],
  ] as const) {
    await connection`
      insert into resources (id, organisation_id, account_id, service, region, unit_region, kind, uid, name, tags, config,
        unread, hash, verdicts, evaluated_with, deleted_at)
      values (${`res_${n}`}, ${organisationId}, ${ids[account] ?? ""}, ${n === 2 ? "ec2" : "s3"}, 'eu', 'eu', 'aws.s3.bucket',
        ${`arn:${n}`}, 'x', '{}', '{}', '[]', '', '{}', 'v', ${n === 3 || n === 5 ? "2026-01-02" : null})`;
    await connection`
      insert into findings (id, organisation_id, account_id, resource_id, check_id, service, region, severity, status,
        reason, evidence, first_seen_at, opened_at)
      values (${`fnd_${n}`}, ${organisationId}, ${ids[account] ?? ""}, ${`res_${n}`}, 'check', 's3', 'eu', ${severity}, ${status},
        'because', '[]', now(), now())`;
  }
  await connection`
    update findings set suppression = 'muted', suppressed_until = now() + interval '1 day' where id = 'fnd_5'`;
});

const none = { critical: 0, high: 0, medium: 0, low: 0, info: 0 };

describe("the list of accounts", () => {
  it("tells each one's health by its last scan, and by what is still unread", async () => {
    const all = await listAccounts(db, scope);
    expect(all.map(({ name, health }) => `${name}: ${health}`)).toEqual([
      "deleting: deleting",
      "disabled: disabled",
      "gaps: gaps",
      "good: good",
      "lost: unreachable",
      "unread: gaps",
      "unscanned: unscanned",
    ]);
    expect(all.map(({ lastScan }) => lastScan && [lastScan.id, lastScan.gaps, lastScan.unreachable])).toEqual(
      [
        null,
        ["scn_1", 0, null],
        ["scn_2", 3, null],
        ["scn_2", 0, null],
        ["scn_2", 1, "No way in."],
        ["scn_2", 0, null],
        null,
      ],
    );
    expect(Object.fromEntries(all.map(({ name, findings }) => [name, findings]))).toMatchObject({
      good: { ...none, high: 2 },
      disabled: { ...none, critical: 1 },
      gaps: none,
    });
    expect(all[0]?.deletion).toEqual({ requestedAt: "2026-01-01T00:00:00.000Z", total: 10, deleted: 4 });
  });

  it("has nothing of another organisation, and nothing that the scope may not see", async () => {
    const stranger = await createScope(db, { role: "admin" });
    expect(await listAccounts(db, stranger)).toEqual([]);
    await expect(getAccount(db, stranger, ids.good ?? "")).rejects.toMatchObject({ code: "not_found" });
    expect(await countAccountResources(db, stranger, ids.good ?? "")).toEqual([]);
  });
});

describe("one account", () => {
  it("comes with how it is reached, and with its secrets' names alone", async () => {
    const admin = await createScope(db, { organisationId, role: "admin" });
    const azure = {
      type: "client_secret" as const,
      tenantId: crypto.randomUUID(),
      clientId: crypto.randomUUID(),
    };
    const externalId = crypto.randomUUID();
    const { accountId } = await connectAccount(db, admin, {
      ...{
        cloud: "azure",
        externalId,
        name: "zz",
        connection: azure,
        secrets: { clientSecret: "hush-hush" },
      },
    });
    const account = await getAccount(db, scope, accountId);
    expect(account).toMatchObject({
      ...{ id: accountId, cloud: "azure", level: "account", externalId, connectionType: "client_secret" },
      ...{ connection: azure, writeConnection: null, hasWriteIdentity: false, revision: 1, source: null },
      secrets: {
        read: [{ name: "clientSecret", keyId: "2026", createdAt: expect.any(String), rotatedAt: null }],
        write: [],
      },
    });
    expect(JSON.stringify(account)).not.toContain("hush");
    await db.execute(sql`delete from account_secrets where account_id = ${accountId}`);
    await db.execute(sql`delete from accounts where id = ${accountId}`);
  });

  it("hides what a credential configuration sends along", async () => {
    const { id } = await createAccount(db, {
      organisationId,
      connection: {
        type: "workload_identity",
        configuration: {
          credential_source: { url: "https://id.example", headers: { Authorization: "Bearer hush" } },
        },
      },
    });
    expect((await getAccount(db, scope, id)).connection).toEqual({
      type: "workload_identity",
      configuration: { credential_source: { url: "https://id.example", headers: { Authorization: "…" } } },
    });
    await db.execute(sql`delete from accounts where id = ${id}`);
  });

  it("counts the resources that are there, by service", async () => {
    expect(await countAccountResources(db, scope, ids.good ?? "")).toEqual([
      { service: "ec2", resources: 1 },
      { service: "s3", resources: 1 },
    ]);
  });
});

it("a disabled account's findings stay, and say so", async () => {
  const filter = findingFilter({ accountIds: [ids.disabled ?? ""] });
  const { rows } = await listFindings(db, scope, filter, { sort: "severity", limit: 5 });
  expect(rows.map(({ id, account }) => ({ id, account }))).toEqual([
    { id: "fnd_4", account: { id: ids.disabled, name: "disabled", cloud: "aws", disabled: true } },
  ]);
});
