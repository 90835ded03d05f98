import { createCipheriv, createDecipheriv, createHmac, randomBytes } from "node:crypto";
import { and, eq, inArray, or, sql } from "drizzle-orm";
import { auditSubjects } from "#db/audit/schema.ts";
import type { Store } from "#db/client.ts";
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

/** Forgets the subjects that this process holds. */
export function forgetSubjects(): void {
  cache.clear();
}

/**
 * The subjects of `refs`, made in the caller's transaction where they are new. One who was erased has no key any longer.
 * Costs no query while this process holds them all, and otherwise one, and two for what is new.
 */
export async function subjectsOf(
  tx: Store,
  organisationId: string,
  refs: readonly SubjectRef[],
): Promise<(ref: SubjectRef) => Subject> {
  const named = new Map(refs.map((ref) => [nameOf(organisationId, ref), ref]));
  const found = new Map<string, Subject>();
  const now = Date.now();
  for (const name of named.keys()) {
    const held = cache.get(name);
    if (held && held.until > now) found.set(name, held.subject);
  }
  const missing = () => new Map([...named].filter(([name]) => !found.has(name)));
  const find = async () => {
    const rest = missing();
    if (rest.size === 0) return;
    for (const each of await findSubjects(tx, organisationId, rest)) {
      found.set(each.name, each.subject);
      if (each.lasting) keep(each.name, each.subject);
    }
  };
  await find();
  if (missing().size > 0) {
    await makeSubjects(tx, organisationId, [...missing().values()]);
    // Theirs, where another transaction was first and has committed.
    await find();
  }
  return (ref) => {
    const subject = found.get(nameOf(organisationId, ref));
    if (!subject) throw new Error("The subject of personal data was neither made nor found.");
    return subject;
  };
}

/** The subject, if there is one. */
export async function findSubject(
  db: Store,
  organisationId: string,
  ref: SubjectRef,
): Promise<Subject | null> {
  const [found] = await findSubjects(db, organisationId, new Map([[nameOf(organisationId, ref), ref]]));
  return found?.subject ?? null;
}

async function findSubjects(db: Store, organisationId: string, named: ReadonlyMap<string, SubjectRef>) {
  const keyring = auditKeyring();
  const byId = new Map<string, string>();
  const byLookup = new Map<string, string>();
  for (const [name, ref] of named) {
    if ("user" in ref) byId.set(ref.user, name);
    else
      for (const lookup of lookupsOf(organisationId, ref.value)) byLookup.set(lookup.toString("hex"), name);
  }
  const lookups = [...byLookup.keys()].map((hex) => Buffer.from(hex, "hex"));
  const rows = await db
    .select({
      row: auditSubjects,
      // What this very transaction made could yet be rolled back.
      lasting: sql<boolean>`${auditSubjects.createdAt} < now() - interval '1 millisecond'`,
    })
    .from(auditSubjects)
    .where(
      and(
        eq(auditSubjects.organisationId, organisationId),
        or(inArray(auditSubjects.id, [...byId.keys()]), inArray(auditSubjects.lookup, lookups)),
      ),
    );
  return rows.flatMap(({ row, lasting }) => {
    const name = byId.get(row.id) ?? (row.lookup && byLookup.get(Buffer.from(row.lookup).toString("hex")));
    return name ? [{ name, lasting, subject: { id: row.id, key: unwrapSubject(row, keyring) } }] : [];
  });
}

/** Makes subjects with new keys; those that exist by now stay as they are. */
async function makeSubjects(tx: Store, organisationId: string, refs: SubjectRef[]): Promise<void> {
  const keyring = auditKeyring();
  // Always in one order, so that of two transactions that make the same ones neither waits for the other for ever.
  const inOrder = refs
    .map((ref) => ({
      id: "user" in ref ? ref.user : newId("sub"),
      lookup: "value" in ref ? (lookupsOf(organisationId, ref.value)[0] ?? null) : null,
    }))
    .sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
  await tx
    .insert(auditSubjects)
    .values(
      inOrder.map(({ id, lookup }) => ({
        ...{ organisationId, id, lookup, keyId: keyring.first.id },
        wrappedKey: wrap(randomBytes(32), keyring, organisationId, id),
      })),
    )
    .onConflictDoNothing();
}

const orderOf = ({ id, lookup }: { id: string; lookup: Buffer | null }) => lookup?.toString("hex") ?? id;

let sweep: NodeJS.Timeout | undefined;

/** Keys stay in memory for their time and no longer, whether somebody asks again or not. */
function keep(name: string, subject: Subject): void {
  if (cache.size > 10_000) cache.clear();
  cache.set(name, { subject, until: Date.now() + cacheMs });
  if (sweep) return;
  sweep = setTimeout(() => {
    sweep = undefined;
    cache.clear();
  }, cacheMs).unref();
}

/** The same for one value in upper and in lower case. */
const nameOf = (organisationId: string, ref: SubjectRef) =>
  "user" in ref ? `${organisationId} user ${ref.user}` : `${organisationId} value ${normalised(ref.value)}`;

const normalised = (value: string) => value.trim().toLowerCase();

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
export const lookupsOf = (organisationId: string, value: string): Buffer[] =>
  [...auditKeyring().byId.values()].map(({ lookup }) =>
    createHmac("sha256", lookup)
      .update(canonicalJson([organisationId, normalised(value)]))
      .digest(),
  );

/** AES-256-GCM: 12 bytes of nonce, the ciphertext, 16 bytes of tag. */
export function close(text: Uint8Array, key: Parameters<typeof createCipheriv>[1], context: string): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(context));
  return Buffer.concat([nonce, cipher.update(text), cipher.final(), cipher.getAuthTag()]);
}

/** Something that `close` didn't enclose so: the key, the context or a byte is another. */
export class NotEnclosedError extends Error {
  override readonly name = "NotEnclosedError";
}

/** What `close` enclosed. Throws a NotEnclosedError when the key, the context or a byte is another. */
export function open(closed: Uint8Array, key: Parameters<typeof createCipheriv>[1], context: string): Buffer {
  const bytes = Buffer.from(closed);
  if (bytes.length < 28) throw new NotEnclosedError("This is too short to hold anything encrypted.");
  const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, 12)).setAAD(Buffer.from(context));
  decipher.setAuthTag(bytes.subarray(-16));
  const text = decipher.update(bytes.subarray(12, -16));
  try {
    return Buffer.concat([text, decipher.final()]);
  } catch (cause) {
    throw new NotEnclosedError("This was encrypted otherwise, or was changed since.", { cause });
  }
}
