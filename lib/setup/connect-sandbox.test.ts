import { asc, eq } from "drizzle-orm";
import { afterAll, expect, test } from "vitest";
import { accounts } from "#db/accounts/schema.ts";
import { auditEntries } from "#db/audit/schema.ts";
import { createOrganisation } from "#db/factories.ts";
import { createTestDatabase } from "#db/test-database.ts";
import { testAccount } from "#lib/accounts/test-account.ts";
import { newKeyring } from "#lib/accounts/test-accounts.ts";
import { removeWriteIdentity } from "#lib/accounts/write-identity.ts";
import { Scope } from "#lib/auth/scope.ts";
import { provideEmulatorKeys } from "#lib/clouds/aws/session.ts";
import { provideEmulatorCredentials } from "#lib/clouds/gcp/session.ts";
import { provideKeyring } from "#lib/secrets/keys.ts";
import { services } from "#sandbox/aws/services.ts";
import { acmeRemediator } from "#sandbox/estates/acme/azure/company.ts";
import { acmeHub, buildAcme } from "#sandbox/estates/acme.ts";
import { acmeScanner, buildAcmeAzure } from "#sandbox/estates/acme-azure.ts";
import { acmeGcpHub, buildAcmeGcp } from "#sandbox/estates/acme-gcp.ts";
import { startSandbox } from "#sandbox/server.ts";
import { connectSandbox } from "./connect-sandbox.ts";

const { db, close } = await createTestDatabase();
const estates = { estate: buildAcme(), services, azure: buildAcmeAzure(), gcp: buildAcmeGcp() };
const sandbox = await startSandbox(estates);
provideKeyring(newKeyring("2026"));
provideEmulatorKeys(sandbox.url, acmeHub);
provideEmulatorCredentials(sandbox.gcp?.url ?? "", acmeGcpHub);
afterAll(async () => {
  await sandbox.close();
  await close();
});
const { id: organisationId } = await createOrganisation(db);
const scope = Scope.ofSystem(organisationId, "setup");
const listed = () =>
  db.select().from(accounts).where(eq(accounts.organisationId, organisationId)).orderBy(asc(accounts.id));

test("every account of the sandbox is connected, once, and can be reached", { timeout: 60_000 }, async () => {
  const connected = await connectSandbox(db, scope, sandbox.url);
  const rows = await listed();
  expect(rows.map(({ cloud, level, name }) => `${cloud} ${level}: ${name}`)).toEqual([
    "aws account: Acme Production",
    "aws account: Acme Staging",
    "aws account: Acme Security Tooling",
    "azure directory: Acme Payments Directory",
    "azure account: Acme Apps",
    "azure account: Acme Data",
    "gcp account: Acme Analytics",
    "gcp account: Acme ML Development",
  ]);
  expect(rows.map(({ id }) => id)).toEqual(connected);
  expect(await connectSandbox(db, scope, sandbox.url)).toEqual([]);
  for (const { id } of rows) {
    for (const identity of ["read", "write"] as const) {
      expect(await testAccount(db, scope, id, identity)).toMatchObject({
        reached: expect.anything(),
        error: null,
      });
    }
  }
});

test("a sandbox that lets others in and listens elsewhere is followed", async () => {
  const moved = await startSandbox(estates);
  expect(await connectSandbox(db, scope, moved.url)).toEqual([]);
  const rows = await listed();
  await moved.close();
  const trail = await db.select().from(auditEntries).where(eq(auditEntries.organisationId, organisationId));
  const times = (wanted: string) => trail.filter(({ action }) => action === wanted).length;
  expect([times("account.edit"), times("account.set_write_identity")]).toEqual([8, 16]);
  // Not even what opens nothing but the sandbox is told to the trail, or kept in clear.
  for (const { clientSecret } of [acmeScanner, acmeRemediator]) {
    expect(JSON.stringify([trail, rows])).not.toContain(clientSecret);
  }
});

test("an account that was connected before fixes could be made gets what makes them", async () => {
  const [first] = await listed();
  await removeWriteIdentity(db, scope, { accountId: first?.id ?? "", revision: first?.revision ?? 0 });
  await connectSandbox(db, scope, sandbox.url);
  expect((await listed())[0]?.writeConnection).toEqual({
    type: "assume_role",
    roleArn: "arn:aws:iam::111122223333:role/ParapetRemediator",
    externalId: "acme-production-5f1c",
    endpointUrl: sandbox.url,
  });
});
