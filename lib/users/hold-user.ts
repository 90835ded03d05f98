import { and, eq, inArray, sql } from "drizzle-orm";
import { accounts, userAccounts } from "#db/accounts/schema.ts";
import type { Transaction } from "#db/client.ts";
import { organisations, userIdentities, users } from "#db/identity/schema.ts";
import type { Scope } from "../auth/scope.ts";
import { env } from "../env.ts";
import { DomainError } from "../errors.ts";
import { isErased } from "./erased.ts";

export type HeldUser = typeof users.$inferSelect & {
  /** Whether the identity provider in use knows them. */
  atProvider: boolean;
  /** False for who was invited and has not come yet. */
  canSignIn: boolean;
  /** Those they are limited to; of no account when they see all. */
  accountIds: string[];
};

/**
 * Has everyone who changes people of one organisation take turns, until the transaction ends: what two of them do at once
 * could together leave nobody in charge. Whoever sees only some accounts is refused, since people are not of any account.
 */
export async function holdPeople(tx: Transaction, scope: Scope): Promise<{ sandbox: boolean }> {
  scope.requireEveryAccount();
  const [organisation] = await tx
    .select({ sandbox: organisations.sandbox })
    .from(organisations)
    .where(eq(organisations.id, scope.organisationId))
    .for("no key update");
  if (!organisation) throw new DomainError("not_found", "There is no such organisation.");
  return organisation;
}

/** Someone of the organisation, held. Throws `not_found`, and `conflict` when they have changed since `revision`. */
export async function holdUser(
  tx: Transaction,
  scope: Scope,
  { userId, revision }: { userId: string; revision?: number },
): Promise<HeldUser> {
  await holdPeople(tx, scope);
  const user = await readHeld(tx, scope, userId);
  if (isErased(user)) {
    throw new DomainError("conflict", "Nothing was changed: this person was erased, for ever.");
  }
  if (revision !== undefined && user.revision !== revision) {
    throw new DomainError(
      "conflict",
      "Nothing was changed: this user has changed since you saw them. Look again, and repeat what you meant.",
    );
  }
  return user;
}

/** Who asks, held; for what anybody may change of oneself. */
export function holdSelf(tx: Transaction, scope: Scope): Promise<HeldUser> {
  if (scope.actor.kind !== "user") throw new DomainError("forbidden", "This is for people alone.");
  return readHeld(tx, scope, scope.actor.id);
}

async function readHeld(tx: Transaction, scope: Scope, userId: string): Promise<HeldUser> {
  const [user] = await tx
    .select()
    .from(users)
    .where(and(eq(users.id, userId), eq(users.organisationId, scope.organisationId)))
    .for("no key update");
  if (!user) throw new DomainError("not_found", "There is no such user.");
  const identities = await tx
    .select({ issuer: userIdentities.issuer })
    .from(userIdentities)
    .where(eq(userIdentities.userId, userId));
  const seen = await tx
    .select({ id: userAccounts.accountId })
    .from(userAccounts)
    .where(eq(userAccounts.userId, userId));
  return {
    ...user,
    atProvider: identities.some(({ issuer }) => issuer === env().oidc?.issuer),
    canSignIn: user.passwordHash !== null || user.persona || identities.length > 0,
    accountIds: seen.map(({ id }) => id).sort(),
  };
}

/** The people of the sandbox are part of its story: who they are is given. */
export function refusePersona(user: Pick<HeldUser, "persona" | "name">): void {
  if (!user.persona) return;
  throw new DomainError(
    "conflict",
    `Nothing was changed: ${user.name} comes with the sandbox. Only which accounts they see can be set.`,
  );
}

/** Nobody shuts the door behind themselves by accident. */
export function refuseOneself(scope: Scope, userId: string, what: string): void {
  if (scope.actor.kind !== "user" || scope.actor.id !== userId) return;
  throw new DomainError("conflict", `Nothing was changed: ${what} is for another administrator to do.`);
}

/**
 * To be called after a change of somebody: throws `conflict`, which undoes it, when they were the last administrator who can
 * sign in and sees every account.
 */
export async function keepSomeoneInCharge(tx: Transaction, before: HeldUser): Promise<void> {
  const { role, disabledAt, seesAllAccounts, canSignIn } = before;
  if (role !== "admin" || disabledAt !== null || !seesAllAccounts || !canSignIn) return;
  const [left] = await tx.execute(sql`
    select from users u where u.organisation_id = ${before.organisationId} and u.role = 'admin' and u.disabled_at is null
      and u.sees_all_accounts and (u.password_hash is not null or u.persona
        or exists (select from user_identities i where i.user_id = u.id)) limit 1
  `);
  if (left) return;
  throw new DomainError(
    "conflict",
    `Nothing was changed: ${before.name} is the last administrator who can sign in. Make somebody else one first.`,
  );
}

/** Which accounts someone sees, replaced. Throws `invalid_input` for one that the organisation doesn't have. */
export async function writeVisibility(
  tx: Transaction,
  organisationId: string,
  userId: string,
  accountIds: readonly string[],
): Promise<void> {
  await tx.delete(userAccounts).where(eq(userAccounts.userId, userId));
  if (accountIds.length === 0) return;
  const known = await tx
    .select({ id: accounts.id })
    .from(accounts)
    .where(and(eq(accounts.organisationId, organisationId), inArray(accounts.id, [...accountIds])));
  if (known.length < accountIds.length) {
    const message = "One of these accounts is not there any more. Choose again.";
    throw new DomainError("invalid_input", `Nothing was changed. ${message}`, {
      fields: { accountIds: message },
    });
  }
  await tx
    .insert(userAccounts)
    .values(accountIds.map((accountId) => ({ organisationId, userId, accountId })));
}
