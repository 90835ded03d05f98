import { sql } from "drizzle-orm";
import { z } from "zod";
import { endTokensOf } from "#db/api/queries.ts";
import type { Database, Transaction } from "#db/client.ts";
import { endSessionsOf, findUserByIdentity, type KnownUser } from "#db/identity/identities.ts";
import { countUsers, findServedOrganisation } from "#db/identity/queries.ts";
import type { Role } from "#db/identity/roles.ts";
import { appendAudit } from "../../audit/append.ts";
import { type Client, openSession } from "../open-session.ts";
import { Scope } from "../scope.ts";
import { forgiveAttempt } from "../sign-in-limit.ts";
import { admitPerson, followProvider } from "./admit.ts";
import { SignInProblem } from "./problem.ts";
import { type Claims, mapRole } from "./role-claim.ts";
import type { OidcSettings } from "./settings.ts";

const served = { sandbox: false };

/** Who the provider says has signed in. */
export type Person = {
  issuer: string;
  subject: string;
  name: string;
  /** Null when the provider names none. */
  email: string | null;
  emailVerified: boolean;
};

const claimsSchema = z.object({
  iss: z.string().min(1).max(2_000),
  sub: z.string().min(1).max(500),
  email: z.email().max(254).nullable().catch(null),
  // Some providers send their booleans as words.
  email_verified: z
    .union([z.literal(true), z.literal("true")])
    .optional()
    .catch(undefined),
  name: z.string().trim().min(1).optional().catch(undefined),
  preferred_username: z.string().trim().min(1).optional().catch(undefined),
});

type Outcome = { sessionId: string } | { problem: SignInProblem };

/**
 * Signs in whom the provider vouches for; returns the new session's id. The role is the claim's, at each sign-in anew.
 * Throws a SignInProblem for who is not let in.
 */
export async function signInWithOidc(
  db: Database,
  settings: OidcSettings,
  claims: Claims,
  client: Client,
): Promise<string> {
  const person = readPerson(claims);
  const role = mapRole(settings, claims);
  const outcome = await db.transaction(async (tx): Promise<Outcome> => {
    const organisation = await findServedOrganisation(tx, served);
    if (!organisation) return { problem: new SignInProblem("no_administrator") };
    // One at a time, so that of two first sign-ins, or two people with one address, the second sees the first.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`oidc:${organisation.id}`}, 0))`);
    const known = await findUserByIdentity(tx, { ...person, organisationId: organisation.id });
    const user = await letIn(tx, settings, organisation.id, known, person, role);
    if (user instanceof SignInProblem) return { problem: user };
    await forgiveAttempt(tx, { email: null, address: client.address });
    return { sessionId: await openSession(tx, user, "oidc", client) };
  });
  if ("problem" in outcome) throw outcome.problem;
  return outcome.sessionId;
}

async function letIn(
  tx: Transaction,
  settings: OidcSettings,
  organisationId: string,
  known: KnownUser | null,
  person: Person,
  role: Role | null,
): Promise<{ id: string; organisationId: string; role: Role } | SignInProblem> {
  if (known?.disabled) return new SignInProblem("disabled", null, { user: known });
  if (role === null) {
    if (known) await endAccess(tx, known);
    return new SignInProblem("no_role", null, { user: known });
  }
  if (known) return followProvider(tx, known, person, role);
  // The link that creates the administrator stops working with the first user; it must not end with nobody in charge.
  if (role !== "admin" && (await countUsers(tx, organisationId)) === 0)
    return new SignInProblem("no_administrator");
  return admitPerson(tx, organisationId, person, role, { linkByEmail: settings.linkByEmail });
}

/** Who has lost every role at the provider is not to go on here in a session of yesterday, nor by an API token. */
async function endAccess(tx: Transaction, user: KnownUser): Promise<void> {
  const scope = Scope.ofSystem(user.organisationId, "sign-in");
  for (const id of await endSessionsOf(tx, user.id)) {
    const after = { userId: user.id, reason: "no_role" };
    await appendAudit(tx, scope, { action: "session.revoke", object: { kind: "session", id }, after });
  }
  for (const id of await endTokensOf(tx, user.id)) {
    const after = { userId: user.id, reason: "no_role" };
    await appendAudit(tx, scope, { action: "token.revoke", object: { kind: "token", id }, after });
  }
}

function readPerson(claims: Claims): Person {
  const parsed = claimsSchema.safeParse(claims);
  if (!parsed.success) throw new SignInProblem("untrusted", "The token does not say who signed in.");
  const { iss, sub, email, email_verified, name, preferred_username } = parsed.data;
  return {
    issuer: iss,
    subject: sub,
    email,
    emailVerified: email !== null && email_verified !== undefined,
    name: (name ?? preferred_username ?? email ?? "Someone without a name").slice(0, 100),
  };
}
