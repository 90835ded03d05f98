"use client";
import { Fragment, type ReactNode, type RefObject, useEffect, useImperativeHandle, useRef } from "react";
import { Skeleton } from "#components/ui/skeleton.tsx";
import type { Item } from "./items.ts";
import { type Place, PlacedRow } from "./placed-row.tsx";
import { useVirtualList } from "./use-virtual-list.ts";

export type ListHandle = { show: (index: number) => void };

/** How many items before the end of what is loaded the next page is asked for. */
const ahead = 60;

/** A long list, of which what is in sight is rendered. Semantics are a table's; `head` is its first row. */
export function List({
  ref,
  items,
  total,
  narrow,
  kept,
  dimmed,
  head,
  render,
  onEnd,
  onSight,
}: {
  ref: RefObject<ListHandle | null>;
  items: readonly Item[];
  /** Of how many rows it will be when all are loaded. */
  total: number;
  narrow: boolean;
  kept: number;
  /** What is shown is of before; what was asked for is on its way. */
  dimmed: boolean;
  head: ReactNode;
  render: (item: Item, place: Place) => ReactNode;
  onEnd: () => void;
  onSight: (from: number, to: number) => void;
}) {
  const body = useRef<HTMLTableSectionElement>(null);
  const { virtual, margin } = useVirtualList({ items, narrow, body, kept });
  const shown = virtual.getVirtualItems();
  useImperativeHandle(ref, () => ({ show: (index) => virtual.scrollToIndex(index, { align: "auto" }) }), [
    virtual,
  ]);
  const [from, to] = [virtual.range?.startIndex ?? 0, virtual.range?.endIndex ?? 0];
  useEffect(() => {
    onSight(from, to);
    if (to >= items.length - ahead) onEnd();
  }, [from, to, items, onEnd, onSight]);
  return (
    <table
      aria-label="Findings"
      aria-describedby="findings-keys"
      aria-rowcount={total + 1}
      aria-busy={dimmed || undefined}
      className="@container/list block"
    >
      {head}
      <tbody
        ref={body}
        className="relative block transition-opacity duration-120 in-aria-busy:opacity-55"
        style={{ height: virtual.getTotalSize() }}
      >
        {shown.map(({ key, index, start, size }) => {
          const item = items[index];
          if (!item) return null;
          const place = { index, top: start - margin, height: size };
          return item.kind === "waiting" ? (
            <Waiting key={key} {...place} />
          ) : (
            <Fragment key={key}>{render(item, place)}</Fragment>
          );
        })}
      </tbody>
    </table>
  );
}

const Waiting = (place: Place) => (
  <PlacedRow {...place}>
    <td className="grid h-full w-full content-center gap-2 border-b border-line px-4 sm:px-6">
      <span className="sr-only">Loading</span>
      <Skeleton className="h-4 w-3/5" />
      <Skeleton className="h-3 w-2/5" />
    </td>
  </PlacedRow>
);
