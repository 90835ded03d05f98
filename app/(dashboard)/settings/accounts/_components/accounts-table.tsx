import Link from "next/link";
import { HealthMark } from "#components/accounts/account-health.tsx";
import { CloudBadge } from "#components/accounts/cloud-badge.tsx";
import { FindingCounts, WorstFindings } from "#components/accounts/finding-counts.tsx";
import { Time } from "#components/ui/time.tsx";
import { MiddleCut, Untrusted } from "#components/ui/untrusted.tsx";
import type { AccountView } from "#db/accounts/queries.ts";
import { RowKeys } from "../../../../_shell/row-keys.tsx";
import { accountsHref } from "../hrefs.ts";
import type { AccountsSearch, AccountsSort } from "../search-params.ts";

const head = "label-caps h-9 border-y border-line px-3 text-left font-[500] whitespace-nowrap";
const cell = "border-b border-line px-3 py-2.5";

/** One row an account; the whole row leads to it. */
export function AccountsTable({
  accounts,
  search,
  marksSandbox,
  now,
}: {
  accounts: readonly AccountView[];
  search: AccountsSearch;
  /** Whether accounts of the sandbox stand among one's own, to be told apart. */
  marksSandbox: boolean;
  now: string;
}) {
  return (
    <RowKeys className="@container">
      <table className="w-full table-fixed border-collapse text-13">
        <caption className="sr-only">Connected accounts</caption>
        <thead>
          <tr>
            <SortHead search={search} sort="name" className="pl-4 sm:pl-6">
              Account
            </SortHead>
            <th scope="col" className={`${head} hidden w-34 @3xl:table-cell`}>
              Environment
            </th>
            <SortHead search={search} sort="attention" className="w-38 max-sm:hidden">
              Health
            </SortHead>
            <SortHead search={search} sort="scanned" className="hidden w-34 @2xl:table-cell">
              Last scan
            </SortHead>
            <th scope="col" className={`${head} hidden w-16 text-right @4xl:table-cell`}>
              Gaps
            </th>
            <SortHead search={search} sort="findings" className="w-34 pr-4 text-right sm:pr-6 @3xl:w-72">
              Open findings
            </SortHead>
          </tr>
        </thead>
        <tbody>
          {accounts.map((account) => (
            <AccountRow key={account.id} account={account} marksSandbox={marksSandbox} now={now} />
          ))}
        </tbody>
      </table>
    </RowKeys>
  );
}

function SortHead({
  search,
  sort,
  className,
  children,
}: {
  search: AccountsSearch;
  sort: AccountsSort;
  className: string;
  children: string;
}) {
  const isOn = search.sort === sort;
  return (
    <th scope="col" aria-sort={isOn ? "other" : undefined} className={`${head} ${className}`}>
      <Link
        href={accountsHref(search, { sort })}
        scroll={false}
        prefetch={false}
        className="hover:text-ink aria-[current=true]:font-[540] aria-[current=true]:text-ink"
        aria-current={isOn ? "true" : undefined}
        title={isOn ? "The list is in this order" : "Put the list in this order"}
      >
        {children}
      </Link>
    </th>
  );
}

function AccountRow({
  account,
  marksSandbox,
  now,
}: {
  account: AccountView;
  marksSandbox: boolean;
  now: string;
}) {
  const { id, cloud, level, name, externalId, environment, health } = account;
  const { lastScan, deletion, unreadKinds } = account;
  const isOff = health === "disabled" || health === "deleting";
  const gaps = Math.max(lastScan?.gaps ?? 0, unreadKinds);
  return (
    <tr className="relative transition-colors duration-120 hover:bg-hover">
      <td className={`${cell} pl-4 sm:pl-6`}>
        <div className="flex items-center gap-3">
          <CloudBadge cloud={cloud} isOff={isOff} />
          <div className="min-w-0">
            <Link
              href={`/settings/accounts/${id}`}
              prefetch={false}
              className="block truncate text-14 font-[480] outline-none before:absolute before:inset-0 focus-visible:before:outline-2 focus-visible:before:-outline-offset-2 focus-visible:before:outline-accent"
            >
              <Untrusted text={name} limit={120} className={isOff ? "text-ink-soft" : ""} />
            </Link>
            <div className="flex min-w-0 text-12 text-ink-faint">
              {marksSandbox && account.sandbox ? <span className="shrink-0 pr-1.5">Sandbox</span> : null}
              {level === "directory" ? <span className="shrink-0 pr-1.5">Directory</span> : null}
              <MiddleCut text={externalId} className="font-mono" />
            </div>
            <div className="mt-1 sm:hidden">
              <HealthMark health={health} />
            </div>
          </div>
        </div>
      </td>
      <td className={`${cell} hidden truncate text-ink-soft @3xl:table-cell`}>
        {environment ? <Untrusted text={environment} limit={60} /> : null}
      </td>
      <td className={`${cell} max-sm:hidden`}>
        <HealthMark health={health} />
        {deletion ? <div className="mt-0.5 text-12 text-ink-faint">{sayDeletion(deletion)}</div> : null}
      </td>
      <td className={`${cell} hidden text-ink-soft @2xl:table-cell`}>
        {lastScan === null ? (
          <span className="text-ink-faint">never</span>
        ) : lastScan.finishedAt === null ? (
          <span className="inline-flex items-center gap-2">
            <span aria-hidden className="size-2.5 breathing rounded-xs bg-accent" />
            under way
          </span>
        ) : (
          <Time at={lastScan.finishedAt} now={now} />
        )}
      </td>
      <td className={`${cell} hidden text-right @4xl:table-cell`}>
        {lastScan ? (
          <span className={gaps > 0 ? "" : "text-ink-faint"}>{gaps.toLocaleString("en")}</span>
        ) : (
          <Unknown />
        )}
      </td>
      <td className={`${cell} pr-4 text-right sm:pr-6`}>
        {lastScan ? (
          <>
            <span className="hidden @3xl:inline">
              <FindingCounts findings={account.findings} />
            </span>
            <span className="@3xl:hidden">
              <WorstFindings findings={account.findings} />
            </span>
          </>
        ) : (
          <Unknown />
        )}
      </td>
    </tr>
  );
}

/** Of what nobody has looked at, zero would be a claim. */
const Unknown = () => (
  <span className="text-ink-faint" title="Not scanned yet">
    –<span className="sr-only"> not scanned yet</span>
  </span>
);

const sayDeletion = ({ total, deleted }: { total: number; deleted: number }) =>
  total > 0 ? `${Math.min(99, Math.floor((deleted / total) * 100))} % gone` : "about to begin";
