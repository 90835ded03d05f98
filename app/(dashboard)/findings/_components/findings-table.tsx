import type { Route } from "next";
import { serviceName } from "#components/findings/service-names.ts";
import { SeverityMark } from "#components/ui/severity-mark.tsx";
import { Time } from "#components/ui/time.tsx";
import { Untrusted } from "#components/ui/untrusted.tsx";
import type { FindingRow } from "#db/findings/queries.ts";
import { FindingState } from "./finding-state.tsx";

const head = "label-caps h-9 border-b border-line text-left font-[500] whitespace-nowrap";
const cell = "border-b border-line py-2.5 align-top";

/** Columns leave as the table grows narrow; what they said moves under the finding. */
export function FindingsTable({
  rows,
  chosen,
  hrefOf,
  onOpen,
  onNear,
  now,
}: {
  rows: FindingRow[];
  chosen: string | undefined;
  hrefOf: (id: string) => Route;
  onOpen: (id: string) => void;
  onNear: (id: string) => void;
  now: string;
}) {
  return (
    <table className="w-full table-fixed border-collapse text-13">
      <caption className="sr-only">Findings. J and K move, Enter opens, Escape closes.</caption>
      <thead>
        <tr>
          <th scope="col" className={`${head} w-12 pl-4 @2xl:w-28 sm:pl-6 @2xl/page:pl-4`}>
            <span className="sr-only @2xl:not-sr-only">Severity</span>
          </th>
          <th scope="col" className={head}>
            Finding
          </th>
          <th scope="col" className={`${head} hidden w-40 px-3 @3xl:table-cell`}>
            Account
          </th>
          <th scope="col" className={`${head} hidden w-32 px-3 @4xl:table-cell`}>
            Region
          </th>
          <th scope="col" className={`${head} hidden w-32 px-3 @xl:table-cell`}>
            State
          </th>
          <th scope="col" className={`${head} w-18 pr-4 text-right sm:pr-6`}>
            Age
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr
            key={row.id}
            onPointerEnter={() => onNear(row.id)}
            className="group/row relative transition-colors duration-120 hover:bg-hover has-[[aria-current=true]]:bg-selected"
          >
            <td className={`${cell} pl-4 sm:pl-6 @2xl/page:pl-4`}>
              <span className="@2xl:hidden">
                <SeverityMark severity={row.severity} terse />
              </span>
              <span className="hidden @2xl:inline">
                <SeverityMark severity={row.severity} />
              </span>
            </td>
            <td className={`${cell} pr-3`}>
              <a
                id={row.id}
                href={hrefOf(row.id)}
                aria-current={row.id === chosen ? "true" : undefined}
                onClick={(event) => {
                  if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
                  event.preventDefault();
                  onOpen(row.id);
                }}
                className="block text-14 font-[480] text-pretty outline-none before:absolute before:inset-0 focus-visible:before:outline-2 focus-visible:before:-outline-offset-2 focus-visible:before:outline-accent"
              >
                <Untrusted text={row.reason} limit={240} />
              </a>
              <p className="mt-0.5 truncate font-mono text-12 text-ink-faint">
                <Untrusted text={row.resource.name} limit={120} />
              </p>
              <p className="mt-1 truncate text-12 text-ink-faint @3xl:hidden">
                <Untrusted text={row.account.name} limit={60} />
                {row.account.disabled ? " (disabled)" : null}
                <span aria-hidden> · </span>
                {serviceName(row.service)}, {row.region}
              </p>
            </td>
            <td className={`${cell} hidden truncate px-3 text-ink-soft @3xl:table-cell`}>
              <Untrusted text={row.account.name} limit={60} />
              {row.account.disabled ? " (disabled)" : null}
            </td>
            <td
              className={`${cell} hidden truncate px-3 font-mono text-12 leading-4.5 text-ink-soft @4xl:table-cell`}
            >
              {row.region}
            </td>
            <td className={`${cell} hidden px-3 @xl:table-cell`}>
              <FindingState finding={row} />
            </td>
            <td className={`${cell} pr-4 text-right text-ink-soft sm:pr-6`}>
              <Time at={row.openedAt} now={now} short />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
