"use client";
import { useActionState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Field, Input } from "#components/ui/field.tsx";
import { signInWithPassword } from "../actions.ts";

/** `isSecondary` where another way to sign in stands above it. */
export function PasswordForm({ next, isSecondary }: { next: string; isSecondary: boolean }) {
  const [problem, action, pending] = useActionState(signInWithPassword, null);
  return (
    <form action={action} className="grid max-w-sm content-start gap-5">
      <input type="hidden" name="next" value={next} />
      {problem ? (
        <p role="alert" className="rounded bg-critical-soft px-3 py-2.5 text-14 text-ink">
          {problem.message}
        </p>
      ) : null}
      <Field label="E-mail" htmlFor="email">
        <Input
          id="email"
          name="email"
          type="email"
          autoComplete="username"
          required
          maxLength={254}
          defaultValue={problem?.email}
        />
      </Field>
      <Field label="Password" htmlFor="password">
        <Input
          id="password"
          name="password"
          type="password"
          autoComplete="current-password"
          required
          maxLength={256}
        />
      </Field>
      <Button
        type="submit"
        look={isSecondary ? "quiet" : "primary"}
        aria-disabled={pending}
        className="mt-1 justify-self-start"
      >
        {pending ? "Signing in…" : "Sign in"}
      </Button>
    </form>
  );
}
