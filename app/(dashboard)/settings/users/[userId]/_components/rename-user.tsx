"use client";
import { useState, useTransition } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field, Input } from "#components/ui/field.tsx";
import { renameUserAction } from "../../actions.ts";

export function RenameUser({
  user,
  open,
  onClose,
}: {
  user: { id: string; name: string; revision: number };
  open: boolean;
  onClose: () => void;
}) {
  const [name, setName] = useState(user.name);
  const [problem, setProblem] = useState<string>();
  const [pending, start] = useTransition();
  const close = () => {
    setProblem(undefined);
    setName(user.name);
    onClose();
  };
  const rename = () =>
    start(async () => {
      const result = await renameUserAction(user.id, user.revision, name);
      setProblem(result.ok ? undefined : (result.fields.name ?? result.message));
      if (result.ok) onClose();
    });
  return (
    <Dialog
      open={open}
      onClose={close}
      title="Rename this user"
      footer={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button type="submit" form="rename-user" look="primary" aria-disabled={pending}>
            {pending ? "Renaming…" : "Rename"}
          </Button>
        </>
      }
    >
      <form
        id="rename-user"
        onSubmit={(event) => {
          event.preventDefault();
          if (!pending) rename();
        }}
      >
        <Field label="Name" htmlFor="user-name" problem={problem}>
          <Input
            id="user-name"
            value={name}
            required
            maxLength={100}
            autoComplete="off"
            aria-invalid={problem !== undefined}
            onChange={({ target }) => setName(target.value)}
          />
        </Field>
      </form>
    </Dialog>
  );
}
