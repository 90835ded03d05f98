"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { liveKeys } from "../../../_shell/query-keys.ts";
import { readJson } from "../../../_shell/read-json.ts";
import { freshPath, mergeReports, type PlanReport } from "../plan-report.ts";

/** States in which nothing comes any more but what somebody does. */
const settled = new Set(["rejected", "expired", "cancelled"]);

/** A plan's report, kept fresh: only what is new is read, and what has been unfolded stays so. */
export function usePlanReport(initial: PlanReport): {
  report: PlanReport;
  problem: string | null;
  refresh: () => Promise<void>;
} {
  const client = useQueryClient();
  const queryKey = liveKeys.plan(initial.plan.id);
  const { data: report = initial, error } = useQuery({
    queryKey,
    queryFn: async ({ signal }) => {
      const known = client.getQueryData<PlanReport>(queryKey) ?? initial;
      return mergeReports(known, await readJson<PlanReport>(freshPath(known), signal));
    },
    initialData: initial,
    // Events bring news at once; this is for one that got lost.
    refetchInterval: ({ state }) => (settled.has(state.data?.plan.state ?? "") ? false : 15_000),
  });
  const refresh = () => client.invalidateQueries({ queryKey: liveKeys.all });
  return { report, problem: error ? error.message : null, refresh };
}
