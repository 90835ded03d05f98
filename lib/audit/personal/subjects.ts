import { createCipheriv, createDecipheriv, createHmac, randomBytes } from "node:crypto";
import { and, eq, inArray } from "drizzle-orm";
import { auditSubjects } from "#db/audit/schema.ts";
import type { Store, Transaction } from "#db/client.ts";
import { newId } from "#db/columns.ts";
import { canonicalJson } from "../../canonical-json.ts";
import { DomainError } from "../../errors.ts";
import { type AuditKeyring, auditKeyring } from "../keys.ts";

/** Whose data it is: a user's, or that of a value which belongs to none. */
export type SubjectRef = { user: string } | { value: string };

/** A person and the key their data is committed to and encrypted under; `null` once erased. */
export type Subject = { id: string; key: Buffer | null };

/** How long another process may go on encrypting under the key of a person who was erased, in milliseconds. */
const cacheMs = 60_000;
const cache = new Map<string, { subject: Subject; until: number }>();

/** Forgets what this process holds of a subject, or of all. */
export function forgetSubjects(): void {
  cache.clear();
}

/**
 * The subject, made in the caller's transaction when it is new. A user who was erased has none any longer, nor does
 * somebody erased while the transaction ran: their data is dropped.
 */
export async function subjectOf(tx: Transaction, organisationId: string, ref: SubjectRef): Promise<Subject> {
  const keyring = auditKeyring();
  const name = canonicalJson([organisationId, ref]);
  const held = cache.get(name);
  if (held && held.until > Date.now()) return held.subject;
  const found = await findSubject(tx, organisationId, ref, keyring);
  if (found) {
    if (cache.size > 10_000) cache.clear();
    cache.set(name, { subject: found, until: Date.now() + cacheMs });
    return found;
  }
  const id = "user" in ref ? ref.user : newId("sub");
  const key = randomBytes(32);
  const made = await tx
    .insert(auditSubjects)
    .values({
      organisationId,
      id,
      lookup: "value" in ref ? lookupOf(keyring, organisationId, ref.value)[0] : null,
      wrappedKey: wrap(key, keyring, organisationId, id),
      keyId: keyring.first.id,
    })
    .onConflictDoNothing()
    .returning({ id: auditSubjects.id });
  // Not cached: should the transaction be rolled back, there is no such subject.
  if (made.length > 0) return { id, key };
  // Another transaction was first, and has committed.
  const theirs = await findSubject(tx, organisationId, ref, keyring);
  if (!theirs) throw new Error("The subject of personal data was neither made nor found.");
  return theirs;
}

/** The subject, if there is one. */
export async function findSubject(
  db: Store,
  organisationId: string,
  ref: SubjectRef,
  keyring = auditKeyring(),
): Promise<Subject | null> {
  const lookups = "value" in ref ? lookupOf(keyring, organisationId, ref.value) : [];
  const [row] = await db
    .select()
    .from(auditSubjects)
    .where(
      and(
        eq(auditSubjects.organisationId, organisationId),
        "user" in ref ? eq(auditSubjects.id, ref.user) : inArray(auditSubjects.lookup, lookups),
      ),
    )
    .limit(1);
  return row ? { id: row.id, key: unwrapSubject(row, keyring) } : null;
}

/** The key of a subject's row; `null` once erased. Throws a DomainError (`unavailable`) where the audit key is not there. */
export function unwrapSubject(
  row: { organisationId: string; id: string; wrappedKey: Uint8Array | null; keyId: string | null },
  keyring: AuditKeyring,
): Buffer | null {
  if (!row.wrappedKey || row.keyId === null) return null;
  const under = keyring.byId.get(row.keyId);
  if (!under) {
    throw new DomainError(
      "unavailable",
      `Personal data of the trail was encrypted under the key ${row.keyId}, which PARAPET_AUDIT_KEYS lacks: add it.`,
    );
  }
  return open(row.wrappedKey, under.wrap, `${row.organisationId}|${row.id}`);
}

const wrap = (key: Buffer, { first }: AuditKeyring, organisationId: string, id: string) =>
  close(key, first.wrap, `${organisationId}|${id}`);

/** By every key, newest first: a value met before a rotation keeps its subject. */
const lookupOf = (keyring: AuditKeyring, organisationId: string, value: string): Buffer[] =>
  [...keyring.byId.values()].map(({ lookup }) =>
    createHmac("sha256", lookup)
      .update(canonicalJson([organisationId, value.trim().toLowerCase()]))
      .digest(),
  );

/** AES-256-GCM: 12 bytes of nonce, the ciphertext, 16 bytes of tag. */
export function close(text: Uint8Array, key: Parameters<typeof createCipheriv>[1], context: string): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(context));
  return Buffer.concat([nonce, cipher.update(text), cipher.final(), cipher.getAuthTag()]);
}

/** What `close` enclosed. Throws when the key, the context or a byte is another. */
export function open(closed: Uint8Array, key: Parameters<typeof createCipheriv>[1], context: string): Buffer {
  const bytes = Buffer.from(closed);
  const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, 12)).setAAD(Buffer.from(context));
  decipher.setAuthTag(bytes.subarray(-16));
  return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]);
}
