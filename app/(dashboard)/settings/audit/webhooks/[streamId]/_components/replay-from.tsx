"use client";
import { useId, useState, useTransition } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field, Input } from "#components/ui/field.tsx";
import { showToast } from "#components/ui/toaster.tsx";
import type { StreamView } from "#db/audit/stream-model.ts";
import { replayAction } from "../../actions.ts";

/** Sends everything again from a position of the trail on. */
export function ReplayFrom({ stream, onClose }: { stream: StreamView; onClose: () => void }) {
  const id = useId();
  const [position, setPosition] = useState("");
  const [problem, setProblem] = useState<string>();
  const [pending, start] = useTransition();
  const wanted = Number(position.replaceAll(",", ""));
  const isFine =
    position.trim() !== "" && Number.isSafeInteger(wanted) && wanted >= 0 && wanted < stream.sealed;
  const replay = () =>
    start(async () => {
      const result = await replayAction({ which: "from", streamId: stream.id, position: wanted });
      if (!result.ok) return setProblem(result.message);
      showToast({ text: `It is sent again from #${wanted.toLocaleString("en")} on.` });
      onClose();
    });
  return (
    <Dialog
      open
      onClose={onClose}
      title="Send again from a position"
      footer={
        <>
          <Button look="plain" onClick={onClose}>
            Cancel
          </Button>
          <Button look="primary" type="submit" form={`${id}form`} disabled={!isFine} aria-disabled={pending}>
            {pending ? "Asking…" : "Send again"}
          </Button>
        </>
      }
    >
      <form
        id={`${id}form`}
        noValidate
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (!pending && isFine) replay();
        }}
      >
        <p className="text-14 text-pretty text-ink-soft">
          The cursor goes back, and every entry from there on that the webhook asks for is sent once more,
          delivered before or not. A receiver knows repetitions by{" "}
          <code className="font-mono text-13">webhook-id</code>.
        </p>
        <Field
          label="Position"
          htmlFor={`${id}position`}
          hint={`A whole number from 0 to ${Math.max(0, stream.sealed - 1).toLocaleString("en")}.`}
          problem={problem}
        >
          <Input
            id={`${id}position`}
            data-autofocus
            inputMode="numeric"
            value={position}
            maxLength={16}
            autoComplete="off"
            onChange={({ target }) => setPosition(target.value)}
          />
        </Field>
      </form>
    </Dialog>
  );
}
