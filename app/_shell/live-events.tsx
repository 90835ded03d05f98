"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { liveKeys } from "./query-keys.ts";

const flushMs = 500;
const pollMs = 5_000;

/**
 * Listens to `/api/events` and marks what moved as stale, twice a second at most however much happens. While the stream
 * is down it polls instead, and tries again.
 */
export function LiveEvents() {
  const client = useQueryClient();
  useEffect(() => {
    let stream: EventSource | undefined;
    let flush: ReturnType<typeof setTimeout> | undefined;
    let poll: ReturnType<typeof setInterval> | undefined;
    let retry: ReturnType<typeof setTimeout> | undefined;
    let patience = 1_000;

    const refresh = () => {
      // A reading under way is left to end: cancelling it twice a second would starve a slow one.
      void client.invalidateQueries({ queryKey: liveKeys.all }, { cancelRefetch: false });
    };
    const soon = () => {
      flush ??= setTimeout(() => {
        flush = undefined;
        refresh();
      }, flushMs);
    };
    const connect = () => {
      stream = new EventSource("/api/events");
      stream.addEventListener("open", () => {
        patience = 1_000;
        clearInterval(poll);
        poll = undefined;
        // Whatever happened while nobody listened.
        soon();
      });
      stream.addEventListener("scan", soon);
      stream.addEventListener("account", soon);
      stream.addEventListener("finding", soon);
      stream.addEventListener("plan", soon);
      stream.addEventListener("error", () => {
        poll ??= setInterval(refresh, pollMs);
        if (stream?.readyState !== EventSource.CLOSED) return;
        // Refused, which EventSource itself does not try again.
        clearTimeout(retry);
        retry = setTimeout(connect, patience);
        patience = Math.min(patience * 2, 60_000);
      });
    };
    connect();
    return () => {
      stream?.close();
      clearTimeout(flush);
      clearTimeout(retry);
      clearInterval(poll);
    };
  }, [client]);
  return null;
}
