"use client";
import { useState, useTransition } from "react";
import { Button } from "#components/ui/button.tsx";
import { enableUserAction } from "../../actions.ts";
import { DisableUser } from "./disable-user.tsx";
import { RenameUser } from "./rename-user.tsx";

/** Renames somebody, shuts them out or lets them in again. */
export function UserActions({
  user,
  isSelf,
  mayRename,
}: {
  user: { id: string; name: string; revision: number; isDisabled: boolean };
  isSelf: boolean;
  /** False for whose name comes from the identity provider. */
  mayRename: boolean;
}) {
  const [open, setOpen] = useState<"rename" | "disable">();
  const [problem, setProblem] = useState("");
  const [pending, start] = useTransition();
  const close = () => setOpen(undefined);
  const enable = () =>
    start(async () => {
      const result = await enableUserAction(user.id, user.revision);
      setProblem(result.ok ? "" : result.message);
    });
  return (
    <div className="grid justify-items-end gap-2">
      <div className="flex flex-wrap gap-2">
        {mayRename ? <Button onClick={() => setOpen("rename")}>Rename</Button> : null}
        {user.isDisabled ? (
          <Button look="primary" aria-disabled={pending} onClick={pending ? undefined : enable}>
            {pending ? "Enabling…" : "Enable again"}
          </Button>
        ) : isSelf ? null : (
          <Button look="danger" onClick={() => setOpen("disable")}>
            Disable
          </Button>
        )}
      </div>
      {problem ? (
        <p role="alert" className="max-w-72 text-right text-13 text-danger">
          {problem}
        </p>
      ) : null}
      <DisableUser user={user} open={open === "disable"} onClose={close} />
      <RenameUser user={user} open={open === "rename"} onClose={close} />
    </div>
  );
}
