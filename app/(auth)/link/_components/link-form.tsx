"use client";
import { useEffect, useState, useTransition } from "react";
import { Button, LinkButton } from "#components/ui/button.tsx";
import { Field, Input } from "#components/ui/field.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { visibleText } from "#components/ui/visible-text.ts";
import type { OpenLink } from "#lib/auth/accept-link.ts";
import { AuthFrame } from "../../_components/auth-frame.tsx";
import { type AcceptProblem, acceptLinkAction, openLinkAction } from "../actions.ts";

type State = { token: string; link: OpenLink } | { message: string } | "reading";

/** Reads the token from the fragment and takes it out of the address, so that it stays in no history. */
export function LinkForm() {
  const [state, setState] = useState<State>("reading");
  useEffect(() => {
    const open = () => {
      const token = window.location.hash.slice(1);
      if (!token) return false;
      window.history.replaceState(window.history.state, "", window.location.pathname);
      openLinkAction(token).then(
        (answer) => setState("link" in answer ? { token, link: answer.link } : answer),
        () => setState({ message: "Parapet did not answer. Open the link again in a moment." }),
      );
      return true;
    };
    if (!open()) {
      setState((before) =>
        before === "reading" ? { message: "This link is not complete. Copy the whole of it." } : before,
      );
    }
    window.addEventListener("hashchange", open);
    return () => window.removeEventListener("hashchange", open);
  }, []);
  if (state === "reading") return <Reading />;
  if ("message" in state) return <Spent message={state.message} />;
  return <PasswordForm token={state.token} link={state.link} />;
}

function Reading() {
  return (
    <AuthFrame title="One moment">
      <div aria-busy className="grid max-w-sm gap-5">
        <span className="sr-only" role="status">
          Looking at the link
        </span>
        <Skeleton className="h-15 w-full" />
        <Skeleton className="h-15 w-full" />
      </div>
    </AuthFrame>
  );
}

function Spent({ message }: { message: string }) {
  return (
    <AuthFrame title="This link doesn't work">
      <div className="grid justify-items-start gap-5">
        <p role="alert" className="max-w-[56ch] text-14 text-pretty">
          {message}
        </p>
        <LinkButton href="/sign-in">Go to sign-in</LinkButton>
      </div>
    </AuthFrame>
  );
}

function PasswordForm({ token, link }: { token: string; link: OpenLink }) {
  const [password, setPassword] = useState("");
  const [repeated, setRepeated] = useState("");
  const [problem, setProblem] = useState<AcceptProblem>();
  const [pending, start] = useTransition();
  const isInvitation = link.kind === "invitation";
  const accept = () =>
    start(async () => {
      if (password !== repeated) {
        const message = "The two are not the same.";
        setProblem({ message, fields: { repeated: message } });
        return;
      }
      setProblem(await acceptLinkAction(token, password));
    });
  const fields = problem?.fields ?? {};
  return (
    <AuthFrame
      title={isInvitation ? `Welcome, ${visibleText(link.name).slice(0, 100)}` : "Set another password"}
      lead={
        isInvitation
          ? `You are let into ${visibleText(link.organisation).slice(0, 100)}. Choose a password, and you are in.`
          : `For ${visibleText(link.name).slice(0, 100)}. Whoever is signed in as you anywhere is signed out.`
      }
      note="The link works once. Of the password only a hash is kept (argon2id)."
    >
      <form
        className="grid max-w-sm content-start gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          if (!pending) accept();
        }}
      >
        {problem && Object.keys(fields).length === 0 ? (
          <p role="alert" className="rounded bg-critical-soft px-3 py-2.5 text-14 text-ink">
            {problem.message}
          </p>
        ) : null}
        <Field label="E-mail" htmlFor="email" hint="What you sign in by from now on.">
          <Input id="email" type="email" autoComplete="username" readOnly value={link.email} />
        </Field>
        <Field
          label="Password"
          htmlFor="password"
          hint="At least 12 characters; a few unrelated words will do."
          problem={fields.password}
        >
          <Input
            id="password"
            type="password"
            autoComplete="new-password"
            required
            minLength={12}
            maxLength={256}
            value={password}
            aria-invalid={fields.password !== undefined}
            onChange={({ target }) => setPassword(target.value)}
          />
        </Field>
        <Field label="Once more" htmlFor="repeated" problem={fields.repeated}>
          <Input
            id="repeated"
            type="password"
            autoComplete="new-password"
            required
            maxLength={256}
            value={repeated}
            aria-invalid={fields.repeated !== undefined}
            onChange={({ target }) => setRepeated(target.value)}
          />
        </Field>
        <Button type="submit" look="primary" aria-disabled={pending} className="mt-1 justify-self-start">
          {pending ? "Setting it…" : "Set the password and sign in"}
        </Button>
      </form>
    </AuthFrame>
  );
}
