"use client";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field, Input } from "#components/ui/field.tsx";
import { Untrusted } from "#components/ui/untrusted.tsx";
import { deleteAccountAction } from "../../actions.ts";

/** Says what goes, and has the account's name typed: this can't be undone. */
export function DeleteAccount({
  account,
  open,
  onClose,
}: {
  account: { id: string; name: string; openFindings: number; resources: number };
  open: boolean;
  onClose: () => void;
}) {
  const router = useRouter();
  const [typed, setTyped] = useState("");
  const [problem, setProblem] = useState<string>();
  const [pending, start] = useTransition();
  const isMeant = typed.trim() === account.name;
  const remove = () =>
    start(async () => {
      const result = await deleteAccountAction(account.id, typed);
      if (!result.ok) return setProblem(result.fields.confirmation ?? result.message);
      onClose();
      router.push("/settings/accounts");
    });
  const close = () => {
    setTyped("");
    setProblem(undefined);
    onClose();
  };
  return (
    <Dialog
      open={open}
      onClose={close}
      title="Delete this account?"
      footer={
        <>
          <Button onClick={close}>Keep it</Button>
          <Button look="danger" disabled={!isMeant || pending} onClick={remove}>
            {pending ? "Deleting" : "Delete for good"}
          </Button>
        </>
      }
    >
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (isMeant && !pending) remove();
        }}
      >
        <p className="text-14 text-pretty text-ink-soft">
          {sayLoss(account)} Nothing is changed in the cloud itself, and the audit trail stays. This can't be
          undone; to only stop scanning it, disable it instead.
        </p>
        <Field
          label="The account's name, to show that you mean it"
          htmlFor="delete-confirmation"
          hint={<Untrusted text={account.name} limit={100} className="font-[540] text-ink" />}
          problem={problem}
        >
          <Input
            id="delete-confirmation"
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

function sayLoss({ resources, openFindings }: { resources: number; openFindings: number }): string {
  if (resources + openFindings === 0) return "It goes with its settings and its part in past scans.";
  const what = `${resources.toLocaleString("en")} ${resources === 1 ? "resource" : "resources"}`;
  const open = `${openFindings.toLocaleString("en")} open ${openFindings === 1 ? "finding" : "findings"}`;
  return `With it go ${what} and ${open} that Parapet knows, their history, and its part in past scans.`;
}
