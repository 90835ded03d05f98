import type { Metadata } from "next";
import Link from "next/link";
import type { ReactNode } from "react";
import { Untrusted } from "#components/ui/untrusted.tsx";
import { roleWords } from "#components/users/role-words.ts";
import { database } from "#db/client.ts";
import { getOwnProfile } from "#db/identity/user-queries.ts";
import { requireSession } from "#lib/auth/session.ts";
import { env } from "#lib/env.ts";
import { NameForm } from "./_components/name-form.tsx";
import { PasswordForm } from "./_components/password-form.tsx";

export const metadata: Metadata = { title: "Profile" };

export default async function ProfilePage() {
  const { scope } = await requireSession();
  const profile = await getOwnProfile(database().db, scope);
  const { oidc } = env();
  const provider = oidc && profile.issuers.includes(oidc.issuer) ? oidc.name : null;
  const { name, email, role, persona, hasPassword } = profile;
  return (
    <div className="max-w-5xl px-4 pt-6 pb-20 sm:px-6">
      <h1 className="text-28 tracking-[-0.02em]">
        <Untrusted text={name} limit={100} />
      </h1>
      <p className="mt-1 text-14 text-ink-soft">
        <Untrusted text={email} limit={254} />
      </p>
      <div className="mt-8 grid gap-10">
        <Part title="What you may do">
          <p className="max-w-[64ch] text-14 text-pretty text-ink-soft">
            <span className="font-[540] text-ink">{roleWords[role].title}.</span> {roleWords[role].text}{" "}
            {saySight(profile)}
          </p>
        </Part>
        <Part title="Name">
          {persona ? (
            <Fixed>You are one of the sandbox's people, whose names are given.</Fixed>
          ) : provider && !hasPassword ? (
            <Fixed>Your name comes from {provider}, each time you sign in. Change it there.</Fixed>
          ) : (
            <NameForm key={name} name={name} />
          )}
        </Part>
        <Part title="Password">
          {persona ? (
            <Fixed>The sandbox asks for none: one click on its first page signs you in.</Fixed>
          ) : hasPassword ? (
            <PasswordForm email={email} />
          ) : (
            <Fixed>You sign in through {provider ?? "an identity provider"} and have no password here.</Fixed>
          )}
        </Part>
        <Part title="Where you are signed in">
          <p className="text-14 text-ink-soft">
            <Link
              href="/settings/sessions"
              className="text-ink underline decoration-line-strong underline-offset-4 hover:decoration-current"
            >
              Your sessions
            </Link>{" "}
            shows each browser, and ends those that aren't you.
          </p>
        </Part>
      </div>
    </div>
  );
}

function saySight({ seesAllAccounts, accounts }: { seesAllAccounts: boolean; accounts: number }): string {
  if (seesAllAccounts) return "You see every account.";
  if (accounts === 0) return "You see no account; an administrator chooses which.";
  return accounts === 1 ? "You see one account." : `You see ${accounts.toLocaleString("en")} accounts.`;
}

function Fixed({ children }: { children: ReactNode }) {
  return <p className="max-w-[64ch] text-14 text-pretty text-ink-soft">{children}</p>;
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h2 className="mb-3 text-16">{title}</h2>
      {children}
    </section>
  );
}
