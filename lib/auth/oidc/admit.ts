import { eq } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { findUserByAddress, type KnownUser } from "#db/identity/identities.ts";
import { type Role, userIdentities, users } from "#db/identity/schema.ts";
import { appendAudit } from "../../audit/append.ts";
import { Scope } from "../scope.ts";
import { SignInProblem } from "./problem.ts";
import type { Person } from "./sign-in.ts";

export type Admitted = { id: string; organisationId: string; role: Role };

/**
 * Makes someone who is new here a user, or ties them to the user who has their e-mail address. The latter only when the
 * operator allows it, the provider has verified the address, and nobody else at the provider has it already.
 */
export async function admitPerson(
  tx: Transaction,
  organisationId: string,
  person: Person,
  role: Role,
  { linkByEmail }: { linkByEmail: boolean },
): Promise<Admitted | SignInProblem> {
  const { issuer, subject, email, name } = person;
  if (email === null) return new SignInProblem("email_missing");
  const scope = Scope.ofSystem(organisationId, "sign-in");
  const holder = await findUserByAddress(tx, email, issuer);
  if (!holder) {
    const [user] = await tx
      .insert(users)
      .values({ organisationId, email, name, role })
      .onConflictDoNothing()
      .returning({ id: users.id, organisationId: users.organisationId, role: users.role });
    if (!user) return new SignInProblem("email_taken");
    await tx.insert(userIdentities).values({ organisationId, issuer, subject, userId: user.id });
    const object = { kind: "user", id: user.id };
    await appendAudit(tx, scope, { action: "user.create", object, after: { role, method: "oidc", issuer } });
    return user;
  }
  const isOurs = holder.organisationId === organisationId && !holder.persona;
  if (!isOurs || !linkByEmail || !person.emailVerified || holder.isAtIssuer) {
    const detail = reasonAgainst(person, holder, linkByEmail);
    return new SignInProblem("email_taken", detail, { user: isOurs ? holder : null });
  }
  if (holder.disabled) return new SignInProblem("disabled", null, { user: holder });
  await tx.insert(userIdentities).values({ organisationId, issuer, subject, userId: holder.id });
  const object = { kind: "user", id: holder.id };
  await appendAudit(tx, scope, { action: "user.link", object, after: { issuer } });
  return followProvider(tx, holder, person, role);
}

function reasonAgainst(person: Person, holder: { isAtIssuer: boolean }, linkByEmail: boolean): string {
  if (holder.isAtIssuer) return "Someone else at the provider already signs in with this e-mail address.";
  if (!linkByEmail) return "A user here has this e-mail address, and PARAPET_OIDC_LINK_BY_EMAIL is off.";
  if (!person.emailVerified)
    return "A user here has this e-mail address, which the provider has not verified.";
  return "A user of another organisation has this e-mail address.";
}

/**
 * Gives a user the role that the provider says, and its name and address to who has no password: with one, the address
 * is what they sign in by.
 */
export async function followProvider(
  tx: Transaction,
  user: KnownUser,
  person: Person,
  role: Role,
): Promise<Admitted> {
  const next = { role, name: user.name, email: user.email };
  if (!user.hasPassword) {
    next.name = person.name;
    const isNew = person.email !== null && person.email !== user.email;
    const holder = isNew ? await findUserByAddress(tx, person.email ?? "", person.issuer) : null;
    // An address that someone else has here stays theirs.
    if (isNew && (holder === null || holder.id === user.id)) next.email = person.email ?? user.email;
  }
  const fields = (["role", "name", "email"] as const).filter((field) => next[field] !== user[field]);
  const admitted = { id: user.id, organisationId: user.organisationId, role };
  if (fields.length === 0) return admitted;
  await tx.update(users).set(next).where(eq(users.id, user.id));
  await appendAudit(tx, Scope.ofSystem(user.organisationId, "sign-in"), {
    action: "user.update",
    object: { kind: "user", id: user.id },
    before: { role: user.role },
    after: { role, fields, method: "oidc" },
  });
  return admitted;
}
