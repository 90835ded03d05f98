"use client";
import { useState, useTransition } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Untrusted } from "#components/ui/untrusted.tsx";
import { revokeTokenAction } from "../actions.ts";

/** Ends a token, once that has been confirmed: whatever uses it stops working. */
export function RevokeToken({
  tokenId,
  name,
  owner,
  used,
}: {
  tokenId: string;
  name: string;
  /** Whose it is, when it is somebody else's. */
  owner: string | null;
  used: boolean;
}) {
  const [open, setOpen] = useState(false);
  const [pending, startTransition] = useTransition();
  const [problem, setProblem] = useState("");
  const revoke = () =>
    startTransition(async () => {
      const result = await revokeTokenAction(tokenId);
      if (result.ok) setOpen(false);
      else setProblem(result.message);
    });
  return (
    <>
      <Button size="sm" aria-label={`Revoke ${name}`} onClick={() => setOpen(true)}>
        Revoke
      </Button>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title="Revoke this token?"
        footer={
          <>
            <Button look="plain" onClick={() => setOpen(false)}>
              Keep it
            </Button>
            <Button look="danger" aria-disabled={pending} onClick={pending ? undefined : revoke}>
              {pending ? "Revoking…" : "Revoke"}
            </Button>
          </>
        }
      >
        <p className="text-14 text-pretty text-ink-soft">
          <Untrusted text={name} limit={80} className="font-[540] text-ink" />
          {owner ? (
            <>
              {" "}
              of <Untrusted text={owner} limit={100} />
            </>
          ) : null}{" "}
          ends at once and for ever.{" "}
          {used ? "Whatever uses it is refused from its next request on." : "Nothing has used it so far."}
        </p>
        {problem ? (
          <p role="alert" className="mt-3 text-13 text-danger">
            {problem}
          </p>
        ) : null}
      </Dialog>
    </>
  );
}
