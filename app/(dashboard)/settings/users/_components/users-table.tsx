import Link from "next/link";
import { Badge } from "#components/ui/badge.tsx";
import { Time } from "#components/ui/time.tsx";
import { Untrusted } from "#components/ui/untrusted.tsx";
import { roleWords } from "#components/users/role-words.ts";
import { UserStateBadge } from "#components/users/user-state.tsx";
import type { UserView } from "#db/identity/user-queries.ts";
import { RowKeys } from "../../../../_shell/row-keys.tsx";

const head = "label-caps h-9 border-y border-line px-3 text-left font-[500] whitespace-nowrap";
const cell = "border-b border-line px-3 py-2.5";

/** One row a person; the whole row leads to them. */
export function UsersTable({
  users,
  ownId,
  now,
}: {
  users: readonly UserView[];
  ownId: string;
  now: string;
}) {
  return (
    <RowKeys className="@container">
      <table className="w-full table-fixed border-collapse text-13">
        <caption className="sr-only">Users</caption>
        <thead>
          <tr>
            <th scope="col" className={`${head} pl-4 sm:pl-6`}>
              Person
            </th>
            <th scope="col" className={`${head} w-30 max-sm:pr-4`}>
              Role
            </th>
            <th scope="col" className={`${head} hidden w-36 @2xl:table-cell`}>
              Accounts
            </th>
            <th scope="col" className={`${head} hidden w-32 @3xl:table-cell`}>
              Last seen
            </th>
            <th scope="col" className={`${head} hidden w-24 text-right @4xl:table-cell`}>
              Sessions
            </th>
            <th scope="col" className={`${head} hidden w-28 pr-4 text-right sm:pr-6 @4xl:table-cell`}>
              API tokens
            </th>
          </tr>
        </thead>
        <tbody>
          {users.map((user) => (
            <UserRow key={user.id} user={user} isSelf={user.id === ownId} now={now} />
          ))}
        </tbody>
      </table>
    </RowKeys>
  );
}

function UserRow({ user, isSelf, now }: { user: UserView; isSelf: boolean; now: string }) {
  const isOff = user.state === "disabled";
  return (
    <tr className="relative transition-colors duration-120 hover:bg-hover">
      <td className={`${cell} pl-4 sm:pl-6`}>
        <div className="flex min-w-0 flex-wrap items-center gap-x-2.5 gap-y-1">
          <Link
            href={`/settings/users/${user.id}`}
            prefetch={false}
            className="min-w-0 truncate text-14 font-[480] outline-none before:absolute before:inset-0 focus-visible:before:outline-2 focus-visible:before:-outline-offset-2 focus-visible:before:outline-accent"
          >
            <Untrusted text={user.name} limit={100} className={isOff ? "text-ink-soft" : ""} />
          </Link>
          {isSelf ? <Badge tone="accent">You</Badge> : null}
          <UserStateBadge user={user} />
        </div>
        <div className="mt-0.5 truncate text-12 text-ink-faint">
          <Untrusted text={user.email} limit={254} />
        </div>
      </td>
      <td className={`${cell} text-ink-soft max-sm:pr-4`}>{roleWords[user.role].title}</td>
      <td className={`${cell} hidden text-ink-soft @2xl:table-cell`}>{sayAccounts(user)}</td>
      <td className={`${cell} hidden text-ink-soft @3xl:table-cell`}>
        {user.lastSeenAt ? (
          <Time at={user.lastSeenAt} now={now} />
        ) : (
          <span className="text-ink-faint">never</span>
        )}
      </td>
      <Count n={user.sessions} className="@4xl:table-cell" />
      <Count n={user.tokens} className="pr-4 sm:pr-6 @4xl:table-cell" />
    </tr>
  );
}

function Count({ n, className }: { n: number; className: string }) {
  return (
    <td className={`${cell} hidden text-right ${n === 0 ? "text-ink-faint" : "text-ink-soft"} ${className}`}>
      {n.toLocaleString("en")}
    </td>
  );
}

export function sayAccounts({ seesAllAccounts, accounts }: Pick<UserView, "seesAllAccounts" | "accounts">) {
  if (seesAllAccounts) return "All";
  if (accounts === 0) return "None";
  return accounts === 1 ? "1 account" : `${accounts.toLocaleString("en")} accounts`;
}
