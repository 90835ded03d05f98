"use client";
import { useState, useTransition } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Untrusted } from "#components/ui/untrusted.tsx";
import { disableUserAction } from "../../actions.ts";

/** Asks once; it can be undone. */
export function DisableUser({
  user,
  open,
  onClose,
}: {
  user: { id: string; name: string; revision: number };
  open: boolean;
  onClose: () => void;
}) {
  const [problem, setProblem] = useState("");
  const [pending, start] = useTransition();
  const close = () => {
    setProblem("");
    onClose();
  };
  const disable = () =>
    start(async () => {
      const result = await disableUserAction(user.id, user.revision);
      if (result.ok) close();
      else setProblem(result.message);
    });
  return (
    <Dialog
      open={open}
      onClose={close}
      title="Disable this user?"
      footer={
        <>
          <Button onClick={close}>Keep them</Button>
          <Button look="danger" aria-disabled={pending} onClick={pending ? undefined : disable}>
            {pending ? "Disabling…" : "Disable"}
          </Button>
        </>
      }
    >
      <p className="text-14 text-pretty text-ink-soft">
        <Untrusted text={user.name} limit={100} className="font-[540] text-ink" /> is out at the next click:
        sessions and links end, API tokens are refused. What they did, asked and wrote stays, under their
        name. You can let them in again.
      </p>
      {problem ? (
        <p role="alert" className="mt-3 text-14 text-danger">
          {problem}
        </p>
      ) : null}
    </Dialog>
  );
}
