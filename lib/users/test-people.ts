import { eq } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { createOrganisation, createUser, type UserRow } from "#db/factories.ts";
import { users } from "#db/identity/schema.ts";
import { readTestTrail } from "../audit/test-trail.ts";
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
export const readTrail = async (db: Database, organisationId: string) =>
  (await readTestTrail(db, organisationId)).map(({ actorId, action, objectId, before, after }) => ({
    ...{ actor: actorId, action, object: objectId, before, after },
  }));
