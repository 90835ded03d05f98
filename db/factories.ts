import { randomBytes, randomInt } from "node:crypto";
import { Scope } from "#lib/auth/scope.ts";
import { accounts } from "./accounts/schema.ts";
import type { Database, Transaction } from "./client.ts";
import { organisations, type Role, sessions, users } from "./identity/schema.ts";

/*
 * Rows for tests, and for tests alone. Each factory fills in what a test doesn't care about and makes an organisation of
 * its own unless it is given one, so tests that share a database never meet.
 */

type Store = Database | Transaction;
export type OrganisationRow = typeof organisations.$inferSelect;
export type UserRow = typeof users.$inferSelect;
export type SessionRow = typeof sessions.$inferSelect;
export type AccountRow = typeof accounts.$inferSelect;

export async function createOrganisation(
  db: Store,
  given: Partial<typeof organisations.$inferInsert> = {},
): Promise<OrganisationRow> {
  return one(
    await db
      .insert(organisations)
      .values({ name: "Test organisation", ...given })
      .returning(),
  );
}

export async function createUser(
  db: Store,
  given: Partial<typeof users.$inferInsert> = {},
): Promise<UserRow> {
  const organisationId = given.organisationId ?? (await createOrganisation(db)).id;
  const email = `user-${randomBytes(6).toString("hex")}@example.test`;
  const values = { name: "Test user", role: "analyst" as const, email, ...given, organisationId };
  return one(await db.insert(users).values(values).returning());
}

/** A session that has a day to live, of a new user unless given one. */
export async function createSession(
  db: Store,
  given: Partial<typeof sessions.$inferInsert> & { user?: UserRow } = {},
): Promise<SessionRow> {
  const { user = await createUser(db), ...row } = given;
  const expiresAt = new Date(Date.now() + 86_400_000);
  const values = { expiresAt, ...row, userId: user.id, organisationId: user.organisationId };
  return one(await db.insert(sessions).values(values).returning());
}

/** A connected AWS account with a random 12-digit id. */
export async function createAccount(
  db: Store,
  given: Partial<typeof accounts.$inferInsert> = {},
): Promise<AccountRow> {
  const organisationId = given.organisationId ?? (await createOrganisation(db)).id;
  const externalId = String(randomInt(100_000_000_000, 281_474_976_710_655));
  const connection = { type: "assume_role", roleArn: `arn:aws:iam::${externalId}:role/parapet-read` };
  const values = { cloud: "aws" as const, name: "test", externalId, connection, ...given, organisationId };
  return one(await db.insert(accounts).values(values).returning());
}

/** The scope of a new user with this role, in a new organisation unless given one. */
export async function createScope(
  db: Store,
  given: { role?: Role; organisationId?: string } = {},
): Promise<Scope> {
  return Scope.ofUser(await createUser(db, given));
}

function one<T>(rows: T[]): T {
  const [row] = rows;
  if (row === undefined) throw new Error("INSERT … RETURNING gave no row.");
  return row;
}
