import { randomBytes } from "node:crypto";
import { and, asc, eq, ne } from "drizzle-orm";
import { auditEntries } from "#db/audit/schema.ts";
import type { Database } from "#db/client.ts";
import { createScope } from "#db/factories.ts";
import type { Scope } from "../auth/scope.ts";
import { type Keyring, keyringOf } from "../secrets/keys.ts";
import { connectAccount } from "./connect-account.ts";

/** What tests of accounts share; for tests alone. */
export const awsConnection = {
  type: "assume_role" as const,
  roleArn: "arn:aws:iam::111122223333:role/ParapetScanner",
  externalId: "acme-5f1c",
};
export const awsInput = {
  cloud: "aws" as const,
  externalId: "111122223333",
  name: "Acme Production",
  environment: "production",
  connection: awsConnection,
};

export const azureConnection = {
  type: "client_secret" as const,
  tenantId: "6a1f0c52-8d5e-4b1c-9f3a-2c7e5b90d411",
  clientId: "3f8e2a6d-7c14-4e95-b0a8-51d9c6e7f204",
};
/** A secret that is found wherever it got to. */
export const clientSecret = "hush-7c14-nobody-may-see-me-4e95";
export const azureInput = {
  cloud: "azure" as const,
  externalId: "0d2b6e7a-41f3-4c58-a9d6-7e13f2c4a801",
  name: "Acme Apps",
  connection: azureConnection,
  secrets: { clientSecret },
};

/** A keyring of new keys with these ids, the first of which seals. */
export const newKeyring = (...ids: string[]): Keyring =>
  keyringOf(ids.map((id) => ({ id, base64: randomBytes(32).toString("base64") })));

export const allButAdmin = ["ciso", "analyst", "manager", "auditor"] as const;

/** An administrator's scope with one connected account. */
export async function connected(
  db: Database,
  input: Parameters<typeof connectAccount>[2] = awsInput,
): Promise<{ scope: Scope; organisationId: string; accountId: string }> {
  const scope = await createScope(db, { role: "admin" });
  const { accountId } = await connectAccount(db, scope, input);
  return { scope, organisationId: scope.organisationId, accountId };
}

/** An organisation's trail, oldest first, without what somebody was refused. */
export const readTrail = (db: Database, organisationId: string) =>
  db
    .select({
      action: auditEntries.action,
      objectId: auditEntries.objectId,
      before: auditEntries.before,
      after: auditEntries.after,
    })
    .from(auditEntries)
    .where(and(eq(auditEntries.organisationId, organisationId), ne(auditEntries.result, "refused")))
    .orderBy(asc(auditEntries.id));
