"use client";
import { useId, useState, useTransition } from "react";
import { Field, Input, Textarea } from "#components/ui/field.tsx";
import { FormDialog } from "#components/ui/form-dialog.tsx";
import { placeHoldAction } from "../actions.ts";
import { stretchOf, stretchProblem } from "../stretch.ts";
import { StretchFields } from "./stretch-fields.tsx";

/** Places a legal hold. */
export function HoldDialog({ onClose }: { onClose: () => void }) {
  const id = useId();
  const [name, setName] = useState("");
  const [reason, setReason] = useState("");
  const [days, setDays] = useState({ first: "", last: "" });
  const [problems, setProblems] = useState<Readonly<Record<string, string>>>({});
  const [refusal, setRefusal] = useState<string>();
  const [pending, start] = useTransition();
  const changed = (change: () => void) => {
    change();
    setProblems({});
    setRefusal(undefined);
  };
  const submit = () => {
    const found: Record<string, string> = {};
    if (name.trim() === "") found.name = "Give it a name, such as the case's.";
    if (reason.trim().length < 3) found.reason = "Say why, in three characters or more.";
    const wrong = stretchProblem(days);
    if (wrong) found.to = wrong;
    setProblems(found);
    if (Object.keys(found).length > 0) return;
    start(async () => {
      const result = await placeHoldAction({ name: name.trim(), reason: reason.trim(), ...stretchOf(days) });
      if (result.ok) return onClose();
      setProblems(result.fields);
      setRefusal(Object.keys(result.fields).length > 0 ? undefined : result.message);
    });
  };
  const invalid = (field: string) => ({
    "aria-invalid": problems[field] ? true : undefined,
    "aria-describedby": problems[field] ? `${id}${field}-problem` : undefined,
  });
  return (
    <FormDialog
      onClose={onClose}
      title="Place a legal hold"
      onSubmit={submit}
      action={pending ? "Placing…" : "Place the hold"}
      pending={pending}
    >
      <p className="text-14 text-pretty text-ink-soft">
        Until it is lifted, no entry that it covers leaves the database, and nobody's personal data in the
        trail is erased.
      </p>
      <Field label="Name" htmlFor={`${id}name`} problem={problems.name}>
        <Input
          id={`${id}name`}
          data-autofocus
          required
          maxLength={120}
          value={name}
          {...invalid("name")}
          onChange={({ target }) => changed(() => setName(target.value))}
        />
      </Field>
      <Field label="Reason" htmlFor={`${id}reason`} problem={problems.reason}>
        <Textarea
          id={`${id}reason`}
          required
          maxLength={2_000}
          value={reason}
          {...invalid("reason")}
          onChange={({ target }) => changed(() => setReason(target.value))}
        />
      </Field>
      <StretchFields
        id={id}
        draft={days}
        problem={problems.to ?? problems.from}
        onChange={(next) => changed(() => setDays(next))}
      />
      {refusal ? (
        <p role="alert" className="text-13 text-pretty text-danger">
          {refusal}
        </p>
      ) : null}
    </FormDialog>
  );
}
