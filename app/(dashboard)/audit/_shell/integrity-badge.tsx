"use client";
import { useQuery } from "@tanstack/react-query";
import type { Route } from "next";
import Link from "next/link";
import { IntegrityMark } from "#components/audit/integrity-mark.tsx";
import { sayIntegrity } from "#components/audit/integrity-words.ts";
import { cx } from "#components/ui/class-names.ts";
import type { AuditIntegrity } from "#db/audit/model.ts";
import { readJson } from "../../../_shell/read-json.ts";
import { useNow } from "../../../_shell/use-now.ts";

export type IntegrityReading = AuditIntegrity & { now: string };

/** Always in sight: how far the trail is sealed and verified, and whether anything is wrong with it. */
export function IntegrityBadge({ initial }: { initial: IntegrityReading }) {
  const { data = initial } = useQuery({
    queryKey: ["trail-integrity", "badge"],
    queryFn: ({ signal }) => readJson<IntegrityReading>("/api/audit/integrity", signal),
    initialData: initial,
    staleTime: 5_000,
    refetchInterval: 15_000,
  });
  const now = useNow(data.now, 10_000);
  const isBroken = data.state === "broken";
  return (
    <Link
      href={"/audit/integrity" as Route}
      prefetch={false}
      data-state={data.state}
      title={data.reasons.join(" ").slice(0, 500) || undefined}
      className={cx(
        "inline-flex min-h-8 items-center gap-2 rounded border px-2.5 py-1 text-13 transition-colors duration-120 max-sm:min-h-10",
        isBroken
          ? "border-transparent bg-critical-soft font-[540] text-danger"
          : "border-line-strong bg-surface text-ink-soft hover:bg-hover hover:text-ink",
      )}
    >
      <IntegrityMark state={data.state} />
      <span className="sr-only">Integrity: </span>
      {sayIntegrity(data, now)}
    </Link>
  );
}
