"use client";
import { type KeyboardEvent, useId, useRef, useState } from "react";
import { PersonMark } from "#components/findings/person-mark.tsx";
import { Button } from "#components/ui/button.tsx";
import { Textarea } from "#components/ui/field.tsx";
import type { Person } from "#db/findings/model.ts";
import { useWorkbench } from "../_state/context.ts";
import { addCommentAction, editCommentAction } from "../actions.ts";
import { commentBoxId } from "./comment-box-id.ts";
import { mentionAt, toStored } from "./comment-text.ts";

const mostShown = 6;

/** Writes a comment, or rewords one (`commentId`). An @ opens the list of who can be mentioned. */
export function CommentBox({
  findingId,
  commentId,
  text: given = "",
  onDone,
}: {
  findingId: string;
  commentId?: string;
  text?: string;
  onDone?: () => void;
}) {
  const { people, changed } = useWorkbench();
  const base = useId();
  const box = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState(given);
  const [caret, setCaret] = useState(0);
  const [at, setAt] = useState(0);
  const [dismissed, setDismissed] = useState<number>();
  const [problem, setProblem] = useState<string>();
  const [pending, setPending] = useState(false);

  const begun = mentionAt(text, caret);
  const found =
    begun && begun.from !== dismissed
      ? people
          .filter(({ name }) => name.toLowerCase().includes(begun.begun.toLowerCase()))
          .slice(0, mostShown)
      : [];
  const current = found[Math.min(at, found.length - 1)];

  const insert = (person: Person) => {
    if (!begun) return;
    const next = `${text.slice(0, begun.from)}@${person.name} ${text.slice(caret)}`;
    const after = begun.from + person.name.length + 2;
    setText(next);
    setCaret(after);
    setAt(0);
    requestAnimationFrame(() => {
      box.current?.focus();
      box.current?.setSelectionRange(after, after);
    });
  };
  const submit = async () => {
    if (text.trim() === "" || pending) return;
    setPending(true);
    const body = toStored(text.trim(), people);
    const result = commentId
      ? await editCommentAction(commentId, body)
      : await addCommentAction(findingId, body);
    setPending(false);
    if (!result.ok) return setProblem(result.message);
    setText("");
    setProblem(undefined);
    changed(findingId);
    onDone?.();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (current && ["ArrowDown", "ArrowUp", "Enter", "Tab", "Escape"].includes(event.key)) {
      event.preventDefault();
      event.stopPropagation();
      if (event.key === "Escape") setDismissed(begun?.from);
      else if (event.key === "Enter" || event.key === "Tab") insert(current);
      else
        setAt((found.indexOf(current) + (event.key === "ArrowDown" ? 1 : -1) + found.length) % found.length);
    } else if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) {
      event.preventDefault();
      void submit();
    } else if (event.key === "Escape") {
      event.stopPropagation();
      if (onDone) onDone();
      else event.currentTarget.blur();
    }
  };
  return (
    <form
      className="relative grid gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Textarea
        ref={box}
        id={commentId ? undefined : commentBoxId}
        aria-label={commentId ? "Reword the comment" : "Comment"}
        aria-autocomplete="list"
        aria-controls={current ? `${base}list` : undefined}
        aria-activedescendant={current ? `${base}${current.id}` : undefined}
        aria-describedby={problem ? `${base}problem` : undefined}
        placeholder="Comment, @ mentions somebody"
        value={text}
        maxLength={4_000}
        className="min-h-20 text-13"
        onChange={({ target }) => {
          setText(target.value);
          setCaret(target.selectionStart);
          setAt(0);
        }}
        onSelect={({ currentTarget }) => setCaret(currentTarget.selectionStart)}
        onKeyDown={onKeyDown}
      />
      {current ? (
        <div
          id={`${base}list`}
          role="listbox"
          aria-label="People to mention"
          className="absolute top-20 left-2 z-10 w-64 rounded border border-line-strong bg-surface p-1 shadow-float"
        >
          {found.map((person) => (
            <div
              key={person.id}
              id={`${base}${person.id}`}
              role="option"
              aria-selected={person === current}
              tabIndex={-1}
              onPointerDown={(event) => {
                event.preventDefault();
                insert(person);
              }}
              className="flex min-h-8 cursor-pointer items-center rounded-sm px-2 text-13 aria-selected:bg-selected max-sm:min-h-10"
            >
              <PersonMark person={person} />
            </div>
          ))}
        </div>
      ) : null}
      {problem ? (
        <p id={`${base}problem`} role="alert" className="text-13 text-danger">
          {problem}
        </p>
      ) : null}
      <div className="flex items-center justify-end gap-2">
        <span className="mr-auto text-12 text-ink-faint max-sm:hidden">Ctrl Enter sends it</span>
        {onDone ? (
          <Button size="sm" onClick={onDone}>
            Cancel
          </Button>
        ) : null}
        <Button size="sm" type="submit" look="primary" disabled={pending || text.trim() === ""}>
          {commentId ? "Save" : "Comment"}
        </Button>
      </div>
    </form>
  );
}
