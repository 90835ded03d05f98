"use client";
import { useId, useState } from "react";
import { Notice } from "#components/ui/error-state.tsx";
import { Field, Textarea } from "#components/ui/field.tsx";
import { FormDialog } from "#components/ui/form-dialog.tsx";
import { countOf } from "../_state/say-change.ts";
import type { DialogProps } from "./act-dialogs.tsx";
import { inDays } from "./dates.ts";
import { UntilChoice } from "./until-choice.tsx";

/** The longest that the server takes: a year. */
const mostDays = 365;
const leastReason = 3;

const words = {
  mute: {
    title: "Mute",
    button: "Mute",
    text: "Muted findings leave the open list and count nowhere as overdue. They come back by themselves when the time is over.",
    hint: "Such as: noise of a test account that is deleted next month.",
  },
  ask_acceptance: {
    title: "Ask to accept the risk of",
    button: "Ask for",
    text: "A manager has to grant it; somebody else than you. Until then the findings stay open.",
    hint: "What makes it bearable, and what is done about it meanwhile. The manager decides by this.",
  },
} as const;

/** A reason and an end: for muting, and for asking a manager to accept a risk. */
export function ExceptionDialog({
  asked,
  count,
  kind,
  onClose,
  onChoose,
}: DialogProps & { kind: keyof typeof words }) {
  const id = useId();
  const [reason, setReason] = useState("");
  const [until, setUntil] = useState(inDays(30));
  const [problem, setProblem] = useState<string>();
  const { title, button, text, hint } = words[kind];
  const submit = () => {
    if (reason.trim().length < leastReason) {
      setProblem("Say why, in three characters or more.");
      document.getElementById(`${id}reason`)?.focus();
      return;
    }
    onChoose({ act: kind, reason: reason.trim(), until });
  };
  return (
    <FormDialog
      onClose={onClose}
      title={`${title} ${countOf(count)}`}
      onSubmit={submit}
      action={
        <>
          {button} {countOf(count)}
        </>
      }
    >
      {asked.matching ? <Notice>{asked.matching}</Notice> : null}
      <p className="text-13 text-pretty text-ink-soft">{text}</p>
      <Field label="Reason" htmlFor={`${id}reason`} hint={hint} problem={problem}>
        <Textarea
          id={`${id}reason`}
          data-autofocus
          required
          maxLength={2_000}
          value={reason}
          aria-invalid={problem ? true : undefined}
          aria-describedby={problem ? `${id}reason-problem` : undefined}
          onChange={({ target }) => {
            setReason(target.value);
            setProblem(undefined);
          }}
          onKeyDown={(event) => {
            if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) submit();
          }}
        />
      </Field>
      <UntilChoice legend="Until" days={[30, 90]} value={until} onChange={setUntil} most={mostDays} />
    </FormDialog>
  );
}
