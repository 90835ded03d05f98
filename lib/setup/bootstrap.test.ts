import { once } from "node:events";
import { createServer } from "node:http";
import { asc, eq } from "drizzle-orm";
import { afterAll, expect, test } from "vitest";
import { accounts } from "#db/accounts/schema.ts";
import { auditEntries } from "#db/audit/schema.ts";
import { listPersonas } from "#db/identity/queries.ts";
import { organisations, users } from "#db/identity/schema.ts";
import { scans } from "#db/scans/schema.ts";
import { createTestDatabase } from "#db/test-database.ts";
import { acmeAccounts } from "#sandbox/estates/acme/company.ts";
import { bootstrap } from "./bootstrap.ts";
import { createAdministratorByLink } from "./create-administrator.ts";

const { db, close } = await createTestDatabase();
const concurrent = await createTestDatabase();
afterAll(async () => {
  await close();
  await concurrent.close();
});

const sandbox = { sandbox: true, authUrl: "http://localhost:3000" };
const real = { sandbox: false, authUrl: "https://parapet.example.com" };
/** A sandbox cloud that has AWS alone, as far as setting up asks it. */
async function listenAsSandbox(): Promise<string> {
  const server = createServer((_, response) => response.end("{}")).listen(0, "127.0.0.1");
  await once(server, "listening");
  afterAll(() => server.close());
  const address = server.address();
  return `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
}
const sandboxUrl = await listenAsSandbox();

const actionsOf = async (organisationId: string) =>
  (
    await db
      .select({ action: auditEntries.action })
      .from(auditEntries)
      .where(eq(auditEntries.organisationId, organisationId))
      .orderBy(asc(auditEntries.id))
  ).map(({ action }) => action);

test("the sandbox gets Acme, five personas and its accounts, once", async () => {
  const first = await bootstrap({ db, env: sandbox, sandboxUrl });
  const { organisationId } = first;
  expect(first).toEqual({
    organisationId: expect.stringMatching(/^org_/),
    setupUrl: null,
    accounts: acmeAccounts.map(() => expect.stringMatching(/^acc_/)),
    firstScan: true,
    notes: ["Sign in with one click, as any of five people at Acme."],
  });
  expect((await listPersonas(db)).map(({ role, organisation }) => `${role} at ${organisation}`)).toEqual([
    "ciso at Acme",
    "analyst at Acme",
    "manager at Acme",
    "auditor at Acme",
    "admin at Acme",
  ]);
  const connected = await db
    .select()
    .from(accounts)
    .where(eq(accounts.organisationId, organisationId))
    .orderBy(asc(accounts.externalId));
  expect(connected.map(({ externalId, connection }) => ({ externalId, connection }))).toEqual(
    acmeAccounts.map(({ id, roleArn, externalId }) => ({
      externalId: id,
      connection: { type: "assume_role", roleArn, externalId, endpointUrl: sandboxUrl },
    })),
  );
  const begun = [
    "organisation.create",
    ...Array.from({ length: 5 }, () => "user.create"),
    ...acmeAccounts.flatMap(() => ["account.connect", "account.set_write_identity"]),
  ];
  expect(await actionsOf(organisationId)).toEqual(begun);

  // Again, before any scan: nothing new, and the first scan is still due.
  expect(await bootstrap({ db, env: sandbox, sandboxUrl })).toEqual({ ...first, accounts: [] });
  await db.insert(scans).values({
    organisationId,
    trigger: "connect",
    scope: { accountIds: [], regions: [], services: [], checks: [] },
  });
  const later = await bootstrap({ db, env: sandbox, sandboxUrl });
  expect(later).toEqual({ ...first, accounts: [], firstScan: false });
  expect(await actionsOf(organisationId)).toEqual(begun);

  // The sandbox cloud listens elsewhere now.
  const elsewhere = await listenAsSandbox();
  await bootstrap({ db, env: sandbox, sandboxUrl: elsewhere });
  expect(await actionsOf(organisationId)).toEqual([
    ...begun,
    ...acmeAccounts.flatMap(() => ["account.edit", "account.set_write_identity"]),
  ]);
  const [moved] = await db.select().from(accounts).where(eq(accounts.organisationId, organisationId));
  expect(moved?.connection).toMatchObject({ endpointUrl: elsewhere });
});

test("without the sandbox cloud's address the sandbox can't be set up", async () => {
  await expect(bootstrap({ db, env: sandbox, sandboxUrl: undefined })).rejects.toThrow(/PARAPET_SANDBOX_URL/);
});

test("a real installation gets a link until it has an administrator, and no personas", async () => {
  const first = await bootstrap({ db, env: real, sandboxUrl: undefined });
  const second = await bootstrap({ db, env: real, sandboxUrl: undefined });
  expect(first).toEqual({
    organisationId: second.organisationId,
    setupUrl: expect.stringMatching(/^https:\/\/parapet\.example\.com\/setup\?token=[\w-]{43}$/),
    accounts: [],
    firstScan: false,
    notes: [expect.stringContaining("once and within 24 hours"), first.setupUrl],
  });
  expect(second.setupUrl).not.toBe(first.setupUrl);
  const { organisationId } = first;
  expect(await db.select().from(users).where(eq(users.organisationId, organisationId))).toEqual([]);

  const give = (setupUrl: string | null) =>
    createAdministratorByLink(
      db,
      {
        token: new URL(String(setupUrl)).searchParams.get("token") ?? "",
        organisationName: "Harbour Ltd",
        name: "Maria Okafor",
        email: "maria@harbour.example",
        password: "a quiet harbour at dusk",
      },
      { address: null, userAgent: null },
    );
  await expect(give(first.setupUrl)).rejects.toMatchObject({ code: "conflict" });
  await give(second.setupUrl);
  expect(await bootstrap({ db, env: real, sandboxUrl: undefined })).toEqual({
    organisationId,
    setupUrl: null,
    accounts: [],
    firstScan: false,
    notes: ["Sign in with e-mail and password."],
  });
  expect(await actionsOf(organisationId)).toEqual([
    "organisation.create",
    "setup.issue-link",
    "setup.issue-link",
    "session.sign-in",
    "user.create",
  ]);
  const [organisation] = await db.select().from(organisations).where(eq(organisations.id, organisationId));
  expect(organisation).toMatchObject({ name: "Harbour Ltd", sandbox: false });
});

test("starts at the same time make one organisation", async () => {
  const all = await Promise.all(
    [1, 2, 3].map(() => bootstrap({ db: concurrent.db, env: real, sandboxUrl: undefined })),
  );
  expect(new Set(all.map(({ organisationId }) => organisationId)).size).toBe(1);
  expect(await concurrent.db.select().from(organisations)).toHaveLength(1);
});
