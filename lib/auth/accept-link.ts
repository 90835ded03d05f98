import { and, eq, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import type { Database, Transaction } from "#db/client.ts";
import { endSessionsOf } from "#db/identity/identities.ts";
import { organisations, userLinks, users } from "#db/identity/schema.ts";
import { DomainError } from "../errors.ts";
import { defineMutation } from "../mutation.ts";
import { holdSelf } from "../users/hold-user.ts";
import { hashLinkToken, isOpenLink, type UserLinkKind, voidLinks } from "../users/user-links.ts";
import { type Client, openSession } from "./open-session.ts";
import { hashPassword } from "./password.ts";
import { passwordWeakness } from "./password-rule.ts";
import { recordRefusal } from "./record-refusal.ts";
import { browserAt, Scope } from "./scope.ts";
import { countAttempt, forgiveAttempt } from "./sign-in-limit.ts";

/** Whose link it is and what for, for the page that it opens. */
export type OpenLink = { kind: UserLinkKind; name: string; email: string; organisation: string };

type Holder = OpenLink & Pick<typeof users.$inferSelect, "id" | "organisationId" | "role">;

const AcceptLinkInput = z.object({
  token: z.string().min(1).max(200),
  password: z.string().max(1_000),
  client: z.object({ address: z.string().nullable(), userAgent: z.string().nullable() }),
});

/** Sets the password that a link is for, uses the link up, ends the sessions there are and opens one. */
export const spendLink = defineMutation({
  permission: "sessions:own",
  act: { action: "user.set_password", kind: "user", id: ({ actor }) => actor.id },
  input: AcceptLinkInput,
  async run({ tx, scope, input }) {
    // First the user, as every other change of people does. Of two at once the second finds the link used.
    const user = await holdSelf(tx, scope);
    const [used] = await tx
      .update(userLinks)
      .set({ usedAt: sql`now()` })
      .where(
        and(
          eq(userLinks.tokenHash, hashLinkToken(input.token)),
          eq(userLinks.organisationId, scope.organisationId),
          eq(userLinks.userId, scope.actor.id),
          isOpenLink,
        ),
      )
      .returning({ kind: userLinks.kind });
    if (!used) throw linkIsSpent();
    if (user.disabledAt || user.persona) throw linkIsSpent();
    const passwordHash = await hashPassword(input.password);
    await tx
      .update(users)
      .set({ passwordHash, revision: user.revision + 1 })
      .where(eq(users.id, user.id));
    await voidLinks(tx, user.organisationId, user.id);
    const ended = await endSessionsOf(tx, user.id);
    await forgiveAttempt(tx, { ...attemptOf(input.client), door: "link" });
    const sessionId = await openSession(tx, user, "link", input.client);
    return {
      result: { sessionId },
      audit: {
        action: "user.set_password",
        object: { kind: "user", id: user.id },
        after: { by: used.kind, sessionsEnded: ended.length },
      },
    };
  },
});

/**
 * As `spendLink`, for who holds no more than the link: whose it is, is who acts. Whatever is wrong with the link, the answer is
 * the same. Throws `conflict` for such a link, `invalid_input` for a weak password, which leaves the link as it is, and
 * `rate_limited`.
 */
export async function acceptLink(
  db: Database,
  served: { sandbox: boolean },
  given: { token: string; password: string },
  client: Client,
): Promise<{ sessionId: string }> {
  const holder = await openByLink(db, served, given.token, client);
  const message = passwordWeakness(given.password, holder);
  if (message) {
    await db.transaction((tx) => forgiveAttempt(tx, { ...attemptOf(client), door: "link" }));
    throw new DomainError("invalid_input", `Nothing was changed. ${message}`, {
      fields: { password: message },
    });
  }
  return spendLink(db, Scope.ofUser(holder, browserAt(client.address)), { ...given, client });
}

/** What a link is for, without using it. Throws as `acceptLink` does. */
export async function readLink(
  db: Database,
  served: { sandbox: boolean },
  token: string,
  client: Client,
): Promise<OpenLink> {
  const { kind, name, email, organisation } = await openByLink(db, served, token, client);
  await db.transaction((tx) => forgiveAttempt(tx, { ...attemptOf(client), door: "link" }));
  return { kind, name, email, organisation };
}

const attemptOf = ({ address }: Client) => ({ email: null, address });

/** Counts the try; it is taken back where the link turns out to be good. */
async function openByLink(
  db: Database,
  served: { sandbox: boolean },
  token: string,
  client: Client,
): Promise<Holder> {
  const { last } = await countAttempt(db, { ...attemptOf(client), door: "link" });
  const holder = served.sandbox ? null : await findHolder(db, token);
  if (holder) return holder;
  await db.transaction((tx) =>
    recordRefusal(tx, served, null, { reason: "spent_link", client, limitReached: last, method: "link" }),
  );
  throw linkIsSpent();
}

async function findHolder(db: Database | Transaction, token: string): Promise<Holder | null> {
  const [row] = await db
    .select({
      id: users.id,
      organisationId: users.organisationId,
      role: users.role,
      kind: userLinks.kind,
      name: users.name,
      email: users.email,
      organisation: organisations.name,
    })
    .from(userLinks)
    .innerJoin(users, eq(users.id, userLinks.userId))
    .innerJoin(organisations, eq(organisations.id, users.organisationId))
    .where(
      and(
        eq(userLinks.tokenHash, hashLinkToken(token)),
        isOpenLink,
        isNull(users.disabledAt),
        eq(users.persona, false),
        eq(organisations.sandbox, false),
      ),
    );
  return row ?? null;
}

const linkIsSpent = () =>
  new DomainError(
    "conflict",
    "This link has been used, has expired, or was never made. Ask your administrator for a new one.",
  );
