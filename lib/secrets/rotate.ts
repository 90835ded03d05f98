import { and, eq, gt, ne, sql } from "drizzle-orm";
import { accountSecrets } from "#db/accounts/schema.ts";
import type { Database, Transaction } from "#db/client.ts";
import { appendAudit } from "../audit/append.ts";
import { Scope } from "../auth/scope.ts";
import { DomainError } from "../errors.ts";
import { type Keyring, secretKeyring } from "./keys.ts";
import { type SecretPlace, seal, unseal } from "./seal.ts";

type SecretRow = typeof accountSecrets.$inferSelect;

export type Rotation = {
  /** The key that everything is sealed under now. */
  keyId: string;
  /** Secrets sealed anew. */
  resealed: number;
  /** Those that no key of the list opens: they stay as they are, and have to be entered again. */
  unreadable: { organisationId: string; owner: SecretPlace["owner"]; name: string; keyId: string }[];
  /** Others that are still under an older key: in use at that moment, or stored by a process that has the old list. */
  left: number;
};

const batchRows = 100;

/**
 * Seals every stored secret of the installation under the first key of the list. Each batch is a transaction with its audit
 * entries, so an interrupted run goes on where it ended; one that finds nothing to do changes nothing. Two at once share
 * the work.
 */
export async function rotateSecrets(
  db: Database,
  options: { signal?: AbortSignal; onProgress?(resealed: number): void } = {},
): Promise<Rotation> {
  const keyring = secretKeyring();
  if (!keyring) {
    throw new DomainError("unavailable", "Nothing was changed: there is no key. Set PARAPET_SECRET_KEYS.");
  }
  const rotation: Rotation = { keyId: keyring.first.id, resealed: 0, unreadable: [], left: 0 };
  for (let after = ""; ; ) {
    options.signal?.throwIfAborted();
    const batch = await db.transaction((tx) => rotateBatch(tx, keyring, after));
    if (!batch) break;
    after = batch.last;
    rotation.resealed += batch.resealed;
    rotation.unreadable.push(...batch.unreadable);
    options.onProgress?.(rotation.resealed);
  }
  // Whoever reads that all is done takes the old key away.
  const older = await db.$count(accountSecrets, ne(accountSecrets.keyId, keyring.first.id));
  rotation.left = Math.max(0, older - rotation.unreadable.length);
  return rotation;
}

async function rotateBatch(tx: Transaction, keyring: Keyring, after: string) {
  const { first } = keyring;
  const rows = await tx
    .select()
    .from(accountSecrets)
    .where(and(ne(accountSecrets.keyId, first.id), gt(accountSecrets.id, after)))
    .orderBy(accountSecrets.id)
    .limit(batchRows)
    .for("update", { skipLocked: true });
  const last = rows.at(-1);
  if (!last) return null;
  const resealedBy = new Map<string, number>();
  const unreadable: Rotation["unreadable"] = [];
  for (const row of rows) {
    const place = placeOf(row);
    const text = openOrNull(row, place, keyring);
    if (text === null) {
      const { organisationId, owner, name } = place;
      unreadable.push({ organisationId, owner, name, keyId: row.keyId });
      continue;
    }
    await tx
      .update(accountSecrets)
      .set({ keyId: first.id, sealed: seal(text, place, first), rotatedAt: sql`now()` })
      .where(eq(accountSecrets.id, row.id));
    resealedBy.set(row.organisationId, (resealedBy.get(row.organisationId) ?? 0) + 1);
  }
  for (const [organisationId, resealed] of resealedBy) {
    await appendAudit(tx, Scope.ofSystem(organisationId, "rotation"), {
      action: "secrets.rotate",
      object: { kind: "secret_key", id: first.id },
      after: { resealed },
    });
  }
  return { last: last.id, resealed: [...resealedBy.values()].reduce((sum, n) => sum + n, 0), unreadable };
}

function openOrNull(row: SecretRow, place: SecretPlace, keyring: Keyring): string | null {
  try {
    return unseal(row.sealed, place, row.keyId, keyring);
  } catch (error) {
    if (error instanceof DomainError) return null;
    throw error;
  }
}

function placeOf({ organisationId, accountId, sourceId, identity, name }: SecretRow): SecretPlace {
  const owner =
    accountId !== null
      ? { kind: "account" as const, id: accountId }
      : { kind: "source" as const, id: sourceId ?? "" };
  return { organisationId, owner, identity, name };
}
