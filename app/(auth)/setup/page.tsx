import type { Metadata } from "next";
import { LinkButton } from "#components/ui/button.tsx";
import { database } from "#db/client.ts";
import { env } from "#lib/env.ts";
import { readSetupToken } from "#lib/setup/setup-token.ts";
import { AuthFrame } from "../_components/auth-frame.tsx";
import { SetupForm } from "./_components/setup-form.tsx";

export const metadata: Metadata = { title: "Set up" };

const spent = {
  used: {
    title: "This link has been used",
    text: "The administrator has been created. Sign in with their e-mail address and password.",
  },
  expired: {
    title: "This link has expired",
    text: "A link works for 24 hours, and only the newest one does. Start Parapet again: it prints a new link.",
  },
  unknown: {
    title: "This link is not complete",
    text: "Parapet does not know it. Copy the whole link that the last start printed, or start Parapet again for a new one.",
  },
  sandbox: {
    title: "Nothing to set up",
    text: "The sandbox comes with its people. A link that creates an administrator is printed when PARAPET_SANDBOX=off.",
  },
} as const;

export default async function SetupPage({
  searchParams,
}: {
  searchParams: Promise<{ token?: string | string[] }>;
}) {
  const { token } = await searchParams;
  const found = typeof token === "string" ? await readSetupToken(database().db, token) : null;
  if (!env().sandbox && typeof token === "string" && found?.state === "valid") {
    return (
      <AuthFrame
        title="Create the administrator"
        lead="The administrator connects cloud accounts and lets others in. There is one to begin with: you."
        note="This page works once. Of the password only a hash is kept (argon2id)."
      >
        <SetupForm token={token} />
      </AuthFrame>
    );
  }
  const state = env().sandbox
    ? "sandbox"
    : found?.state === "used" || found?.state === "expired"
      ? found.state
      : "unknown";
  return (
    <AuthFrame title={spent[state].title}>
      <div className="grid justify-items-start gap-5">
        <p className="max-w-[56ch] text-pretty text-14">{spent[state].text}</p>
        {state === "used" || state === "sandbox" ? (
          <LinkButton href="/sign-in" look="primary">
            Sign in
          </LinkButton>
        ) : null}
      </div>
    </AuthFrame>
  );
}
