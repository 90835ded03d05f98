import { asc, eq } from "drizzle-orm";
import { auditEntries } from "#db/audit/schema.ts";
import type { Database } from "#db/client.ts";
import { createOrganisation, createUser, type UserRow } from "#db/factories.ts";
import { users } from "#db/identity/schema.ts";
import { Scope } from "../auth/scope.ts";

/** An organisation with an administrator who can sign in; for tests alone. */
export async function createPeople(db: Database, given: { sandbox?: boolean } = {}) {
  const { id: organisationId } = await createOrganisation(db, given);
  const join = (more: Partial<UserRow> = {}) => createUser(db, { organisationId, ...more });
  const admin = await join({ role: "admin", passwordHash: "not a hash", name: "Ada" });
  return { organisationId, admin, scope: Scope.ofUser(admin), join };
}

export async function readUser(db: Database, userId: string): Promise<UserRow> {
  const [row] = await db.select().from(users).where(eq(users.id, userId));
  if (!row) throw new Error(`There is no user ${userId}.`);
  return row;
}

/** What the trail of an organisation says, oldest first. */
export const readTrail = (db: Database, organisationId: string) =>
  db
    .select({
      actor: auditEntries.actorId,
      action: auditEntries.action,
      object: auditEntries.objectId,
      before: auditEntries.before,
      after: auditEntries.after,
    })
    .from(auditEntries)
    .where(eq(auditEntries.organisationId, organisationId))
    .orderBy(asc(auditEntries.id));
