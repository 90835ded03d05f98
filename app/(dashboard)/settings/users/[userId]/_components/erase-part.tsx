"use client";
import { useId, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { ConfirmByName } from "#components/ui/confirm-by-name.tsx";
import { Field, Input } from "#components/ui/field.tsx";
import { eraseUserAction } from "../../actions.ts";

const shortest = 3;

/** Erases somebody for ever, when the law or they themselves ask for it: with a reason, and their name typed. */
export function ErasePart({ user }: { user: { id: string; name: string } }) {
  const id = useId();
  const [reason, setReason] = useState("");
  const [isAsked, setAsked] = useState(false);
  const [problem, setProblem] = useState<string>();
  const ask = () => {
    const isSaid = reason.trim().length >= shortest;
    setProblem(isSaid ? undefined : "Say why, without naming them.");
    setAsked(isSaid);
  };
  const erase = async () => {
    const result = await eraseUserAction(user.id, reason);
    return result.ok ? undefined : (result.fields.reason ?? result.message);
  };
  return (
    <div className="grid max-w-xl gap-4">
      <p className="text-14 text-pretty text-ink-soft">
        Takes their name, e-mail address, password, sessions, tokens and the addresses they came from, here
        and in the audit trail, whose entries and proofs stay valid. What they wrote stays, under nobody’s
        name. Backups and exports made before keep what they hold.
      </p>
      <Field
        label="Reason"
        htmlFor={id}
        problem={problem}
        hint="It stays in the trail. Don’t name the person."
      >
        <Input
          id={id}
          value={reason}
          maxLength={500}
          autoComplete="off"
          aria-invalid={problem !== undefined}
          onChange={({ target }) => setReason(target.value)}
        />
      </Field>
      <Button look="danger" className="justify-self-start" onClick={ask}>
        Erase this person
      </Button>
      <ConfirmByName
        name={user.name}
        label="Type their name"
        title="Erase this person for ever?"
        verb="Erase"
        pendingWord="Erasing…"
        onConfirm={erase}
        open={isAsked}
        onClose={() => setAsked(false)}
      >
        The keys to their data are destroyed. Nobody can undo this, neither we nor you.
      </ConfirmByName>
    </div>
  );
}
