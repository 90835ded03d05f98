"use client";
import { useState } from "react";
import { cx } from "#components/ui/class-names.ts";
import { Time } from "#components/ui/time.tsx";
import { showToast } from "#components/ui/toaster.tsx";
import { Untrusted } from "#components/ui/untrusted.tsx";
import { visibleText } from "#components/ui/visible-text.ts";
import type { FindingComment } from "#db/findings/model.ts";
import { useWorkbench } from "../_state/context.ts";
import { deleteCommentAction } from "../actions.ts";
import { CommentBox } from "./comment-box.tsx";
import { partsOf, toTyped } from "./comment-text.ts";
import { notBefore } from "./not-before.ts";

/** What somebody said; its author can change it, and take it away. */
export function Comment({ comment, findingId }: { comment: FindingComment; findingId: string }) {
  const { me, abilities, now, changed } = useWorkbench();
  const [editing, setEditing] = useState(false);
  const [doubtful, setDoubtful] = useState(false);
  const { author, body, mentions, at, editedAt, deletedAt } = comment;
  const own = author.id === me.id && abilities.triage && !deletedAt;
  const remove = async () => {
    const result = await deleteCommentAction(comment.id);
    if (!result.ok) showToast({ text: result.message, tone: "danger" });
    changed(findingId);
  };
  return (
    <li className="relative pb-4 pl-5 text-13 last:pb-0">
      <span aria-hidden className="absolute top-1 -left-[4.5px] size-2 rounded-full bg-ink-faint" />
      <div className="flex flex-wrap items-baseline gap-x-2">
        <Untrusted text={author.name} limit={80} className="font-[540]" />
        <span className="text-ink-faint">
          <Time at={at} now={notBefore(at, now)} />
          {editedAt && !deletedAt ? ", edited" : ""}
        </span>
        {own && !editing ? (
          <span className="ml-auto flex gap-3 text-ink-faint">
            <button type="button" className="hover:text-ink" onClick={() => setEditing(true)}>
              Edit
            </button>
            <button
              type="button"
              className={cx("hover:text-ink", doubtful && "text-danger")}
              onClick={() => (doubtful ? void remove() : setDoubtful(true))}
              onBlur={() => setDoubtful(false)}
            >
              {doubtful ? "Delete it?" : "Delete"}
            </button>
          </span>
        ) : null}
      </div>
      {editing ? (
        <div className="mt-2">
          <CommentBox
            findingId={findingId}
            commentId={comment.id}
            text={toTyped(body, mentions)}
            onDone={() => setEditing(false)}
          />
        </div>
      ) : deletedAt ? (
        <p className="mt-0.5 text-ink-faint">This comment was deleted.</p>
      ) : (
        <p className="mt-1 rounded border border-line bg-inset px-3 py-2 whitespace-pre-wrap text-ink">
          {partsOf(body, mentions).map((part) => (
            <bdi
              key={part.from}
              className={part.mention ? "rounded-xs bg-accent-soft px-0.5 font-[520]" : undefined}
            >
              {part.text
                .split("\n")
                .map((line) => visibleText(line))
                .join("\n")}
            </bdi>
          ))}
        </p>
      )}
    </li>
  );
}
