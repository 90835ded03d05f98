"use client";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field, Input } from "#components/ui/field.tsx";
import { Untrusted } from "#components/ui/untrusted.tsx";
import { removeSourceAction } from "../../actions.ts";

/** Says what stays, and has the organisation's name typed. */
export function RemoveSource({
  source,
  open,
  onClose,
}: {
  source: { id: string; name: string; followers: number };
  open: boolean;
  onClose: () => void;
}) {
  const router = useRouter();
  const [typed, setTyped] = useState("");
  const [problem, setProblem] = useState<string>();
  const [pending, start] = useTransition();
  const isMeant = typed.trim() === source.name;
  const close = () => {
    setTyped("");
    setProblem(undefined);
    onClose();
  };
  const remove = () =>
    start(async () => {
      const answer = await removeSourceAction(source.id, typed);
      if (!answer.ok) return setProblem(answer.fields.confirmation ?? answer.message);
      close();
      router.push("/settings/organisations");
    });
  const { followers } = source;
  return (
    <Dialog
      open={open}
      onClose={close}
      title="Remove this organisation?"
      footer={
        <>
          <Button onClick={close}>Keep it</Button>
          <Button look="danger" disabled={!isMeant || pending} onClick={remove}>
            {pending ? "Removing" : "Remove"}
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
          Its list of members goes, and nobody looks for new ones any more.{" "}
          {followers > 0
            ? `${followers === 1 ? "The account that follows it stays" : `The ${followers} accounts that follow it stay`} connected, each with a connection of its own.`
            : "No connected account follows it."}
        </p>
        <Field
          label="The organisation's name, to show that you mean it"
          htmlFor="remove-confirmation"
          hint={<Untrusted text={source.name} limit={100} className="font-[540] text-ink" />}
          problem={problem}
        >
          <Input
            id="remove-confirmation"
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
