"use client";
import { useState, useTransition } from "react";
import { Button } from "#components/ui/button.tsx";
import { Field, Input } from "#components/ui/field.tsx";
import { changePasswordAction } from "../actions.ts";

const empty = { present: "", next: "", repeated: "" };

/** Asks for the present password as well: a browser left open is not enough. */
export function PasswordForm({ email }: { email: string }) {
  const [typed, setTyped] = useState(empty);
  const [problem, setProblem] = useState<{ message: string; fields: Readonly<Record<string, string>> }>();
  const [done, setDone] = useState("");
  const [pending, start] = useTransition();
  const save = () =>
    start(async () => {
      setDone("");
      if (typed.next !== typed.repeated) {
        const message = "The two are not the same.";
        setProblem({ message, fields: { repeated: message } });
        return;
      }
      const result = await changePasswordAction(typed.present, typed.next);
      setProblem(result.ok ? undefined : result);
      if (!result.ok) return;
      setTyped(empty);
      const { sessionsEnded } = result.value;
      setDone(
        sessionsEnded === 0
          ? "Your password is changed."
          : `Your password is changed, and ${sessionsEnded === 1 ? "your other session has" : `${sessionsEnded} other sessions have`} ended.`,
      );
    });
  const fields = problem?.fields ?? {};
  const field = (name: keyof typeof empty, label: string, autoComplete: string, hint?: string) => (
    <Field label={label} htmlFor={name} problem={fields[name]} {...(hint ? { hint } : {})}>
      <Input
        id={name}
        type="password"
        required
        maxLength={256}
        autoComplete={autoComplete}
        value={typed[name]}
        aria-invalid={fields[name] !== undefined}
        onChange={({ target }) => setTyped({ ...typed, [name]: target.value })}
      />
    </Field>
  );
  return (
    <form
      className="grid max-w-sm gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (!pending) save();
      }}
    >
      {problem && Object.keys(fields).length === 0 ? (
        <p role="alert" className="rounded bg-critical-soft px-3 py-2.5 text-14 text-ink">
          {problem.message}
        </p>
      ) : null}
      {/* Password managers keep the new password under this. */}
      <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
      {field("present", "Present password", "current-password")}
      {field(
        "next",
        "New password",
        "new-password",
        "At least 12 characters; a few unrelated words will do.",
      )}
      {field("repeated", "New password once more", "new-password")}
      <Button type="submit" aria-disabled={pending} className="justify-self-start">
        {pending ? "Changing…" : "Change the password"}
      </Button>
      <p role="status" className="text-13 text-ink-soft">
        {done}
      </p>
    </form>
  );
}
