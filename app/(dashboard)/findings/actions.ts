"use server";
import { addComment } from "#lib/findings/add-comment.ts";
import { changeFindings } from "#lib/findings/change-findings.ts";
import type { ChangeResult, FindingChange } from "#lib/findings/change-input.ts";
import { deleteComment } from "#lib/findings/delete-comment.ts";
import { deleteView } from "#lib/findings/delete-view.ts";
import { editComment } from "#lib/findings/edit-comment.ts";
import type { FindingFilter } from "#lib/findings/filter.ts";
import { saveView } from "#lib/findings/save-view.ts";
import { undoChange } from "#lib/findings/undo-change.ts";
import { updateView } from "#lib/findings/update-view.ts";
import { withdrawException } from "#lib/findings/withdraw-exception.ts";
import { type ActionResult, runAction } from "../../_actions/action.ts";

export type ChangeTarget = { ids: string[]; revision?: number } | { filter: FindingFilter; expected: number };

export async function changeFindingsAction(
  target: ChangeTarget,
  change: FindingChange,
): Promise<ActionResult<ChangeResult>> {
  return runAction(changeFindings, { target, change });
}

export async function undoChangeAction(changeId: string): Promise<ActionResult<ChangeResult>> {
  return runAction(undoChange, { changeId });
}

export async function withdrawExceptionAction(exceptionId: string) {
  return runAction(withdrawException, { exceptionId });
}

export async function addCommentAction(findingId: string, body: string) {
  return runAction(addComment, { findingId, body });
}

export async function editCommentAction(commentId: string, body: string) {
  return runAction(editComment, { commentId, body });
}

export async function deleteCommentAction(commentId: string) {
  return runAction(deleteComment, { commentId });
}

export async function saveViewAction(view: { name: string; query: string; shared: boolean }) {
  return runAction(saveView, { area: "findings", ...view });
}

export async function updateViewAction(view: {
  viewId: string;
  name?: string;
  query?: string;
  shared?: boolean;
}) {
  return runAction(updateView, view);
}

export async function deleteViewAction(viewId: string) {
  return runAction(deleteView, { viewId });
}
