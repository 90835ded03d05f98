import { sql } from "drizzle-orm";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { getAccount, listAccounts } from "#db/accounts/queries.ts";
import { listGapGroups } from "#db/scans/gaps.ts";
import { listScanUnits } from "#db/scans/units.ts";
import { performPlan } from "#lib/scans/perform-plan.ts";
import { performUnit } from "#lib/scans/perform-unit.ts";
import { createTestCloud } from "#lib/scans/test-cloud.ts";
import { type Keyring, provideKeyring, secretKeyring } from "#lib/secrets/keys.ts";
import { rotateSecrets } from "#lib/secrets/rotate.ts";
import { acmeScanner } from "#sandbox/estates/acme/azure/company.ts";
import { editAccount } from "./edit-account.ts";
import { connectSource } from "./sources/connect-source.ts";
import { testAccount, testDraft } from "./test-account.ts";
import { newKeyring } from "./test-accounts.ts";
import { setWriteIdentity } from "./write-identity.ts";

const cloud = await createTestCloud({ clouds: ["azure"], accounts: ["Acme Data"], workers: 0 });
const { db, sql: connection } = cloud.database;
const { scope } = cloud;
const accountId = cloud.accounts.get("Acme Data") ?? "";
const keyring = secretKeyring();
const long = 120_000;
beforeEach(() => {
  cloud.errors.length = 0;
});
afterEach(() => provideKeyring(keyring));

/** Every row of every table, the job queue's among them. */
async function readWholeDatabase(): Promise<string> {
  const tables = await connection<{ name: string }[]>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname not in ('pg_catalog', 'information_schema')`;
  const texts: string[] = [];
  for (const { name } of tables) {
    const rows = await connection.unsafe<{ row: string }[]>(`select to_jsonb(t)::text as row from ${name} t`);
    texts.push(...rows.map(({ row }) => `${name} ${row}`));
  }
  expect(tables.map(({ name }) => name)).toEqual(
    expect.arrayContaining(["public.account_secrets", "pgboss.job"]),
  );
  return texts.join("\n");
}

/** A text as it may have been written somewhere: as it is, in hexadecimal, in Base64 at any offset. */
function formsOf(secret: string): string[] {
  const inner = secret.slice(4, -4);
  const base64 = [0, 1, 2].map((pad) =>
    Buffer.from("x".repeat(pad) + secret)
      .toString("base64")
      .slice(4, -4),
  );
  return [inner, Buffer.from(inner).toString("hex"), encodeURIComponent(inner), ...base64];
}
const expectNowhere = (secret: string, where: string) => {
  for (const form of formsOf(secret)) expect(where.includes(form)).toBe(false);
};

const readSurfaces = async (...more: unknown[]): Promise<string> => {
  const scans = await connection<{ id: string }[]>`select id from scans`;
  const views = [
    await listAccounts(db, scope),
    await getAccount(db, scope, accountId),
    ...(await Promise.all(scans.map(({ id }) => listScanUnits(db, scope, id)))),
    ...(await Promise.all(scans.map(({ id }) => listGapGroups(db, scope, id)))),
  ];
  return [await readWholeDatabase(), JSON.stringify([views, more]), cloud.errors.join("\n")].join("\n");
};

const lost = "sealed with key test, which PARAPET_SECRET_KEYS doesn't hold. Put that key back";

describe("a worker that lacks the key", () => {
  it("makes what it should have read a gap, and goes on", { timeout: long }, async () => {
    const scanId = await cloud.start();
    const env = { database: cloud.database, workerId: "without-key" };
    const { signal } = new AbortController();
    await performPlan(env, scanId, signal);
    provideKeyring(newKeyring("2030"));
    const units = await connection<{ id: string }[]>`
      select id from scan_units where scan_id = ${scanId} order by service = 'relations', id`;
    for (const { id } of units) await performUnit(env, id, signal);
    expect(await cloud.ended(scanId)).toMatchObject({ status: "completed", error: null });
    const read = (await listScanUnits(db, scope, scanId)).filter(({ service }) => service !== "relations");
    expect(read.map(({ status }) => status)).toEqual(read.map(() => "failed"));
    for (const { error } of read) expect(error).toContain(lost);
    const [held] = await connection`select count(*)::int as n from coverage where complete`;
    expect(held).toEqual({ n: 0 });
  });
});

describe("a secret that is stored and used", () => {
  beforeAll(async () => {
    await cloud.addWorker();
  });

  it("is found nowhere: no row, no answer, no error", { timeout: long }, async () => {
    const secret = acmeScanner.clientSecret;
    expect(await cloud.scan()).toMatchObject({ status: "completed" });
    const { connection: azure, revision } = await getAccount(db, scope, accountId);
    const other = "hush-0a8d4e6f1c07-of-the-writer";
    await setWriteIdentity(db, scope, {
      accountId,
      revision,
      connection: azure,
      secrets: { clientSecret: other },
    });
    const tested = [
      await testAccount(db, scope, accountId, "read"),
      await testAccount(db, scope, accountId, "write"),
    ];
    expect(tested.map((test) => test.error === null)).toEqual([true, false]);
    const wrong = "hush-27f6b8a49d01-not-the-right-one";
    await editAccount(db, scope, { accountId, revision: revision + 1, secrets: { clientSecret: wrong } });
    const draft = { cloud: "azure" as const, connection: azure, secrets: { clientSecret: wrong } };
    tested.push(await testDraft(db, scope, draft));
    expect(await cloud.scan()).toMatchObject({ status: "completed" });
    const refused = await editAccount(db, scope, {
      ...{ accountId, revision: revision + 2, name: "" },
      secrets: { clientSecret: wrong, unknown: other },
    }).catch((error: unknown) => error);
    await connectSource(db, scope, {
      cloud: "azure",
      name: "Acme",
      connection: Object(azure),
      secrets: { clientSecret: secret },
    });
    await cloud.until(sql`select last_sync is not null from account_sources`);
    provideKeyring(withNewKey(keyring));
    await rotateSecrets(db);
    const where = await readSurfaces(tested, refused, String(refused), Object(refused).stack);
    for (const one of [secret, other, wrong]) {
      expectNowhere(one, where);
      expect(() => expectNowhere(one, Buffer.from(`x${one}`).toString("base64"))).toThrow();
    }
    // That it looks where secrets would be: the names are there, and so is what the login said.
    expect(where).toContain(JSON.stringify('"secretsReplaced":["clientSecret"]').slice(1, -1));
    expect(where).toContain("AADSTS7000215");
  });
});

describe("a secret that can't be opened", () => {
  it("is a gap that says what to do, and costs no finding", { timeout: long }, async () => {
    provideKeyring(keyring);
    await db.execute(sql`update account_secrets set key_id = 'test'`);
    const open = await connection`select id, status from findings order by id`;
    provideKeyring(newKeyring("2030"));
    const scan = await cloud.scan();
    expect(scan).toMatchObject({ status: "completed", error: null });
    expect(await listGapGroups(db, scope, scan.id)).toMatchObject([
      { code: "unavailable", service: "account", message: expect.stringContaining(lost) },
    ]);
    expect(await connection`select id, status from findings order by id`).toEqual(open);
    const { health, lastScan } = await getAccount(db, scope, accountId);
    expect({ health, unreachable: lastScan?.unreachable }).toEqual({
      health: "unreachable",
      unreachable: expect.stringContaining(lost),
    });
    expect(await testAccount(db, scope, accountId, "read")).toMatchObject({
      reached: null,
      error: expect.stringContaining(lost),
    });
    expect(cloud.errors).toEqual([]);
  });
});

/** The keyring with a new key in front. */
function withNewKey(present: Keyring | null): Keyring {
  const { first } = newKeyring("rotated");
  return { first, byId: new Map([[first.id, first], ...(present?.byId ?? [])]) };
}
