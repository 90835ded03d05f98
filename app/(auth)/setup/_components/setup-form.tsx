"use client";
import { type ComponentProps, useActionState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Field, Input } from "#components/ui/field.tsx";
import { createAdministrator } from "../actions.ts";

export function SetupForm({ token }: { token: string }) {
  const [problem, action, pending] = useActionState(createAdministrator, null);
  const { fields = {}, typed } = problem ?? {};
  const isAboutFields = Object.keys(fields).length > 0;
  return (
    <form action={action} className="grid max-w-sm content-start gap-5">
      <input type="hidden" name="token" value={token} />
      {problem && !isAboutFields ? (
        <p role="alert" className="rounded bg-critical-soft px-3 py-2.5 text-14 text-ink">
          {problem.message}
        </p>
      ) : null}
      <FormField
        label="Organisation"
        name="organisationName"
        autoComplete="organization"
        maxLength={100}
        defaultValue={typed?.organisationName}
        problem={fields.organisationName}
      />
      <FormField
        label="Your name"
        name="name"
        autoComplete="name"
        maxLength={100}
        defaultValue={typed?.name}
        problem={fields.name}
      />
      <FormField
        label="E-mail"
        name="email"
        type="email"
        autoComplete="username"
        maxLength={254}
        defaultValue={typed?.email}
        problem={fields.email}
      />
      <FormField
        label="Password"
        name="password"
        type="password"
        autoComplete="new-password"
        minLength={12}
        maxLength={256}
        hint="At least 12 characters; a few unrelated words will do."
        problem={fields.password}
      />
      <Button type="submit" look="primary" aria-disabled={pending} className="mt-1 justify-self-start">
        {pending ? "Creating…" : "Create and sign in"}
      </Button>
    </form>
  );
}

function FormField({
  label,
  name,
  hint,
  problem,
  ...input
}: ComponentProps<"input"> & {
  label: string;
  name: string;
  hint?: string;
  problem: string | undefined;
}) {
  return (
    <Field label={label} htmlFor={name} hint={hint} problem={problem}>
      <Input
        id={name}
        name={name}
        required
        aria-invalid={problem !== undefined}
        aria-describedby={problem === undefined ? undefined : `${name}-problem`}
        {...input}
      />
    </Field>
  );
}
