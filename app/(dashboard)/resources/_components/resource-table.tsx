import Link from "next/link";
import { CloudBadge } from "#components/accounts/cloud-badge.tsx";
import { WorstFindings } from "#components/accounts/finding-counts.tsx";
import { SeverityBar } from "#components/findings/severity-bar.tsx";
import { kindWord } from "#components/resources/kind-words.ts";
import { Badge } from "#components/ui/badge.tsx";
import { Time } from "#components/ui/time.tsx";
import { MiddleCut, Untrusted } from "#components/ui/untrusted.tsx";
import type { ResourceRow } from "#db/resources/model.ts";
import { severities } from "#lib/checks/model.ts";
import { resourceHref } from "../hrefs.ts";

const head = "border-b border-line py-2 text-left font-[500] whitespace-nowrap";
const cell = "border-b border-line py-2.5 align-top";

/** Columns leave as the table grows narrow; what they said moves under the name. */
export function ResourceTable({ rows, now }: { rows: readonly ResourceRow[]; now: string }) {
  return (
    <table className="w-full table-fixed border-collapse text-13">
      <caption className="sr-only">Resources. J and K move, Enter opens.</caption>
      <thead className="text-12 text-ink-faint">
        <tr>
          <th scope="col" className={`${head} pl-4 sm:pl-6 @2xl/page:pl-4`}>
            Resource
          </th>
          <th scope="col" className={`${head} hidden w-40 px-3 @xl:table-cell`}>
            Kind
          </th>
          <th scope="col" className={`${head} hidden w-36 px-3 @4xl:table-cell`}>
            Account
          </th>
          <th scope="col" className={`${head} hidden w-28 px-3 @3xl:table-cell`}>
            Region
          </th>
          <th scope="col" className={`${head} w-32 px-3 max-sm:w-28`}>
            Open findings
          </th>
          <th scope="col" className={`${head} hidden w-20 pr-4 text-right sm:table-cell`}>
            Changed
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.id} row={row} now={now} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ row, now }: { row: ResourceRow; now: string }) {
  const open = row.findings ? severities.some((severity) => (row.findings?.[severity] ?? 0) > 0) : false;
  return (
    <tr className="relative transition-colors duration-120 hover:bg-hover">
      <td className={`${cell} pr-3 pl-4 sm:pl-6 @2xl/page:pl-4`}>
        <span className="flex min-w-0 items-start gap-3">
          <CloudBadge cloud={row.account.cloud} isOff={row.deletedAt !== null} />
          <span className="min-w-0 flex-1">
            <Link
              href={resourceHref(row.id)}
              prefetch={false}
              className="block truncate text-14 font-[480] outline-none before:absolute before:inset-0 focus-visible:before:outline-2 focus-visible:before:-outline-offset-2 focus-visible:before:outline-accent"
            >
              <Untrusted text={row.name.trim() || row.uid} limit={200} />
            </Link>
            <MiddleCut text={row.uid} tail={18} className="mt-0.5 font-mono text-12 text-ink-faint" />
            <span className="mt-0.5 block truncate text-12 text-ink-faint @xl:hidden">
              {kindWord(row.kind)}
            </span>
            <span className="mt-0.5 block truncate text-12 text-ink-faint @4xl:hidden">
              <Untrusted text={row.account.name} limit={60} />
              {row.account.disabled ? " (disabled)" : null}
              <span className="@3xl:hidden">, {row.region}</span>
            </span>
            {row.deletedAt || row.unread > 0 ? (
              <span className="mt-1 flex flex-wrap gap-1.5">
                {row.deletedAt ? (
                  <Badge>
                    gone <Time at={row.deletedAt} now={now} />
                  </Badge>
                ) : null}
                {row.unread > 0 ? (
                  <Badge>
                    <span aria-hidden className="hatched size-2.5 rounded-xs border border-gap" />
                    not read whole
                  </Badge>
                ) : null}
              </span>
            ) : null}
          </span>
        </span>
      </td>
      <td className={`${cell} hidden truncate px-3 text-ink-soft @xl:table-cell`}>{kindWord(row.kind)}</td>
      <td className={`${cell} hidden truncate px-3 text-ink-soft @4xl:table-cell`}>
        <Untrusted text={row.account.name} limit={60} />
        {row.account.disabled ? " (disabled)" : null}
      </td>
      <td
        className={`${cell} hidden truncate px-3 font-mono text-12 leading-4.5 text-ink-soft @3xl:table-cell`}
      >
        {row.region}
      </td>
      <td className={`${cell} px-3 text-ink-soft`}>
        {row.findings && open ? (
          <span className="grid gap-1.5">
            <WorstFindings findings={row.findings} />
            <SeverityBar counts={row.findings} />
          </span>
        ) : (
          <span className="text-ink-faint">{row.findings ? "none" : ""}</span>
        )}
      </td>
      <td className={`${cell} hidden pr-4 text-right text-ink-soft sm:table-cell`}>
        <Time at={row.changedAt} now={now} short />
      </td>
    </tr>
  );
}
