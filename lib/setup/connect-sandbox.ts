import { isDeepStrictEqual } from "node:util";
import { eq } from "drizzle-orm";
import type { z } from "zod";
import { accounts, type Identity } from "#db/accounts/schema.ts";
import type { Database } from "#db/client.ts";
import { acmeScanner, acmeSubscriptions, acmeTenant } from "#sandbox/estates/acme/azure/company.ts";
import { acmeAccounts } from "#sandbox/estates/acme/company.ts";
import { acmeProjects } from "#sandbox/estates/acme/gcp/company.ts";
import { type ConnectAccountInput, connectAccount } from "../accounts/connect-account.ts";
import { editAccount } from "../accounts/edit-account.ts";
import { secretOwnerOf } from "../accounts/open-account.ts";
import type { Scope } from "../auth/scope.ts";
import type { AzureConnection } from "../clouds/azure/connection.ts";
import { DomainError } from "../errors.ts";
import { secretKeyring } from "../secrets/keys.ts";
import { openSecrets } from "../secrets/store.ts";
import { StartError } from "../start-error.ts";
import { readSandboxClouds, type SandboxClouds } from "./sandbox-clouds.ts";
import { acmeWriter, giveWriter, type WriteIdentity } from "./sandbox-writers.ts";

type Wanted = z.input<typeof ConnectAccountInput>;

const nightly = "0 3 * * *";

/**
 * Connects the sandbox cloud's accounts that are not connected yet, with an identity that reads and one that fixes are
 * made with, and has those that are reached where it listens now and by what it lets in now. An account of one's own that happens to have the id of one of them is left alone, and so
 * is Azure where there is no key to seal its secret with. Returns the ids of the newly connected ones.
 */
export async function connectSandbox(
  db: Database,
  scope: Scope,
  sandboxUrl: string | undefined,
): Promise<string[]> {
  if (!sandboxUrl)
    throw new StartError("PARAPET_SANDBOX_URL is missing: it says where the sandbox cloud listens.");
  const clouds = await readSandboxClouds(sandboxUrl);
  const present = await db.select().from(accounts).where(eq(accounts.organisationId, scope.organisationId));
  const connected: string[] = [];
  const azure = secretKeyring() ? azureAccounts(clouds) : [];
  const secretOf = (clientId: string) => azureSecret(clouds, clientId);
  for (const wanted of [...awsAccounts(sandboxUrl), ...azure, ...gcpAccounts(clouds)]) {
    const known = present.find(
      (account) => account.cloud === wanted.cloud && account.externalId === wanted.externalId,
    );
    const writer = acmeWriter(wanted, secretOf);
    if (!known) {
      const { accountId } = await connectAccount(db, scope, wanted);
      await db.update(accounts).set({ sandbox: true }).where(eq(accounts.id, accountId));
      if (writer) await giveWriter(db, scope, accountId, writer);
      connected.push(accountId);
    } else if (known.sandbox && !known.deletion) {
      await bringUpToDate(db, scope, known, wanted);
      if (writer) await bringWriterUpToDate(db, scope, known, writer);
    }
  }
  return connected;
}

async function bringUpToDate(
  db: Database,
  scope: Scope,
  known: typeof accounts.$inferSelect,
  { connection, secrets = {} }: Wanted,
): Promise<void> {
  const stored = await secretsOf(db, scope, known, "read");
  if (isDeepStrictEqual(known.connection, connection) && isDeepStrictEqual(stored, secrets)) return;
  const { id: accountId, revision } = known;
  await editAccount(db, scope, { accountId, revision, connection: { ...connection }, secrets });
}

async function bringWriterUpToDate(
  db: Database,
  scope: Scope,
  known: typeof accounts.$inferSelect,
  writer: WriteIdentity,
): Promise<void> {
  const stored = await secretsOf(db, scope, known, "write");
  if (isDeepStrictEqual({ connection: known.writeConnection, secrets: stored }, writer)) return;
  await giveWriter(db, scope, known.id, writer);
}

/** The stored secrets of one of an account's identities; null when the key that they were sealed with is gone. */
function secretsOf(
  db: Database,
  scope: Scope,
  account: typeof accounts.$inferSelect,
  identity: Identity,
): Promise<Record<string, string> | null> {
  return openSecrets(db, secretOwnerOf(scope.organisationId, account, identity)).catch((error: unknown) => {
    // The sandbox's secrets are at hand, and are sealed anew.
    if (error instanceof DomainError) return null;
    throw error;
  });
}

/** The secret of an application of Acme's directory. */
const azureSecret = ({ azure }: SandboxClouds, appId: string): string | null =>
  azure?.tenants.find(({ id }) => id === acmeTenant.id)?.principals.find(({ clientId }) => clientId === appId)
    ?.clientSecret ?? null;

const awsAccounts = (endpointUrl: string): Wanted[] =>
  acmeAccounts.map(({ id, name, environment, roleArn, externalId }) => ({
    cloud: "aws",
    externalId: id,
    name,
    environment,
    connection: { type: "assume_role", roleArn, externalId, endpointUrl },
    schedule: nightly,
  }));

/** Acme's directory and its subscriptions, all through the application that reads. */
function azureAccounts(clouds: SandboxClouds): Wanted[] {
  const { azure } = clouds;
  const clientSecret = azureSecret(clouds, acmeScanner.appId);
  if (!azure || !clientSecret) return [];
  const { url: resourceManagerUrl, authorityUrl, graphUrl, ca } = azure;
  const connection: AzureConnection = {
    type: "client_secret",
    tenantId: acmeTenant.id,
    clientId: acmeScanner.appId,
    emulator: { resourceManagerUrl, authorityUrl, graphUrl, ca },
  };
  const common = { cloud: "azure" as const, connection, secrets: { clientSecret }, schedule: nightly };
  return [
    {
      ...common,
      level: "directory",
      externalId: acmeTenant.id,
      name: `${acmeTenant.name} Directory`,
      environment: "production",
    },
    ...acmeSubscriptions.map(({ id, name, environment }) => ({
      ...common,
      externalId: id,
      name,
      environment,
    })),
  ];
}

const gcpAccounts = ({ gcp }: SandboxClouds): Wanted[] =>
  gcp
    ? acmeProjects.map(({ id, name, environment, scanner }) => ({
        cloud: "gcp",
        externalId: id,
        name,
        environment,
        connection: { type: "impersonate", serviceAccount: scanner, endpointUrl: gcp.url },
        schedule: nightly,
      }))
    : [];
