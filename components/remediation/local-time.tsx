"use client";
import { useSyncExternalStore } from "react";
import { exactTime } from "#components/ui/relative-time.ts";
import { sayLocally } from "./say-locally.ts";

const never = () => () => undefined;

/** A moment as the reader's own clock says it; the server, which doesn't know where that is, says it in UTC. */
export const useLocally = (at: string | null | undefined): string | undefined =>
  useSyncExternalStore(
    never,
    () => (at ? sayLocally(at) : undefined),
    () => (at ? sayLocally(at, "UTC") : undefined),
  );

export function LocalTime({ at }: { at: string }) {
  const said = useLocally(at);
  return (
    <time dateTime={at} title={exactTime(at)}>
      {said}
    </time>
  );
}
