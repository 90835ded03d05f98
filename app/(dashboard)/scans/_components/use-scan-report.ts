"use client";
import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import { liveKeys } from "../../../_shell/query-keys.ts";
import { readJson } from "../../../_shell/read-json.ts";
import { isUnderWay, type ScanReport } from "../scan-progress.ts";

/** A scan's report, fresh while the scan goes on; the page around it is read again once the scan has ended. */
export function useScanReport(initial: ScanReport): { report: ScanReport; problem: string | null } {
  const router = useRouter();
  const { data: report = initial, error } = useQuery({
    queryKey: liveKeys.scan(initial.scan.id),
    queryFn: ({ signal }) => readJson<ScanReport>(`/api/scans/${initial.scan.id}`, signal),
    initialData: initial,
    enabled: ({ state }) => isUnderWay((state.data ?? initial).scan),
    // Events bring news at once; this is for one that got lost.
    refetchInterval: 15_000,
  });
  const under = isUnderWay(report.scan);
  const was = useRef(under);
  useEffect(() => {
    if (was.current && !under) router.refresh();
    was.current = under;
  }, [under, router]);
  return { report, problem: error ? error.message : null };
}
