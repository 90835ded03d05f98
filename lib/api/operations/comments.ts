import { z } from "zod";
import { getFinding } from "#db/findings/queries.ts";
import { AddCommentInput, addComment } from "../../findings/add-comment.ts";
import { deleteComment } from "../../findings/delete-comment.ts";
import { EditCommentInput, editComment } from "../../findings/edit-comment.ts";
import { defineOperation } from "../operation.ts";
import { Id } from "../schemas/common.ts";
import { Comment } from "../schemas/findings.ts";

const tag = "Comments";
const permission = "findings:triage";
const OfFinding = z.object({ findingId: Id });
const OfComment = z.object({ commentId: Id });
const Named = z.object({ commentId: z.string() });

export const commentOperations = [
  defineOperation({
    ...{ id: "listComments", method: "GET", path: "/findings/{findingId}/comments", tag },
    summary: "The comments on a finding, oldest first",
    permission: "findings:read",
    params: OfFinding,
    response: z.object({ data: z.array(Comment) }),
    run: async ({ db, scope, params }) => {
      const { timeline } = await getFinding(db, scope, params.findingId);
      return {
        data: timeline.flatMap((entry) => {
          if (entry.type !== "comment") return [];
          const { type: _, ...comment } = entry;
          return [comment];
        }),
      };
    },
  }),
  defineOperation({
    ...{
      id: "addComment",
      method: "POST",
      path: "/findings/{findingId}/comments",
      tag,
      permission,
      status: 201,
    },
    summary: "Comment on a finding",
    description: "Plain text; `@[usr_…]` mentions a user, who is told.",
    params: OfFinding,
    body: AddCommentInput.omit({ findingId: true }),
    response: Named,
    run: ({ db, scope, params, body }) => addComment(db, scope, { ...params, ...body }),
  }),
  defineOperation({
    ...{ id: "editComment", method: "PATCH", path: "/comments/{commentId}", tag, permission },
    summary: "Reword a comment of one's own",
    params: OfComment,
    body: EditCommentInput.omit({ commentId: true }),
    response: Named,
    run: ({ db, scope, params, body }) => editComment(db, scope, { ...params, ...body }),
  }),
  defineOperation({
    ...{ id: "deleteComment", method: "DELETE", path: "/comments/{commentId}", tag, permission },
    summary: "Empty a comment of one's own; that there was one stays",
    params: OfComment,
    run: ({ db, scope, params }) => deleteComment(db, scope, params),
  }),
];
