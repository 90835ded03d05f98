import Link from "next/link";
import { Notice } from "#components/ui/error-state.tsx";
import { Time } from "#components/ui/time.tsx";
import { Untrusted } from "#components/ui/untrusted.tsx";
import type { AccountDetail } from "#db/accounts/queries.ts";

/** What stands in the way of seeing this account whole, each with what to do. */
export function AccountNotices({ account, now }: { account: AccountDetail; now: string }) {
  const { deletion, disabledAt, lastScan, membership, source } = account;
  const notices = [
    deletion ? (
      <Notice key="deletion" tone="danger">
        <p>
          This account is being deleted with all that was found in it.
          {deletion.total > 0
            ? ` ${deletion.deleted.toLocaleString("en")} of ${deletion.total.toLocaleString("en")} rows are gone.`
            : ""}{" "}
          It goes on by itself.
        </p>
      </Notice>
    ) : null,
    disabledAt && !deletion ? (
      <Notice key="disabled">
        Disabled <Time at={disabledAt} now={now} />: no scan reads it. Its findings are as they were last
        seen.
      </Notice>
    ) : null,
    lastScan?.unreachable && !disabledAt ? (
      <Notice key="unreachable" tone="danger">
        <p>The last scan could not get in, so what you see is from before. Nothing was resolved by that.</p>
        <p className="mt-1 text-ink-soft">
          <Untrusted text={lastScan.unreachable} limit={400} />
        </p>
      </Notice>
    ) : null,
    membership && membership.state !== "active" ? (
      <Notice key="membership" tone="gap">
        {membership.state === "suspended"
          ? "Its organisation says that it is suspended, since "
          : "Its organisation no longer lists it, since "}
        <Time at={membership.since} now={now} />. Disable or delete it here once you have looked into it.
      </Notice>
    ) : null,
    source ? (
      <Notice key="source">
        It follows{" "}
        <Link
          href={`/settings/organisations/${source.id}`}
          className="underline decoration-line-strong underline-offset-4 hover:decoration-current"
        >
          <Untrusted text={source.name} limit={100} />
        </Link>
        , which says how it is reached. Given a connection of its own, it no longer does.
      </Notice>
    ) : null,
  ].filter((notice) => notice !== null);
  if (notices.length === 0) return null;
  return <div className="grid max-w-4xl gap-2.5 px-4 pb-6 sm:px-6">{notices}</div>;
}
