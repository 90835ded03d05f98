"use client";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { disableAccountAction } from "../../actions.ts";

/** Asks once; it can be undone. */
export function DisableAccount({
  accountId,
  open,
  onClose,
}: {
  accountId: string;
  open: boolean;
  onClose: () => void;
}) {
  const router = useRouter();
  const [problem, setProblem] = useState<string>();
  const [pending, start] = useTransition();
  const disable = () =>
    start(async () => {
      const result = await disableAccountAction(accountId);
      if (!result.ok) return setProblem(result.message);
      onClose();
      router.refresh();
    });
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title="Disable this account?"
      footer={
        <>
          <Button onClick={onClose}>Keep it</Button>
          <Button look="danger" disabled={pending} onClick={disable}>
            {pending ? "Disabling" : "Disable"}
          </Button>
        </>
      }
    >
      <p className="text-14 text-pretty text-ink-soft">
        It is left out of every scan until you enable it again; a scan under way lets go of it now. Its
        findings stay as they were last seen, and nothing is deleted.
      </p>
      {problem ? (
        <p role="alert" className="mt-3 text-14 text-danger">
          {problem}
        </p>
      ) : null}
    </Dialog>
  );
}
