"use client";
import { useQuery } from "@tanstack/react-query";
import { type RefObject, useEffect, useState } from "react";
import type { PlanDetail } from "#db/remediation/model.ts";
import { liveKeys } from "../../../_shell/query-keys.ts";
import { readJson } from "../../../_shell/read-json.ts";

const read = (planId: string) =>
  ({
    queryFn: ({ signal }: { signal: AbortSignal }) =>
      readJson<PlanDetail>(`/api/remediation/plans/${encodeURIComponent(planId)}`, signal),
  }) as const;

/** A plan whole. What was submitted never changes, so it is read once for each hash. */
export const usePlan = (planId: string, hash: string | null, enabled: boolean) =>
  useQuery({
    ...read(planId),
    queryKey: ["plan", planId, hash],
    enabled,
    staleTime: Number.POSITIVE_INFINITY,
  });

/** As `usePlan`, kept fresh: for what becomes of it. */
export const useLivePlan = (planId: string) =>
  useQuery({ ...read(planId), queryKey: [...liveKeys.plan(planId), "decided"] });

/** Whether an element is, or ever was, within a screen's height of what is in sight. */
export function useNearSight(element: RefObject<HTMLElement | null>): boolean {
  const [isNear, setNear] = useState(false);
  useEffect(() => {
    if (!element.current) return;
    const watcher = new IntersectionObserver(
      ([entry]) => {
        if (!entry?.isIntersecting) return;
        setNear(true);
        watcher.disconnect();
      },
      { rootMargin: "100% 0px" },
    );
    watcher.observe(element.current);
    return () => watcher.disconnect();
  }, [element]);
  return isNear;
}
