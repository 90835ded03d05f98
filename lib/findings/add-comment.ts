import { sql } from "drizzle-orm";
import { z } from "zod";
import { findingComments } from "#db/triage/schema.ts";
import { DomainError } from "../errors.ts";
import { defineMutation } from "../mutation.ts";
import { CommentBody, findMentioned, mentionsIn } from "./comment-body.ts";
import { notifyFindings } from "./notify.ts";
import { isVisible } from "./triage/choose.ts";
import { cleaned } from "./triage/cleaned.ts";
import { tell } from "./triage/tell.ts";

export const AddCommentInput = z.strictObject({ findingId: z.string().min(1).max(80), body: CommentBody });

/** Comments on a finding, and tells those who are mentioned. The trail keeps its length and mentions, never its text. */
export const addComment = defineMutation({
  permission: "findings:triage",
  act: { action: "comment.add", kind: "comment" },
  input: AddCommentInput,
  async run({ tx, scope, input }) {
    const { findingId, body } = cleaned(input);
    const { organisationId } = scope;
    if (scope.actor.kind !== "user") throw new DomainError("forbidden", "Only a person can comment.");
    const [finding] = await tx.execute<{ accountId: string }>(sql`
      select f.account_id as "accountId" from findings f where f.id = ${findingId} and ${isVisible(scope)}
    `);
    if (!finding) throw new DomainError("not_found", "There is no such finding.");
    const [comment] = await tx
      .insert(findingComments)
      .values({ organisationId, findingId, authorId: scope.actor.id, body })
      .returning({ id: findingComments.id });
    if (!comment) throw new Error("The comment was not written.");
    const mentions = await findMentioned(tx, scope, finding.accountId, mentionsIn(body));
    await tell(tx, mentions, {
      ...{ organisationId, actorId: scope.actor.id, kind: "mention", findingId, excerpt: body },
    });
    await notifyFindings(tx, organisationId, findingId);
    return {
      result: { commentId: comment.id },
      audit: {
        action: "comment.add",
        object: { kind: "comment", id: comment.id },
        after: { findingId, length: body.length, mentions },
      },
    };
  },
});
