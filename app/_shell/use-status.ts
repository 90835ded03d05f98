"use client";
import { useQuery } from "@tanstack/react-query";
import { liveKeys } from "./query-keys.ts";
import { readJson } from "./read-json.ts";
import type { Status } from "./status.ts";

/** What the shell tells at all times, fresh; one reading serves everything that shows a part of it. */
export function useStatus(initial: Status): Status {
  const { data = initial } = useQuery({
    queryKey: liveKeys.status,
    queryFn: ({ signal }) => readJson<Status>("/api/status", signal),
    initialData: initial,
    refetchInterval: 60_000,
  });
  return data;
}
