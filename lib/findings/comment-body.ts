import { and, eq, inArray, isNull, or, sql } from "drizzle-orm";
import { z } from "zod";
import type { Transaction } from "#db/client.ts";
import { users } from "#db/identity/schema.ts";
import { withoutNul } from "#db/insert-rows.ts";
import { findingComments } from "#db/triage/schema.ts";
import type { Scope } from "../auth/scope.ts";
import { DomainError } from "../errors.ts";
import { isVisible } from "./triage/choose.ts";

/** Users mentioned in one comment at most; who lists more of them means nobody in particular. */
const mostMentions = 50;

export const CommentBody = z.string().trim().min(1, "Write something.").max(4_000).transform(withoutNul);
export const CommentId = z.string().regex(/^\w{1,80}$/);

/** Ids of the users that a comment mentions as `@[usr_…]`, each once. */
export const mentionsIn = (body: string): string[] =>
  [...new Set([...body.matchAll(/@\[(usr_\w{1,76})\]/g)].map(([, id = ""]) => id))].slice(0, mostMentions);

/** Those of the mentioned who are enabled users of the organisation and see the account. */
export async function findMentioned(
  tx: Transaction,
  scope: Scope,
  accountId: string,
  mentioned: readonly string[],
): Promise<string[]> {
  if (mentioned.length === 0) return [];
  const found = await tx
    .select({ id: users.id })
    .from(users)
    .where(
      and(
        inArray(users.id, [...mentioned]),
        eq(users.organisationId, scope.organisationId),
        isNull(users.disabledAt),
        or(
          eq(users.seesAllAccounts, true),
          sql`exists (select from user_accounts v where v.user_id = ${users.id} and v.account_id = ${accountId})`,
        ),
      ),
    );
  return found.map(({ id }) => id).sort();
}

export type HeldComment = typeof findingComments.$inferSelect & { accountId: string };

/**
 * Holds a comment of one's own until the transaction ends. Throws `not_found` for one that can't be seen, `forbidden` for
 * another's, and `conflict` for one that is deleted.
 */
export async function holdOwnComment(tx: Transaction, scope: Scope, commentId: string): Promise<HeldComment> {
  const [comment] = await tx
    .select()
    .from(findingComments)
    .where(and(eq(findingComments.id, commentId), eq(findingComments.organisationId, scope.organisationId)))
    .for("no key update");
  const [finding] = comment
    ? await tx.execute<{ accountId: string }>(sql`
        select f.account_id as "accountId" from findings f where f.id = ${comment.findingId} and ${isVisible(scope)}
      `)
    : [];
  if (!comment || !finding) throw new DomainError("not_found", "There is no such comment.");
  if (comment.authorId !== scope.actor.id) {
    throw new DomainError("forbidden", "Nothing was changed: this comment is somebody else's.");
  }
  if (comment.deletedAt) throw new DomainError("conflict", "Nothing was changed: this comment was deleted.");
  return { ...comment, ...finding };
}
