"use client";
import { ArrowDown, ArrowUp } from "lucide-react";
import type { ReactNode } from "react";
import { cx } from "#components/ui/class-names.ts";
import { changeFilter } from "../_state/search.ts";
import type { Column, SortChoice } from "../choices.ts";
import { columnLayouts, type PlacedColumn } from "./columns.ts";

/** What the columns are, which of them sorts, and how far down one is. It stays in sight. */
export function ListHead({
  columns,
  sort,
  sortable,
  selecting,
  position,
}: {
  columns: readonly PlacedColumn[];
  sort: SortChoice;
  sortable: boolean;
  /** The box that chooses all that are loaded; undefined where nothing can be chosen. */
  selecting: ReactNode;
  position: string;
}) {
  const first = columns.find(({ column }) => column === "severity");
  const rest = columns.filter(({ column }) => column !== "severity");
  return (
    <thead className="sticky top-(--top) z-5 block border-b border-line bg-ground">
      <tr aria-rowindex={1} className="label-caps flex h-9 items-center pr-4 pl-4 whitespace-nowrap sm:pr-6">
        {selecting ? (
          <th scope="col" className="-ml-2 flex size-8 shrink-0 items-center justify-center">
            {selecting}
          </th>
        ) : null}
        {first ? (
          <th
            scope="col"
            aria-sort={sortable && sort === "severity" ? "descending" : undefined}
            className="w-6.5 shrink-0 text-left font-[500] @min-[52rem]/list:w-(--severity)"
            style={{ "--severity": `${columnLayouts.severity.width}rem` } as React.CSSProperties}
          >
            <span className="sr-only @min-[52rem]/list:not-sr-only">
              <Head column="severity" sort={sort} sortable={sortable} />
            </span>
          </th>
        ) : null}
        <th scope="col" className="flex min-w-0 flex-1 gap-2 pr-3 text-left font-[500]">
          Finding
          <span className="truncate text-ink-faint" aria-hidden>
            {position}
          </span>
        </th>
        {rest.map(({ column, look }) => (
          <th
            key={column}
            scope="col"
            aria-sort={sortable ? ariaSort(column, sort) : undefined}
            style={{ width: `${columnLayouts[column].width}rem` }}
            className={cx(
              look,
              "min-w-0 shrink-0 items-center pl-3 text-left font-[500] max-sm:hidden",
              columnLayouts[column].right && "justify-end",
            )}
          >
            <Head column={column} sort={sort} sortable={sortable} />
          </th>
        ))}
      </tr>
    </thead>
  );
}

const ariaSort = (column: Column, sort: SortChoice): "ascending" | "descending" | undefined => {
  const [first, second] = columnLayouts[column].sorts ?? [];
  if (sort === first) return column === "due" || column === "age" ? "ascending" : "descending";
  return sort === second ? "descending" : undefined;
};

function Head({ column, sort, sortable }: { column: Column; sort: SortChoice; sortable: boolean }) {
  const { word, sorts } = columnLayouts[column];
  if (!sorts || !sortable) return word;
  const [first, second] = sorts;
  const next = sort === first && second ? second : first;
  const Arrow = sort === second ? ArrowUp : ArrowDown;
  return (
    <button
      type="button"
      onClick={() => changeFilter({ sort: next }, "replace")}
      className={cx(
        "-mx-1.5 inline-flex items-center gap-1 rounded-sm px-1.5 py-1 hover:bg-hover hover:text-ink",
        (sort === first || sort === second) && "text-ink",
      )}
    >
      {word}
      {sort === first || sort === second ? <Arrow aria-hidden className="size-3" /> : null}
    </button>
  );
}
