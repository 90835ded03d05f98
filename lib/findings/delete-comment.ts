import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import { findingComments } from "#db/triage/schema.ts";
import { defineMutation } from "../mutation.ts";
import { CommentId, holdOwnComment } from "./comment-body.ts";
import { notifyFindings } from "./notify.ts";

export const DeleteCommentInput = z.strictObject({ commentId: CommentId });

/** Empties a comment of one's own; that there was one stays. */
export const deleteComment = defineMutation({
  permission: "findings:triage",
  act: { action: "comment.delete", kind: "comment", id: "commentId" },
  input: DeleteCommentInput,
  async run({ tx, scope, input: { commentId } }) {
    const { organisationId, findingId, body } = await holdOwnComment(tx, scope, commentId);
    await tx
      .update(findingComments)
      .set({ body: "", deletedAt: sql`now()` })
      .where(eq(findingComments.id, commentId));
    await notifyFindings(tx, organisationId, findingId);
    return {
      result: { commentId },
      audit: {
        action: "comment.delete",
        object: { kind: "comment", id: commentId },
        before: { findingId, length: body.length },
      },
    };
  },
});
