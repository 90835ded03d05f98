import { and, eq, gt, isNotNull, ne, sql } from "drizzle-orm";
import { accountSecrets } from "#db/accounts/schema.ts";
import { auditStreams } from "#db/audit/schema.ts";
import type { Database, Transaction } from "#db/client.ts";
import { remediationSecrets } from "#db/remediation/schema.ts";
import { appendAudit } from "../audit/append.ts";
import { Scope } from "../auth/scope.ts";
import { DomainError } from "../errors.ts";
import { stepPlaceOf } from "../remediation/step-secrets.ts";
import { channelSecretRows, countChannels, streamSecretRows } from "./audit-rows.ts";
import { type Keyring, secretKeyring } from "./keys.ts";
import { type SecretPlace, seal, unseal } from "./seal.ts";
import { batchRows, type SealedRows } from "./sealed-rows.ts";

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
  for (const table of [accountSecretRows, stepSecretRows, streamSecretRows, channelSecretRows]) {
    for (let after = ""; ; ) {
      options.signal?.throwIfAborted();
      const batch = await db.transaction((tx) => rotateBatch(tx, table, keyring, after));
      if (!batch) break;
      after = batch.last;
      rotation.resealed += batch.resealed;
      rotation.unreadable.push(...batch.unreadable);
      options.onProgress?.(rotation.resealed);
    }
  }
  // Whoever reads that all is done takes the old key away.
  const older = await Promise.all([
    db.$count(accountSecrets, ne(accountSecrets.keyId, keyring.first.id)),
    db.$count(remediationSecrets, ne(remediationSecrets.keyId, keyring.first.id)),
    db.$count(auditStreams, ne(auditStreams.secretKeyId, keyring.first.id)),
    countChannels(db, keyring.first.id),
  ]);
  const all = older.reduce((sum, count) => sum + count, 0);
  rotation.left = Math.max(0, all - rotation.unreadable.length);
  return rotation;
}

const accountSecretRows: SealedRows = {
  hold: async (tx, keyId, id) => {
    const rows = await tx
      .select()
      .from(accountSecrets)
      .where(and(ne(accountSecrets.keyId, keyId), gt(accountSecrets.id, id)))
      .orderBy(accountSecrets.id)
      .limit(batchRows)
      .for("update", { skipLocked: true });
    return rows.map((row) => ({ ...row, place: placeOf(row) }));
  },
  put: (tx, { id }, keyId, sealed) =>
    tx.update(accountSecrets).set({ keyId, sealed, rotatedAt: sql`now()` }).where(eq(accountSecrets.id, id)),
};

/** What fixes were handed out, as long as nobody has collected it. */
const stepSecretRows: SealedRows = {
  hold: async (tx, keyId, id) => {
    const rows = await tx
      .select()
      .from(remediationSecrets)
      .where(
        and(
          ne(remediationSecrets.keyId, keyId),
          gt(remediationSecrets.id, id),
          isNotNull(remediationSecrets.sealed),
        ),
      )
      .orderBy(remediationSecrets.id)
      .limit(batchRows)
      .for("update", { skipLocked: true });
    return rows.flatMap((row) =>
      row.sealed && row.keyId
        ? [{ id: row.id, keyId: row.keyId, sealed: row.sealed, place: stepPlaceOf(row) }]
        : [],
    );
  },
  put: (tx, { id }, keyId, sealed) =>
    tx.update(remediationSecrets).set({ keyId, sealed }).where(eq(remediationSecrets.id, id)),
};

async function rotateBatch(tx: Transaction, table: SealedRows, keyring: Keyring, after: string) {
  const { first } = keyring;
  const rows = await table.hold(tx, first.id, after);
  const last = rows.at(-1);
  if (!last) return null;
  const resealedBy = new Map<string, number>();
  const unreadable: Rotation["unreadable"] = [];
  for (const row of rows) {
    const { place, keyId, sealed } = row;
    const { organisationId, owner, name } = place;
    const text = openOrNull(sealed, keyId, place, keyring);
    if (text === null) {
      unreadable.push({ organisationId, owner, name, keyId });
      continue;
    }
    await table.put(tx, row, first.id, seal(text, place, first));
    resealedBy.set(organisationId, (resealedBy.get(organisationId) ?? 0) + 1);
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

function openOrNull(sealed: Uint8Array, keyId: string, place: SecretPlace, keyring: Keyring): string | null {
  try {
    return unseal(sealed, place, keyId, keyring);
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
