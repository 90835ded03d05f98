import { and, eq, inArray, isNull, notInArray, type SQL } from "drizzle-orm";
import { accountSecrets } from "#db/accounts/schema.ts";
import type { Database, Transaction } from "#db/client.ts";
import { DomainError } from "../errors.ts";
import { secretKeyring } from "./keys.ts";
import { type SecretPlace, seal, unseal } from "./seal.ts";

/** Whose secrets: an account's or a source's, of one of its identities. */
export type SecretOwner = Omit<SecretPlace, "name" | "owner"> & {
  owner: { kind: "account" | "source"; id: string };
};

const ownedBy = ({ organisationId, owner, identity }: SecretOwner): SQL | undefined =>
  and(
    eq(accountSecrets.organisationId, organisationId),
    owner.kind === "account"
      ? and(eq(accountSecrets.accountId, owner.id), isNull(accountSecrets.sourceId))
      : and(eq(accountSecrets.sourceId, owner.id), isNull(accountSecrets.accountId)),
    eq(accountSecrets.identity, identity),
  );

/**
 * Seals and stores secrets by name, in place of those of the same names. Throws a DomainError (`unavailable`) when there
 * is no key to seal with; the caller's transaction then keeps everything as it was.
 */
export async function storeSecrets(
  tx: Transaction,
  owner: SecretOwner,
  secrets: Readonly<Record<string, string>>,
): Promise<void> {
  const entries = Object.entries(secrets);
  if (entries.length === 0) return;
  const key = secretKeyring()?.first;
  if (!key) {
    throw new DomainError(
      "unavailable",
      "Nothing was changed: there is no key to seal the secret with. Set PARAPET_SECRET_KEYS to 1:$(openssl rand -base64 32) for every process of Parapet, start them again, and repeat this.",
    );
  }
  const replaced = inArray(
    accountSecrets.name,
    entries.map(([name]) => name),
  );
  await tx.delete(accountSecrets).where(and(ownedBy(owner), replaced));
  await tx.insert(accountSecrets).values(
    entries.map(([name, text]) => ({
      organisationId: owner.organisationId,
      accountId: owner.owner.kind === "account" ? owner.owner.id : null,
      sourceId: owner.owner.kind === "source" ? owner.owner.id : null,
      identity: owner.identity,
      name,
      keyId: key.id,
      sealed: seal(text, { ...owner, name }, key),
    })),
  );
}

/** Removes every secret of the owner but those named. */
export async function dropSecretsExcept(
  tx: Transaction,
  owner: SecretOwner,
  kept: readonly string[],
): Promise<void> {
  await tx
    .delete(accountSecrets)
    .where(and(ownedBy(owner), kept.length > 0 ? notInArray(accountSecrets.name, [...kept]) : undefined));
}

/** The names of what is stored, without opening anything. */
export async function secretNames(db: Database | Transaction, owner: SecretOwner): Promise<string[]> {
  const rows = await db.select({ name: accountSecrets.name }).from(accountSecrets).where(ownedBy(owner));
  return rows.map(({ name }) => name).sort();
}

/** Every secret of the owner in clear: for the process that is about to use it. Throws a DomainError (`unavailable`). */
export async function openSecrets(
  db: Database | Transaction,
  owner: SecretOwner,
): Promise<Record<string, string>> {
  const rows = await db
    .select({ name: accountSecrets.name, keyId: accountSecrets.keyId, sealed: accountSecrets.sealed })
    .from(accountSecrets)
    .where(ownedBy(owner));
  const keyring = rows.length > 0 ? secretKeyring() : null;
  return Object.fromEntries(
    rows.map(({ name, keyId, sealed }) => [name, unseal(sealed, { ...owner, name }, keyId, keyring)]),
  );
}
