"use client";
import { useState, useTransition } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Checkbox } from "#components/ui/field.tsx";
import type { StreamView } from "#db/audit/stream-model.ts";
import { SecretOnce } from "../../../_match/secret-once.tsx";
import { rotateStreamSecretAction } from "../../actions.ts";

/** Gives a webhook another secret, and shows it once. */
export function RotateSecret({ stream, onClose }: { stream: StreamView; onClose: () => void }) {
  const [endOldOne, setEndOldOne] = useState(false);
  const [secret, setSecret] = useState<string>();
  const [problem, setProblem] = useState<string>();
  const [pending, start] = useTransition();
  const rotate = () =>
    start(async () => {
      const result = await rotateStreamSecretAction(stream.id, stream.revision, endOldOne);
      if (result.ok) setSecret(result.value.secret);
      else setProblem(result.message);
    });
  return (
    <Dialog
      wide={secret !== undefined}
      open
      onClose={onClose}
      title={secret ? "Copy the secret now" : "New secret"}
      footer={
        secret ? (
          <Button look="primary" onClick={onClose}>
            I have copied it
          </Button>
        ) : (
          <>
            <Button look="plain" onClick={onClose}>
              Cancel
            </Button>
            <Button look="primary" aria-disabled={pending} onClick={() => pending || rotate()}>
              {pending ? "Making…" : "Make a new secret"}
            </Button>
          </>
        )
      }
    >
      {secret ? (
        <SecretOnce secret={secret} />
      ) : (
        <div className="grid gap-3">
          <p className="text-14 text-pretty text-ink-soft">
            For a day everything is signed with both, so that the receiver can change over without missing
            anything.
          </p>
          <Checkbox checked={endOldOne} onChange={({ target }) => setEndOldOne(target.checked)}>
            End the old one at once: somebody else may know it
          </Checkbox>
          {problem ? (
            <p role="alert" className="text-13 text-pretty text-danger">
              {problem}
            </p>
          ) : null}
        </div>
      )}
    </Dialog>
  );
}
