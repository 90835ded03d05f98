import type { Metadata } from "next";
import { requireOnPage } from "#app/_shell/require-on-page.ts";
import { LinkButton } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Notice } from "#components/ui/error-state.tsx";
import { database } from "#db/client.ts";
import { listUsers } from "#db/identity/user-queries.ts";
import { requireSession } from "#lib/auth/session.ts";
import { UserFilters } from "./_components/user-filters.tsx";
import { UsersTable } from "./_components/users-table.tsx";
import { arrangeUsers, sayUsers } from "./arrange-users.ts";
import { usersHref } from "./hrefs.ts";
import { parseUsersSearch, type RawSearch } from "./search-params.ts";

export const metadata: Metadata = { title: "Users" };

export default async function UsersPage({ searchParams }: { searchParams: Promise<RawSearch> }) {
  const [{ scope, session }, search] = [await requireSession(), parseUsersSearch(await searchParams)];
  await requireOnPage(scope, "users:manage");
  const all = await listUsers(database().db, scope);
  const shown = arrangeUsers(all, search);
  const { sandbox } = session.organisation;
  return (
    <>
      <header className="flex flex-wrap items-end justify-between gap-4 px-4 pt-6 pb-5 sm:px-6">
        <div>
          <h1 className="text-28 tracking-[-0.02em]">
            {all.length === 1 ? "1 user" : `${all.length.toLocaleString("en")} users`}
          </h1>
          <p className="mt-1 text-14 text-ink-soft">{sayUsers(all)}</p>
        </div>
        {sandbox || scope.accountIds ? null : (
          <LinkButton href="/settings/users/invite" look="primary">
            Invite somebody
          </LinkButton>
        )}
      </header>
      {sandbox ? (
        <div className="px-4 pb-5 sm:px-6">
          <Notice>
            These people come with the sandbox: nobody can be invited, renamed or shut out. Which accounts
            each of them sees can be tried.
          </Notice>
        </div>
      ) : null}
      {all.length > 6 || search.q || search.role || search.state ? <UserFilters search={search} /> : null}
      {shown.length > 0 ? (
        <UsersTable users={shown} ownId={session.user.id} now={new Date().toISOString()} />
      ) : (
        <div className="border-t border-line">
          <EmptyState
            title="Nobody matches these filters"
            action={
              <LinkButton href={usersHref({ q: "", role: undefined, state: undefined })}>
                Show everybody
              </LinkButton>
            }
          >
            {`None of ${all.length.toLocaleString("en")} users does.`}
          </EmptyState>
        </div>
      )}
    </>
  );
}
