"use client";
import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { Button } from "#components/ui/button.tsx";
import { liveKeys } from "../../../_shell/query-keys.ts";
import { readJson } from "../../../_shell/read-json.ts";
import type { Status } from "../../../_shell/status.ts";

/** Rows never move under the reader: that there is news is said, and shown when asked for. */
export function StaleNotice({ lastScanId }: { lastScanId: string | null }) {
  const router = useRouter();
  const [pending, start] = useTransition();
  const { data: status } = useQuery({
    queryKey: liveKeys.status,
    queryFn: ({ signal }) => readJson<Status>("/api/status", signal),
  });
  const hasEnded = status?.last !== undefined && status.last !== null && status.last.id !== lastScanId;
  const isFirst = lastScanId === null && status?.running;
  if (!hasEnded && !isFirst) return null;
  return (
    <div
      role="status"
      className="flex flex-wrap items-center gap-3 border-b border-line bg-accent-soft px-4 py-2 text-13 fade-in"
    >
      {hasEnded
        ? "A scan has ended since this was read."
        : "The first scan is still reading; more may have come in."}
      <Button size="sm" disabled={pending} onClick={() => start(() => router.refresh())}>
        Show what changed
      </Button>
    </div>
  );
}
