"use client";
import { keepPreviousData, type QueryClient, useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import type { FindingPage, FindingRow } from "#db/findings/model.ts";
import { readJson } from "../../../_shell/read-json.ts";
import type { Initial } from "./initial.ts";
import { findingsKeys } from "./keys.ts";

type Pages = { pages: FindingPage[]; pageParams: (string | null)[] };

const pathOf = (query: string, after: string | null) =>
  `/api/findings?${query}${after ? `${query ? "&" : ""}after=${encodeURIComponent(after)}` : ""}`;

/**
 * The rows of a list, page after page. They are never read again by themselves, since rows must not move under the
 * reader: they are patched in place (use-live.ts), and read anew when one asks for it.
 */
export function useList(query: string, initial: Initial["list"], enabled: boolean) {
  const client = useQueryClient();
  const list = useInfiniteQuery({
    queryKey: findingsKeys.list(query),
    queryFn: ({ pageParam, signal }) => readJson<FindingPage>(pathOf(query, pageParam), signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    ...(initial?.query === query
      ? { initialData: (): Pages => ({ pages: [initial.page], pageParams: [null] }) }
      : {}),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    enabled,
  });
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.rows) ?? [], [list.data]);
  const reload = useCallback(async () => {
    const first = await readJson<FindingPage>(pathOf(query, null));
    client.setQueryData<Pages>(findingsKeys.list(query), { pages: [first], pageParams: [null] });
  }, [client, query]);
  return { ...list, rows, reload };
}

/** Puts newer readings of rows where they stand, in every list; nothing moves. */
export function patchRows(client: QueryClient, patch: (row: FindingRow) => FindingRow): void {
  client.setQueriesData<Pages>({ queryKey: findingsKeys.lists }, (list) => {
    if (!list) return list;
    let touched = false;
    const pages = list.pages.map((page) => {
      const rows = page.rows.map(patch);
      if (rows.every((row, at) => row === page.rows[at])) return page;
      touched = true;
      return { ...page, rows };
    });
    return touched ? { ...list, pages } : list;
  });
}

const mostAtOnce = 200;

/** Reads rows again by their ids and patches them. */
export async function refreshRows(client: QueryClient, ids: readonly string[]): Promise<void> {
  for (let at = 0; at < ids.length; at += mostAtOnce) {
    const some = ids.slice(at, at + mostAtOnce);
    const { rows } = await readJson<{ rows: FindingRow[] }>(`/api/findings/rows?ids=${some.join(",")}`);
    const byId = new Map(rows.map((row) => [row.id, row]));
    patchRows(client, (row) => byId.get(row.id) ?? row);
  }
}
