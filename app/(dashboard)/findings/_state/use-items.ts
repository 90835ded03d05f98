"use client";
import { useCallback, useMemo, useState } from "react";
import { groupItems, type Item, rowItems, waitingItems } from "../_list/items.ts";
import { groupsQuery, listQuery } from "../hrefs.ts";
import type { FindingSearch } from "../search-params.ts";
import type { Initial } from "./initial.ts";
import { useGroupRows, useGroups } from "./use-groups.ts";
import { useList } from "./use-list.ts";

const noKeys: readonly string[] = [];

/** What the list is made of: rows, or groups with the rows of those that are unfolded. */
export function useItems(search: FindingSearch, initial: Initial) {
  const grouped = search.group !== "none";
  const of = grouped ? groupsQuery(search) : listQuery(search);
  const list = useList(listQuery(search), initial.list, !grouped);
  const groups = useGroups(groupsQuery(search), initial.groups, grouped);
  const [unfolded, setUnfolded] = useState<{ of: string; keys: readonly string[] }>({ of, keys: [] });
  const keys = grouped && unfolded.of === of ? unfolded.keys : noKeys;
  const unfoldedRows = useGroupRows(search, keys);
  const asked = grouped ? groups : list;

  const items = useMemo((): Item[] => {
    if (!grouped) return list.isPending ? waitingItems("first", 12) : rowItems(list.rows, list.hasNextPage);
    if (groups.isPending) return waitingItems("first", 12);
    const rows = new Map(keys.map((key, at) => [key, unfoldedRows[at]]));
    return groupItems(groups.groups, rows, groups.hasNextPage);
  }, [
    grouped,
    groups.groups,
    groups.hasNextPage,
    groups.isPending,
    keys,
    list.hasNextPage,
    list.isPending,
    list.rows,
    unfoldedRows,
  ]);
  const toggle = useCallback(
    (key: string) =>
      setUnfolded((before) => {
        const open = before.of === of ? before.keys : [];
        return { of, keys: open.includes(key) ? open.filter((each) => each !== key) : [...open, key] };
      }),
    [of],
  );
  const { hasNextPage, isFetchingNextPage, fetchNextPage, isPlaceholderData } = asked;
  const readOn = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage && !isPlaceholderData) void fetchNextPage();
  }, [fetchNextPage, hasNextPage, isFetchingNextPage, isPlaceholderData]);
  return {
    /** Names what is listed; another filter, order or grouping has another. */
    of,
    items,
    grouped,
    groupTotal: groups.total,
    toggle,
    readOn,
    reload: grouped ? groups.refetch : list.reload,
    /** What is shown was asked for before; the new is on its way. */
    dimmed: isPlaceholderData,
    error: asked.isError && asked.data === undefined ? asked.error : null,
    retry: asked.refetch,
    isEmpty: !asked.isPending && !isPlaceholderData && items.length === 0,
  };
}
