"use client";
import { ArrowRight } from "lucide-react";
import { type RefObject, useCallback, useMemo, useState } from "react";
import type { FindingRow } from "#db/findings/model.ts";
import { placeColumns } from "../_list/columns.ts";
import { GroupRow } from "../_list/group-row.tsx";
import type { Item } from "../_list/items.ts";
import { List, type ListHandle } from "../_list/list.tsx";
import { ListHead } from "../_list/list-head.tsx";
import { type Place, PlacedRow } from "../_list/placed-row.tsx";
import { Row } from "../_list/row.tsx";
import { changeFilter, followInPlace } from "../_state/search.ts";
import { insideGroup } from "../_state/use-groups.ts";
import type { useItems } from "../_state/use-items.ts";
import type { useSelection } from "../_state/use-selection.ts";
import { findingsHref } from "../hrefs.ts";
import type { LabelledGroup } from "../read-findings.ts";
import type { FindingSearch } from "../search-params.ts";

/** The list of findings, or of groups of them. */
export function FindingsList({
  ref,
  search,
  list,
  rows,
  total,
  selection,
  selectable,
  narrow,
  kept,
  now,
  isGone,
  titleOf,
  onOpen,
  onNear,
  onSelect,
  onSight,
}: {
  ref: RefObject<ListHandle | null>;
  search: FindingSearch;
  list: ReturnType<typeof useItems>;
  rows: readonly FindingRow[];
  total: number;
  selection: ReturnType<typeof useSelection>;
  selectable: boolean;
  narrow: boolean;
  kept: number;
  now: string;
  isGone: (row: FindingRow) => boolean;
  titleOf: (checkId: string) => string;
  onOpen: (id: string) => void;
  onNear: (id: string) => void;
  onSelect: (id: string, through: boolean) => void;
  onSight: (from: number, to: number) => void;
}) {
  const columns = useMemo(() => placeColumns(search.columns), [search.columns]);
  const [sight, setSight] = useState({ from: 0, to: 0 });
  const see = useCallback(
    (from: number, to: number) => {
      setSight((before) => (before.from === from && before.to === to ? before : { from, to }));
      onSight(from, to);
    },
    [onSight],
  );
  const listTotal = list.grouped ? (list.groupTotal ?? list.items.length) : total;
  const inside = (group: LabelledGroup) => ({
    ...insideGroup(search.group, group.key),
    group: "none" as const,
    finding: undefined,
  });
  const render = (item: Item, place: Place) => {
    if (item.kind === "row") {
      return (
        <Row
          {...place}
          row={item.row}
          columns={columns}
          current={search.finding === item.row.id}
          selected={selectable ? selection.all || selection.ids.has(item.row.id) : undefined}
          gone={isGone(item.row)}
          now={now}
          href={findingsHref(search, { finding: item.row.id })}
          title={search.group === "check" ? undefined : titleOf(item.row.checkId)}
          onOpen={onOpen}
          onNear={onNear}
          onSelect={onSelect}
        />
      );
    }
    if (item.kind === "waiting") return null;
    const href = findingsHref(search, inside(item.group));
    const follow = () => changeFilter(inside(item.group));
    if (item.kind === "group") {
      return (
        <GroupRow
          {...place}
          group={item.group}
          by={search.group}
          open={item.open}
          href={href}
          onToggle={() => list.toggle(item.group.key)}
          onList={follow}
        />
      );
    }
    return (
      <PlacedRow {...place}>
        <td className="flex h-full w-full items-center border-b border-line px-4 sm:pl-12">
          <a
            href={href}
            onClick={followInPlace(follow)}
            className="inline-flex items-center gap-2 text-13 text-accent underline decoration-line-strong underline-offset-4 hover:decoration-current"
          >
            Show all {item.group.findings.toLocaleString("en")}
            <ArrowRight aria-hidden className="size-3.5" />
          </a>
        </td>
      </PlacedRow>
    );
  };
  const chosenAll = selection.all || (rows.length > 0 && rows.every(({ id }) => selection.ids.has(id)));
  const [from, to] = [sight.from + 1, Math.min(sight.to + 1, listTotal)];
  const position =
    listTotal > 0
      ? `${from.toLocaleString("en")}–${to.toLocaleString("en")} of ${listTotal.toLocaleString("en")}${list.grouped ? " groups" : ""}`
      : "";
  return (
    <List
      // Rows and cards differ in height.
      key={narrow ? "cards" : "rows"}
      ref={ref}
      items={list.items}
      total={listTotal}
      narrow={narrow}
      kept={kept}
      dimmed={list.dimmed}
      onEnd={list.readOn}
      onSight={see}
      render={render}
      head={
        <ListHead
          columns={columns}
          sort={search.sort}
          sortable={!list.grouped}
          position={position}
          selecting={
            selectable ? (
              <input
                type="checkbox"
                aria-label="Select all that are loaded"
                checked={chosenAll}
                disabled={rows.length === 0}
                onChange={() => (chosenAll ? selection.clear() : selection.choose(rows.map(({ id }) => id)))}
                className="size-4 accent-accent"
              />
            ) : null
          }
        />
      }
    />
  );
}
