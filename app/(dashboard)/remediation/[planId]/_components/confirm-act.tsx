"use client";
import { type ReactNode, useState, useTransition } from "react";
import type { ActionResult } from "#app/_actions/action.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";

/** Asks once before something is done, and says what kept it from being done. */
export function ConfirmAct({
  open,
  title,
  verb,
  going,
  keep,
  isDanger = false,
  act,
  onClose,
  onDone,
  children,
}: {
  open: boolean;
  title: string;
  verb: string;
  /** The verb while it is being done. */
  going: string;
  /** What the way out is called. */
  keep: string;
  isDanger?: boolean;
  act: () => Promise<ActionResult<unknown>>;
  onClose: () => void;
  onDone: () => Promise<void>;
  /** What it means. */
  children: ReactNode;
}) {
  const [problem, setProblem] = useState<string>();
  const [pending, start] = useTransition();
  const close = () => {
    setProblem(undefined);
    onClose();
  };
  const confirm = () =>
    start(async () => {
      const result = await act();
      void onDone();
      if (result.ok) close();
      else setProblem(result.message);
    });
  const shape = "max-sm:h-12 max-sm:flex-1";
  return (
    <Dialog
      open={open}
      onClose={close}
      title={title}
      footer={
        <>
          <Button className={shape} onClick={close}>
            {keep}
          </Button>
          <Button
            look={isDanger ? "danger" : "primary"}
            className={shape}
            aria-disabled={pending}
            onClick={() => (pending ? undefined : confirm())}
          >
            {pending ? going : verb}
          </Button>
        </>
      }
    >
      <p className="text-14 text-pretty text-ink-soft">{children}</p>
      {problem ? (
        <p role="alert" className="mt-3 text-14 text-danger">
          {problem}
        </p>
      ) : null}
    </Dialog>
  );
}
