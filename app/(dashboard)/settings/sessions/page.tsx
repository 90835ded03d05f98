import type { Metadata } from "next";
import { database } from "#db/client.ts";
import { listSessions } from "#db/identity/queries.ts";
import { requireSession } from "#lib/auth/session.ts";
import { RevokeOthers } from "./_components/revoke-others.tsx";
import { SessionList } from "./_components/session-list.tsx";
import { viewSession } from "./view-session.ts";

export const metadata: Metadata = { title: "Sessions" };

export default async function SessionsPage() {
  const { scope, session } = await requireSession();
  const listed = (await listSessions(database().db, scope)).map((each) => viewSession(each, session.id));
  const own = listed
    .filter((each) => each.user.id === session.user.id)
    .toSorted((a, b) => Number(b.isCurrent) - Number(a.isCurrent));
  const others = listed.filter((each) => each.user.id !== session.user.id);
  const now = new Date().toISOString();
  return (
    <div className="max-w-5xl px-4 pt-6 pb-16 sm:px-6">
      <h1 className="sr-only">Sessions</h1>
      <div className="mt-1.5 flex flex-wrap items-end justify-between gap-x-8 gap-y-4">
        <p className="max-w-[60ch] text-pretty text-14 text-ink-soft">
          <span className="mb-1 block text-20 font-[560] tracking-[-0.015em] text-ink">
            {own.length === 1
              ? "You are signed in here, and nowhere else"
              : `${own.length} browsers are signed in as you`}
          </span>
          If one of them isn't you, end it: it is out at its next click. Each ends by itself seven days after
          signing in.
        </p>
        {own.length > 1 ? <RevokeOthers keep={session.id} count={own.length - 1} /> : null}
      </div>
      <SessionList label="Your sessions" sessions={own} now={now} />
      {scope.can("users:manage") ? (
        <section className="mt-12">
          <h2 className="text-16">Everyone else in {session.organisation.name}</h2>
          {others.length > 0 ? (
            <SessionList label="Other people's sessions" sessions={others} now={now} showsUser />
          ) : (
            <p className="mt-2 text-14 text-ink-soft">Nobody else is signed in.</p>
          )}
        </section>
      ) : null}
    </div>
  );
}
