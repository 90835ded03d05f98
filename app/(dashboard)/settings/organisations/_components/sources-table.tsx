import Link from "next/link";
import { CloudBadge } from "#components/accounts/cloud-badge.tsx";
import { Time } from "#components/ui/time.tsx";
import { Untrusted } from "#components/ui/untrusted.tsx";
import type { SourceView } from "#db/accounts/source-queries.ts";
import { RowKeys } from "../../../../_shell/row-keys.tsx";
import { sayMembers } from "../say-source.ts";

const head = "label-caps h-9 border-y border-line px-3 text-left font-[500] whitespace-nowrap";
const cell = "border-b border-line px-3 py-2.5";

export function SourcesTable({ sources, now }: { sources: readonly SourceView[]; now: string }) {
  return (
    <RowKeys className="@container">
      <table className="w-full table-fixed border-collapse text-13">
        <caption className="sr-only">Connected organisations</caption>
        <thead>
          <tr>
            <th scope="col" className={`${head} pl-4 sm:pl-6`}>
              Organisation
            </th>
            <th scope="col" className={`${head} w-44 max-sm:hidden`}>
              Last look
            </th>
            <th scope="col" className={`${head} hidden w-40 @3xl:table-cell`}>
              New members
            </th>
            <th scope="col" className={`${head} w-28 text-right max-sm:hidden`}>
              Members
            </th>
            <th scope="col" className={`${head} w-28 pr-4 text-right sm:pr-6`}>
              Connected
            </th>
          </tr>
        </thead>
        <tbody>
          {sources.map((source) => (
            <tr key={source.id} className="relative transition-colors duration-120 hover:bg-hover">
              <td className={`${cell} pl-4 sm:pl-6`}>
                <div className="flex items-center gap-3">
                  <CloudBadge cloud={source.cloud} />
                  <div className="min-w-0">
                    <Link
                      href={`/settings/organisations/${source.id}`}
                      prefetch={false}
                      className="block truncate text-14 font-[480] outline-none before:absolute before:inset-0 focus-visible:before:outline-2 focus-visible:before:-outline-offset-2 focus-visible:before:outline-accent"
                    >
                      <Untrusted text={source.name} limit={100} />
                    </Link>
                    <div className="truncate text-12 text-ink-faint">{sayMembers(source)}</div>
                  </div>
                </div>
              </td>
              <td className={`${cell} max-sm:hidden`}>
                <LastLook source={source} now={now} />
              </td>
              <td className={`${cell} hidden text-ink-soft @3xl:table-cell`}>
                {source.autoConnect ? "Connected at once" : "Wait to be picked"}
              </td>
              <td className={`${cell} text-right max-sm:hidden`}>
                {source.members.active.toLocaleString("en")}
              </td>
              <td className={`${cell} pr-4 text-right sm:pr-6`}>
                {source.members.connected.toLocaleString("en")}
                <span className="text-ink-faint sm:hidden">
                  {" "}
                  of {source.members.active.toLocaleString("en")}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </RowKeys>
  );
}

function LastLook({ source: { lastSync }, now }: { source: SourceView; now: string }) {
  if (!lastSync) return <span className="text-ink-faint">under way</span>;
  return (
    <span className={lastSync.error ? "text-danger" : "text-ink-soft"}>
      {lastSync.error ? "Could not look, " : ""}
      <Time at={lastSync.at} now={now} />
    </span>
  );
}
