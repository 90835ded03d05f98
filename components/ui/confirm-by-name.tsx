"use client";
import { type ReactNode, useId, useState, useTransition } from "react";
import { Button } from "./button.tsx";
import { Dialog } from "./dialog.tsx";
import { Field, Input } from "./field.tsx";
import { Untrusted } from "./untrusted.tsx";

/** Asks for what can't be undone, and has the thing's name typed by whoever means it. */
export function ConfirmByName({
  name,
  label,
  title,
  verb,
  pendingWord,
  onConfirm,
  open,
  onClose,
  children,
}: {
  name: string;
  /** What is to be typed. */
  label: string;
  title: string;
  verb: string;
  /** The verb while it is being done. */
  pendingWord: string;
  /** Does it, given what was typed; what kept it from being done comes back as a sentence. */
  onConfirm: (typed: string) => Promise<string | undefined>;
  open: boolean;
  onClose: () => void;
  /** What goes and what stays. */
  children: ReactNode;
}) {
  const id = useId();
  const [typed, setTyped] = useState("");
  const [problem, setProblem] = useState<string>();
  const [pending, start] = useTransition();
  const isMeant = typed.trim() === name;
  const close = () => {
    setTyped("");
    setProblem(undefined);
    onClose();
  };
  const confirm = () =>
    start(async () => {
      const failure = await onConfirm(typed);
      if (failure === undefined) close();
      else setProblem(failure);
    });
  return (
    <Dialog
      open={open}
      onClose={close}
      title={title}
      footer={
        <>
          <Button onClick={close}>Keep it</Button>
          <Button look="danger" disabled={!isMeant || pending} onClick={confirm}>
            {pending ? pendingWord : verb}
          </Button>
        </>
      }
    >
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (isMeant && !pending) confirm();
        }}
      >
        <p className="text-14 text-pretty text-ink-soft">{children}</p>
        <Field
          label={label}
          htmlFor={id}
          hint={<Untrusted text={name} limit={100} className="font-[540] text-ink" />}
          problem={problem}
        >
          <Input
            id={id}
            value={typed}
            autoComplete="off"
            spellCheck={false}
            maxLength={200}
            aria-invalid={problem !== undefined}
            onChange={({ target }) => setTyped(target.value)}
          />
        </Field>
      </form>
    </Dialog>
  );
}
