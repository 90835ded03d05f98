"use client";
import { memo, type PointerEvent } from "react";
import { DueMark } from "#components/findings/due-mark.tsx";
import { PersonMark } from "#components/findings/person-mark.tsx";
import { serviceName } from "#components/findings/service-names.ts";
import { sourceName } from "#components/findings/source-names.ts";
import { StateMark } from "#components/findings/state-mark.tsx";
import { FixMark } from "#components/remediation/fix-mark.tsx";
import { cx } from "#components/ui/class-names.ts";
import { SeverityMark } from "#components/ui/severity-mark.tsx";
import { Time } from "#components/ui/time.tsx";
import { Untrusted } from "#components/ui/untrusted.tsx";
import type { FindingRow } from "#db/findings/model.ts";
import { followInPlace } from "../_state/search.ts";
import type { Column } from "../choices.ts";
import { columnLayouts, type PlacedColumn } from "./columns.ts";
import { type Place, PlacedRow } from "./placed-row.tsx";

export type RowProps = Place & {
  row: FindingRow;
  columns: readonly PlacedColumn[];
  /** What the check wants; undefined where a group says it already. */
  title: string | undefined;
  /** Whether its panel is open. */
  current: boolean;
  /** Undefined where nothing can be chosen. */
  selected: boolean | undefined;
  /** No longer part of what the list was asked for. */
  gone: boolean;
  now: string;
  href: string;
  onOpen: (id: string) => void;
  onNear: (id: string) => void;
  onSelect: (id: string, through: boolean) => void;
};

/** One finding: a table's row where there is room, a card of three lines on a phone. */
export const Row = memo(function Row(props: RowProps) {
  const { index, top, height, row, columns, current, selected, gone, now, href, title } = props;
  const { onOpen, onNear, onSelect } = props;
  const shows = (column: Column) => columns.some((each) => each.column === column);
  const account = columns.find((each) => each.column === "account");
  return (
    <PlacedRow
      index={index}
      top={top}
      height={height}
      onPointerEnter={(event: PointerEvent) => (event.pointerType === "mouse" ? onNear(row.id) : undefined)}
      data-selected={selected || undefined}
      data-gone={gone || undefined}
      className="group/row items-center border-b border-line pr-4 pl-4 text-13 transition-colors duration-120 hover:bg-hover has-[[aria-current=true]]:bg-selected data-gone:bg-inset data-gone:[&_a]:font-[400] data-gone:[&_a]:text-ink-faint data-selected:bg-selected max-sm:items-start max-sm:py-2.5 sm:pr-6"
    >
      {selected === undefined ? null : (
        <td className="relative z-1 -ml-2 flex size-8 shrink-0 items-center justify-center max-sm:-mt-1.5">
          <input
            type="checkbox"
            checked={selected}
            aria-label={`Select: ${row.reason.slice(0, 120)}`}
            onChange={() => undefined}
            onClick={(event) => onSelect(row.id, event.shiftKey)}
            className="size-4 accent-accent"
          />
        </td>
      )}
      {shows("severity") ? (
        <td
          className="w-6.5 shrink-0 max-sm:pt-0.5 @min-[52rem]/list:w-(--severity)"
          style={{ "--severity": `${columnLayouts.severity.width}rem` } as React.CSSProperties}
        >
          <span className="@min-[52rem]/list:hidden">
            <SeverityMark severity={row.severity} terse />
          </span>
          <span className="hidden @min-[52rem]/list:inline">
            <SeverityMark severity={row.severity} />
          </span>
        </td>
      ) : null}
      <td className="min-w-0 flex-1 pr-3">
        <a
          id={row.id}
          href={href}
          aria-current={current ? "true" : undefined}
          onClick={followInPlace(() => onOpen(row.id))}
          className="block truncate text-14 font-[480] outline-none before:absolute before:inset-0 focus-visible:before:outline-2 focus-visible:before:-outline-offset-2 focus-visible:before:outline-accent max-sm:line-clamp-2 max-sm:whitespace-normal"
        >
          <Untrusted text={row.reason} limit={240} />
        </a>
        <span className="mt-0.5 flex min-w-0 gap-3 overflow-hidden text-12 whitespace-nowrap text-ink-faint">
          {row.fix ? (
            <span className="max-sm:hidden">
              <FixMark state={row.fix.state} />
            </span>
          ) : null}
          {shows("resource") ? null : (
            <span className={cx("max-w-3/5 truncate font-mono", row.fix ? "min-w-0" : "shrink-0")}>
              <Untrusted text={row.resource.name} limit={120} />
            </span>
          )}
          {account ? (
            <span
              className={cx(
                "max-w-2/5 truncate",
                row.fix ? "min-w-0 shrink-[8]" : "shrink-0",
                account.instead,
              )}
            >
              <Untrusted text={row.account.name} limit={60} />
            </span>
          ) : null}
          {title ? (
            <span className="min-w-0 shrink-[64] truncate max-sm:hidden">
              <Untrusted text={title} limit={160} />
            </span>
          ) : null}
        </span>
        <span className="mt-1 flex items-center gap-4 text-12 sm:hidden">
          <StateMark finding={row} />
          {row.dueAt && row.status === "open" && !row.suppressedUntil ? (
            <DueMark dueAt={row.dueAt} open now={now} />
          ) : null}
          {row.fix ? <FixMark state={row.fix.state} /> : null}
          {row.assignee ? <PersonMark person={row.assignee} terse /> : null}
        </span>
      </td>
      {columns.map(({ column, look }) =>
        column === "severity" ? null : (
          <td
            key={column}
            style={{ width: `${columnLayouts[column].width}rem` }}
            className={cx(
              look,
              "min-w-0 shrink-0 items-center pl-3 text-ink-soft max-sm:hidden",
              columnLayouts[column].right && "justify-end",
            )}
          >
            <Cell column={column} row={row} now={now} title={title} />
          </td>
        ),
      )}
    </PlacedRow>
  );
});

function Cell({
  column,
  row,
  now,
  title,
}: Pick<RowProps, "row" | "now" | "title"> & { column: Exclude<Column, "severity"> }) {
  switch (column) {
    case "resource":
      return <Cut text={row.resource.name} mono />;
    case "account":
      return <Cut text={row.account.disabled ? `${row.account.name} (disabled)` : row.account.name} />;
    case "service":
      return <Cut text={serviceName(row.service)} />;
    case "region":
      return <Cut text={row.region} mono />;
    case "check":
      return <Cut text={title ?? row.checkId} />;
    case "owner":
      return row.owner ? <Cut text={row.owner} /> : <span className="text-ink-faint">–</span>;
    case "assignee":
      return <PersonMark person={row.assignee} />;
    case "state":
      return <StateMark finding={row} />;
    case "due":
      return <DueMark dueAt={row.dueAt} open={row.status === "open" && !row.suppressedUntil} now={now} />;
    case "source":
      return <Cut text={sourceName(row.source)} />;
    case "age":
      return <Time at={row.openedAt} now={now} short />;
  }
}

const Cut = ({ text, mono = false }: { text: string; mono?: boolean }) => (
  <span className={cx("min-w-0 truncate", mono && "font-mono text-12")}>
    <Untrusted text={text} limit={120} />
  </span>
);
