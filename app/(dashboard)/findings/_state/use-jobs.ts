"use client";
import { useQuery } from "@tanstack/react-query";
import { useCallback, useMemo, useState } from "react";
import { readJson } from "../../../_shell/read-json.ts";
import { findingsKeys } from "./keys.ts";

type Running = { id: string; own: boolean };

/** One's own changes of many findings under way: those begun here, and those that already were when the page was opened. */
export function useJobs() {
  const [begun, setBegun] = useState<readonly string[]>([]);
  const [ended, setEnded] = useState<readonly string[]>([]);
  const { data } = useQuery({
    queryKey: findingsKeys.changes,
    queryFn: ({ signal }) => readJson<{ changes: Running[] }>("/api/findings/changes", signal),
    staleTime: 60_000,
  });
  const begin = useCallback((id: string) => setBegun((before) => [...before, id]), []);
  const end = useCallback((id: string) => setEnded((before) => [...before, id]), []);
  const ids = useMemo(
    () =>
      [...new Set([...begun, ...(data?.changes.filter(({ own }) => own).map(({ id }) => id) ?? [])])].filter(
        (id) => !ended.includes(id),
      ),
    [begun, data, ended],
  );
  return { ids, begin, end };
}
