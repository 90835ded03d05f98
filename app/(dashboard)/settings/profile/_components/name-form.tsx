"use client";
import { useState, useTransition } from "react";
import { Button } from "#components/ui/button.tsx";
import { Field, Input } from "#components/ui/field.tsx";
import { renameSelfAction } from "../actions.ts";

export function NameForm({ name: initial }: { name: string }) {
  const [name, setName] = useState(initial);
  const [problem, setProblem] = useState<string>();
  const [pending, start] = useTransition();
  const save = () =>
    start(async () => {
      const result = await renameSelfAction(name);
      setProblem(result.ok ? undefined : (result.fields.name ?? result.message));
    });
  return (
    <form
      className="grid max-w-sm gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (!pending) save();
      }}
    >
      <Field label="What others see beside what you do" htmlFor="own-name" problem={problem}>
        <Input
          id="own-name"
          value={name}
          required
          maxLength={100}
          autoComplete="name"
          aria-invalid={problem !== undefined}
          onChange={({ target }) => setName(target.value)}
        />
      </Field>
      {name === initial ? null : (
        <Button type="submit" look="primary" aria-disabled={pending} className="justify-self-start">
          {pending ? "Saving…" : "Save the name"}
        </Button>
      )}
    </form>
  );
}
