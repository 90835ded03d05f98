import { ArrowLeft } from "lucide-react";
import Link from "next/link";
import { Badge } from "#components/ui/badge.tsx";
import { Identifier } from "#components/ui/identifier.tsx";
import { Untrusted } from "#components/ui/untrusted.tsx";
import { roleWords } from "#components/users/role-words.ts";
import { UserStateBadge } from "#components/users/user-state.tsx";
import type { UserDetail } from "#db/identity/user-queries.ts";
import { UserActions } from "./user-actions.tsx";

/** Who this is, and what can be done about them as a whole. */
export function UserHead({
  user,
  isSelf,
  mayChange,
  provider,
}: {
  user: UserDetail;
  isSelf: boolean;
  mayChange: boolean;
  provider: string | null;
}) {
  const { id, name, email, role, persona, state, revision, hasPassword } = user;
  return (
    <header className="px-4 pt-5 pb-6 sm:px-6">
      <Link
        href="/settings/users"
        className="inline-flex h-8 items-center gap-1.5 text-13 text-ink-faint hover:text-ink max-sm:h-10"
      >
        <ArrowLeft aria-hidden className="size-3.5" />
        Users
      </Link>
      <div className="mt-1 flex flex-wrap items-start justify-between gap-x-6 gap-y-4">
        <div className="min-w-0 flex-1 basis-80">
          <h1 className="line-clamp-2 text-28 tracking-[-0.02em]">
            <Untrusted text={name} limit={100} />
          </h1>
          <div className="mt-2.5 flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1.5 text-13 text-ink-soft">
            <Badge>{roleWords[role].title}</Badge>
            <UserStateBadge user={user} />
            {isSelf ? <Badge tone="accent">You</Badge> : null}
            {persona ? <Badge tone="accent">Sandbox</Badge> : null}
            <Identifier value={email} what="the e-mail address" />
          </div>
        </div>
        {persona || !mayChange ? null : (
          <UserActions
            user={{ id, name, revision, isDisabled: state === "disabled" }}
            isSelf={isSelf}
            mayRename={hasPassword || provider === null}
          />
        )}
      </div>
    </header>
  );
}
