import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import { findingComments } from "#db/triage/schema.ts";
import { defineMutation } from "../mutation.ts";
import { CommentBody, CommentId, findMentioned, holdOwnComment, mentionsIn } from "./comment-body.ts";
import { notifyFindings } from "./notify.ts";
import { tell } from "./triage/tell.ts";

export const EditCommentInput = z.strictObject({ commentId: CommentId, body: CommentBody });

/** Rewords a comment of one's own, and tells those who are mentioned for the first time. */
export const editComment = defineMutation({
  permission: "findings:triage",
  act: { action: "comment.edit", kind: "comment", id: "commentId" },
  input: EditCommentInput,
  async run({ tx, scope, input: { commentId, body } }) {
    const comment = await holdOwnComment(tx, scope, commentId);
    const { organisationId, findingId } = comment;
    await tx
      .update(findingComments)
      .set({ body, editedAt: sql`now()` })
      .where(eq(findingComments.id, commentId));
    const before = mentionsIn(comment.body);
    const mentions = await findMentioned(tx, scope, comment.accountId, mentionsIn(body));
    await tell(
      tx,
      mentions.filter((id) => !before.includes(id)),
      { organisationId, actorId: scope.actor.id, kind: "mention", findingId, excerpt: body },
    );
    await notifyFindings(tx, organisationId, findingId);
    return {
      result: { commentId },
      audit: {
        action: "comment.edit",
        object: { kind: "comment", id: commentId },
        before: { findingId, length: comment.body.length },
        after: { findingId, length: body.length, mentions },
      },
    };
  },
});
