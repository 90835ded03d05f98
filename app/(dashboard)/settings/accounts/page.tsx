import type { Metadata } from "next";
import { LinkButton } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { listAccounts } from "#db/accounts/queries.ts";
import { database } from "#db/client.ts";
import { getTrial } from "#db/trial/queries.ts";
import { requireScope } from "#lib/auth/session.ts";
import { LiveRefresh } from "../../../_shell/live-refresh.tsx";
import { AccountFilters } from "./_components/account-filters.tsx";
import { AccountsPager } from "./_components/accounts-pager.tsx";
import { AccountsTable } from "./_components/accounts-table.tsx";
import { TrialNotice } from "./_components/trial-notice.tsx";
import { arrangeAccounts, countAccounts, pageOf, sayAccounts } from "./arrange-accounts.ts";
import { accountsHref } from "./hrefs.ts";
import { parseAccountsSearch, type RawSearch } from "./search-params.ts";

export const metadata: Metadata = { title: "Accounts" };

export default async function AccountsPage({ searchParams }: { searchParams: Promise<RawSearch> }) {
  const [scope, search] = [await requireScope(), parseAccountsSearch(await searchParams)];
  const { db } = database();
  const [all, trial] = await Promise.all([listAccounts(db, scope), getTrial(db, scope)]);
  const matching = arrangeAccounts(all, search);
  const { shown, before, next } = pageOf(matching, search.after);
  const mayManage = scope.can("accounts:manage");
  const connect = mayManage ? (
    <LinkButton href="/settings/accounts/connect" look="primary">
      Connect an account
    </LinkButton>
  ) : null;
  if (all.length === 0) {
    const begin = mayManage ? (
      <>
        {connect}
        <LinkButton href="/welcome">Try it with a sandbox</LinkButton>
      </>
    ) : null;
    return (
      <>
        <h1 className="sr-only">Accounts</h1>
        <EmptyState title="No account is connected yet" action={begin}>
          An account is an AWS account, an Azure subscription or a Google Cloud project. Parapet reads how it
          is set up and says what stands open; it changes nothing there.
          {mayManage ? "" : " An administrator connects them."}
        </EmptyState>
      </>
    );
  }
  return (
    <>
      <LiveRefresh active={all.some(({ lastScan, deletion }) => deletion || lastScan?.finishedAt === null)} />
      <header className="flex flex-wrap items-end justify-between gap-4 px-4 pt-6 pb-5 sm:px-6">
        <div>
          <h1 className="text-28 tracking-[-0.02em]">
            {all.length === 1 ? "1 account" : `${all.length.toLocaleString("en")} accounts`}
          </h1>
          <p className="mt-1 text-14 text-ink-soft">{sayAccounts(all)}</p>
        </div>
        {connect}
      </header>
      {trial ? <TrialNotice trial={trial} mayManage={mayManage} /> : null}
      {all.length > 6 ? <AccountFilters counts={countAccounts(all)} search={search} /> : null}
      {shown.length > 0 ? (
        <>
          <AccountsTable
            accounts={shown}
            search={search}
            marksSandbox={trial !== null || all.some(({ sandbox }) => !sandbox)}
            now={new Date().toISOString()}
          />
          <AccountsPager
            search={search}
            from={before + 1}
            to={before + shown.length}
            of={matching.length}
            next={next}
          />
        </>
      ) : (
        <div className="border-t border-line">
          <EmptyState
            title="Nothing matches these filters"
            action={
              <LinkButton href={accountsHref(search, { q: "", cloud: undefined, health: undefined })}>
                Show all accounts
              </LinkButton>
            }
          >
            {`None of ${all.length.toLocaleString("en")} accounts does.`}
          </EmptyState>
        </div>
      )}
    </>
  );
}
