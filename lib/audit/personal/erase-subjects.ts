import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import { auditSubjects } from "#db/audit/schema.ts";
import type { Store, Transaction } from "#db/client.ts";
import { users } from "#db/identity/schema.ts";
import { lookupsOf } from "./subjects.ts";

const gone = { wrappedKey: null, keyId: null, lookup: null, erasedAt: sql`now()` };

/**
 * Destroys the key of a user's data in the trail, for ever: what is recorded of them from now on is dropped. Returns
 * whether there was one.
 */
export async function eraseSubjectOfUser(
  tx: Transaction,
  organisationId: string,
  userId: string,
): Promise<boolean> {
  const had = await tx
    .update(auditSubjects)
    .set(gone)
    .where(and(isSubject(organisationId, userId), isNull(auditSubjects.erasedAt)))
    .returning({ id: auditSubjects.id });
  if (had.length > 0) return true;
  // One who was never met is erased before the first time; or at it, by a transaction that is under way.
  await tx
    .insert(auditSubjects)
    .values({ organisationId, id: userId, ...gone })
    .onConflictDoUpdate({ target: [auditSubjects.organisationId, auditSubjects.id], set: gone });
  return false;
}

const isSubject = (organisationId: string, id: string) =>
  and(eq(auditSubjects.organisationId, organisationId), eq(auditSubjects.id, id));

/** Destroys the keys of what belongs to no user. A value met again later gets another key. Returns whose keys went. */
export async function eraseValues(
  tx: Transaction,
  organisationId: string,
  values: readonly string[],
): Promise<string[]> {
  const lookups = values.flatMap((value) => lookupsOf(organisationId, value));
  if (lookups.length === 0) return [];
  const erased = await tx
    .update(auditSubjects)
    .set(gone)
    .where(and(eq(auditSubjects.organisationId, organisationId), inArray(auditSubjects.lookup, lookups)))
    .returning({ id: auditSubjects.id });
  return erased.map(({ id }) => id).sort();
}

/** The user of the organisation whose e-mail address this is. */
export async function findSubjectOfUser(
  db: Store,
  organisationId: string,
  value: string,
): Promise<string | null> {
  const [user] = await db
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.organisationId, organisationId), sql`lower(${users.email}) = lower(${value})`));
  return user?.id ?? null;
}
