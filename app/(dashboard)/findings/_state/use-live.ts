"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type RefObject, useRef } from "react";
import { findingKey, liveKeys } from "../../../_shell/query-keys.ts";
import { findingsKeys } from "./keys.ts";
import { refreshRows } from "./use-list.ts";

/** However much happens, what is in sight is read again this often at most. */
const pauseMs = 2_000;

const wait = (ms: number, signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });

/**
 * Whenever something moved, reads the rows in sight, the open finding and the counts again and puts them where they
 * stand. Lists that are out of sight are forgotten, so that going back to them reads them anew.
 */
export function useLive(inSight: RefObject<readonly string[]>, open: string | undefined): void {
  const client = useQueryClient();
  const last = useRef(0);
  useQuery({
    queryKey: [...liveKeys.all, "findings"],
    queryFn: async ({ signal }) => {
      await wait(Math.max(0, last.current + pauseMs - performance.now()), signal);
      last.current = performance.now();
      client.removeQueries({ queryKey: findingsKeys.lists, type: "inactive" });
      await Promise.all([
        refreshRows(client, inSight.current),
        client.invalidateQueries({ queryKey: findingsKeys.allFacets }),
        client.invalidateQueries({ queryKey: findingsKeys.changes }),
        open ? client.invalidateQueries({ queryKey: findingKey(open) }) : undefined,
      ]);
      return null;
    },
    initialData: null,
    staleTime: Number.POSITIVE_INFINITY,
    // For an event that came while the last one was being answered.
    refetchInterval: 30_000,
  });
}
