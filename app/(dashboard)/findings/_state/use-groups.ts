"use client";
import { keepPreviousData, useInfiniteQuery, useQueries } from "@tanstack/react-query";
import { useMemo } from "react";
import type { FindingPage } from "#db/findings/model.ts";
import { readJson } from "../../../_shell/read-json.ts";
import type { GroupChoice } from "../choices.ts";
import { listQuery } from "../hrefs.ts";
import type { GroupPage } from "../read-findings.ts";
import type { FindingSearch } from "../search-params.ts";
import type { Initial } from "./initial.ts";
import { findingsKeys } from "./keys.ts";

export function useGroups(query: string, initial: Initial["groups"], enabled: boolean) {
  const list = useInfiniteQuery({
    queryKey: findingsKeys.groups(query),
    queryFn: ({ pageParam, signal }) =>
      readJson<GroupPage>(
        `/api/findings/groups?${query}${pageParam ? `&after=${encodeURIComponent(pageParam)}` : ""}`,
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    ...(initial?.query === query
      ? { initialData: () => ({ pages: [initial.page], pageParams: [null as string | null] }) }
      : {}),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    refetchOnWindowFocus: false,
    enabled,
  });
  const groups = useMemo(() => list.data?.pages.flatMap((page) => page.groups) ?? [], [list.data]);
  return { ...list, groups, total: list.data?.pages.at(0)?.total ?? null };
}

/** The filter that leaves one group's findings. */
export function insideGroup(group: GroupChoice, key: string): Partial<FindingSearch> {
  if (group === "check") return { check: [key] };
  if (group === "resource") return { resource: [key] };
  if (group === "account") return { account: [key] };
  return { owner: [key] };
}

export const shownOfGroup = 25;

// Defined once, so that what it makes stays the same as long as the answers do.
const rowsOf = (answers: { data: { pages: FindingPage[] } | undefined }[]) =>
  answers.map(({ data }) => data?.pages[0]?.rows);

/** The first findings of each group that is expanded. */
export function useGroupRows(search: FindingSearch, keys: readonly string[]) {
  return useQueries({
    queries: keys.map((key) => {
      const query = listQuery({ ...search, ...insideGroup(search.group, key) });
      return {
        queryKey: [...findingsKeys.list(query), "group"],
        queryFn: async ({ signal }: { signal: AbortSignal }) => {
          const page = await readJson<FindingPage>(`/api/findings?${query}&limit=${shownOfGroup}`, signal);
          return { pages: [page], pageParams: [null] };
        },
        staleTime: 60_000,
      };
    }),
    combine: rowsOf,
  });
}
