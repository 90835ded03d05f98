import { eq } from "drizzle-orm";
import { accountSourceMembers, accountSources, accounts, type ConnectionTest } from "#db/accounts/schema.ts";
import type { Database } from "#db/client.ts";
import { createAccount } from "#db/factories.ts";
import { scanUnits } from "#db/scans/schema.ts";
import { absurdNames } from "./estate.ts";

const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000);
const tenantId = "7f0c1a52-3c1e-4d6a-9d0b-2f8e5b6a1c3d";

const test = (found: Partial<ConnectionTest>): ConnectionTest => ({
  at: ago(130).toISOString(),
  reached: null,
  error: null,
  method: null,
  missing: [],
  untold: [],
  ...found,
});

/** Accounts of the other clouds and in every state that there is, and two organisations with members to pick from. */
export async function seedAccounts(
  db: Database,
  organisationId: string,
  lastScanId: string | undefined,
): Promise<void> {
  const [source] = await db
    .insert(accountSources)
    .values({
      organisationId,
      cloud: "aws",
      name: "Acme organisation",
      connection: { type: "assume_role", roleArn: "arn:aws:iam::999988887777:role/parapet-organisation" },
      template: { type: "role", roleName: "parapet-read", externalId: "acme-4711" },
      autoConnect: true,
      environment: "production",
      scanSchedule: "0 3 * * *",
      schedule: "17 5 * * *",
      lastSync: {
        at: ago(95).toISOString(),
        error: null,
        members: 34,
        appeared: 2,
        connected: 1,
        suspended: 1,
        gone: 1,
      },
    })
    .returning();
  if (!source) throw new Error("INSERT … RETURNING gave no row.");
  await seedMembers(db, organisationId, source.id);
  await db.insert(accountSources).values({
    organisationId,
    cloud: "azure",
    name: "Azure tenant",
    connection: { type: "client_secret", tenantId, clientId: "0d9b1c7e-1111-4222-8333-444455556666" },
    template: { type: "same" },
    lastSync: {
      at: ago(20).toISOString(),
      error: "The client secret has expired (AADSTS7000222). Make a new one in Microsoft Entra ID.",
      members: 0,
      appeared: 0,
      connected: 0,
      suspended: 0,
      gone: 0,
    },
  });
  const common = { organisationId };
  await createAccount(db, {
    ...common,
    cloud: "azure",
    name: "Acme Apps",
    environment: "production",
    externalId: "3f2b8c14-9d57-4e0a-8a61-5b7c9d0e1f22",
    connection: { type: "client_secret", tenantId, clientId: "0d9b1c7e-1111-4222-8333-444455556666" },
    schedule: "0 3 * * *",
    readTest: test({
      reached: {
        identity: "0d9b1c7e-1111-4222-8333-444455556666",
        externalId: "3f2b8c14-9d57-4e0a-8a61-5b7c9d0e1f22",
        accountName: "Acme Apps",
      },
      method: "exact",
      missing: [
        { service: "keyvault", permissions: ["Microsoft.KeyVault/vaults/keys/read"] },
        {
          service: "storage",
          permissions: [
            "Microsoft.Storage/storageAccounts/blobServices/read",
            "Microsoft.Storage/storageAccounts/queueServices/read",
          ],
        },
      ],
    }),
  });
  await createAccount(db, {
    ...common,
    cloud: "azure",
    level: "directory",
    name: "Acme's directory",
    externalId: tenantId,
    connection: { type: "default", tenantId },
  });
  await createAccount(db, {
    ...common,
    cloud: "gcp",
    name: absurdNames[2] ?? "",
    environment: absurdNames[6]?.slice(0, 50) ?? null,
    externalId: "acme-analytics-prod",
    connection: {
      type: "impersonate",
      serviceAccount: "parapet-read@acme-analytics-prod.iam.gserviceaccount.com",
    },
    schedule: "*/30 2-5 * * 1-5",
  });
  await createAccount(db, {
    ...common,
    cloud: "gcp",
    name: absurdNames[1] ?? "",
    externalId: "acme-ml-dev",
    connection: { type: "application_default" },
    disabledAt: ago(60 * 24 * 9),
  });
  await createAccount(db, {
    ...common,
    name: "acme-sandbox-of-long-ago",
    disabledAt: ago(3),
    deletion: { requestedAt: ago(2).toISOString(), total: 48_213, deleted: 20_000 },
  });
  const unreachable = await createAccount(db, {
    ...common,
    name: "acme-payments",
    environment: "production",
    sourceId: source.id,
    readTest: test({
      error:
        "sts:AssumeRole: User: arn:aws:iam::999988887777:user/parapet is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::111122223333:role/parapet-read",
    }),
  });
  if (lastScanId) {
    await db.insert(scanUnits).values({
      organisationId,
      scanId: lastScanId,
      accountId: unreachable.id,
      service: "account",
      region: "global",
      status: "gap",
      gaps: 1,
      error: "The role could not be assumed: its trust policy doesn't allow it.",
      startedAt: ago(8),
      finishedAt: ago(7),
    });
  }
  const [first] = await db.select().from(accounts).where(eq(accounts.name, "acme-production"));
  if (!first) return;
  const reached = {
    identity: `arn:aws:sts::${first.externalId}:assumed-role/parapet-read/parapet`,
    externalId: first.externalId,
    accountName: "acme-prod",
  };
  await db
    .update(accounts)
    .set({
      environment: "production",
      schedule: "0 3 * * *",
      readTest: test({
        reached,
        method: "tried",
        untold: [{ service: "kms", permissions: ["kms:GetKeyRotationStatus"] }],
      }),
      writeConnection: {
        type: "assume_role",
        roleArn: `arn:aws:iam::${first.externalId}:role/parapet-write`,
        externalId: "acme-4712",
      },
      writeTest: test({ reached: { ...reached, identity: reached.identity.replace("read", "write") } }),
    })
    .where(eq(accounts.id, first.id));
}

async function seedMembers(db: Database, organisationId: string, sourceId: string): Promise<void> {
  const connected = await db
    .select({ externalId: accounts.externalId, name: accounts.name })
    .from(accounts)
    .where(eq(accounts.organisationId, organisationId));
  const others = Array.from({ length: 31 }, (_, at) => ({
    externalId: String(200_000_000_000 + at * 7_919),
    name: at === 3 ? (absurdNames[2] ?? "") : at === 4 ? (absurdNames[0] ?? "") : `acme-team-${at}`,
  }));
  await db.insert(accountSourceMembers).values(
    [...connected, ...others].map(({ externalId, name }, at) => ({
      organisationId,
      sourceId,
      externalId,
      name,
      state: at === 12 ? ("suspended" as const) : at === 20 ? ("gone" as const) : ("active" as const),
      stateSince: ago(60 * 24 * 3),
      firstSeenAt: ago(at < 6 ? 95 : 60 * 24 * 200),
      seenAt: ago(95),
    })),
  );
}
