"use client";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { Button } from "#components/ui/button.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import type { ResourcePage } from "#db/resources/model.ts";
import { readJson } from "../../../_shell/read-json.ts";
import { RowKeys } from "../../../_shell/row-keys.tsx";
import { ResourceTable } from "./resource-table.tsx";

/** The list goes on as one reads on: the next page is asked for before the end of this one is in sight. */
export function ResourceList({
  query,
  first,
  total,
  now,
}: {
  query: string;
  first: ResourcePage;
  total: number;
  now: string;
}) {
  const end = useRef<HTMLDivElement>(null);
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery({
    queryKey: ["resources", query, first.rows[0]?.id],
    queryFn: ({ pageParam, signal }) => {
      const params = new URLSearchParams(query);
      if (pageParam) params.set("after", pageParam);
      return readJson<ResourcePage>(`/api/resources?${params}`, signal);
    },
    initialPageParam: "",
    initialData: { pages: [first], pageParams: [""] },
    getNextPageParam: (page) => page.next,
    // Rows never move under the reader; the address asks for them anew.
    staleTime: Number.POSITIVE_INFINITY,
  });
  const rows = data.pages.flatMap((page) => page.rows);
  const canGoOn = hasNextPage && !isFetchingNextPage && !error;
  useEffect(() => {
    const mark = end.current;
    if (!mark || !canGoOn) return;
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting) void fetchNextPage();
      },
      { rootMargin: "800px" },
    );
    observer.observe(mark);
    return () => observer.disconnect();
  }, [canGoOn, fetchNextPage]);
  return (
    <>
      <RowKeys className="@container">
        <ResourceTable rows={rows} now={now} />
      </RowKeys>
      <div ref={end} className="grid min-h-14 content-center gap-3 px-4 py-3 text-13 text-ink-soft sm:px-6">
        {isFetchingNextPage ? (
          <>
            <span className="sr-only" role="status">
              Loading more resources
            </span>
            <Skeleton className="h-4 w-3/5" />
            <Skeleton className="h-4 w-2/5" />
          </>
        ) : error ? (
          <span role="alert" className="flex flex-wrap items-center gap-3">
            {error.message}
            <Button size="sm" onClick={() => void fetchNextPage()}>
              Try again
            </Button>
          </span>
        ) : hasNextPage ? (
          <span className="flex flex-wrap items-center gap-3">
            {rows.length.toLocaleString("en")} of {total.toLocaleString("en")}
            <Button size="sm" onClick={() => void fetchNextPage()}>
              Show more
            </Button>
          </span>
        ) : (
          <span>
            {rows.length === 1
              ? "That is the only one."
              : `All ${rows.length.toLocaleString("en")} are shown.`}
          </span>
        )}
      </div>
    </>
  );
}
