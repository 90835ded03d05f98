"use client";
import { useQuery } from "@tanstack/react-query";
import type { Route } from "next";
import Link from "next/link";
import { EntrySentence } from "#components/audit/entry-sentence.tsx";
import { ResultMark, ResultShape } from "#components/audit/result-mark.tsx";
import { Button } from "#components/ui/button.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { Time } from "#components/ui/time.tsx";
import type { AuditEntryView, AuditPage } from "#db/audit/model.ts";
import type { HistoryKind } from "#db/audit/related.ts";
import { readJson } from "../../_shell/read-json.ts";

/** What the audit trail says of a thing, on its own page; for whoever reads the trail. */
export function ObjectHistory({ kind, id, now }: { kind: HistoryKind; id: string; now: string }) {
  const { data, error, refetch } = useQuery({
    queryKey: ["trail-history", kind, id],
    queryFn: ({ signal }) =>
      readJson<AuditPage>(`/api/audit/history?${new URLSearchParams({ kind, id })}`, signal),
    refetchInterval: 20_000,
  });
  if (error && !data) {
    return (
      <p role="alert" className="flex flex-wrap items-center gap-3 text-13 text-ink-soft">
        {error.message}
        <Button size="sm" onClick={() => void refetch()}>
          Try again
        </Button>
      </p>
    );
  }
  if (!data) {
    return (
      <div aria-busy className="grid gap-3 py-1">
        <span className="sr-only">Loading the history</span>
        <Skeleton className="h-4 w-4/5" />
        <Skeleton className="h-4 w-3/5" />
        <Skeleton className="h-4 w-2/3" />
      </div>
    );
  }
  if (data.entries.length === 0) {
    return <p className="text-13 text-ink-soft">The trail holds nothing about it.</p>;
  }
  return (
    <ol aria-label="History" className="divide-y divide-line border-y border-line">
      {data.entries.map((entry) => (
        <Entry key={entry.id} entry={entry} now={now} />
      ))}
    </ol>
  );
}

function Entry({ entry, now }: { entry: AuditEntryView; now: string }) {
  return (
    <li className="relative flex items-baseline gap-3 py-2 text-13 transition-colors duration-120 hover:bg-hover">
      <span className="shrink-0 self-start pt-[3px]">
        <ResultShape result={entry.result} />
      </span>
      <Link
        href={`/audit?entry=${encodeURIComponent(entry.id)}` as Route}
        prefetch={false}
        className="min-w-0 flex-1 text-pretty outline-none before:absolute before:inset-0 focus-visible:before:outline-2 focus-visible:before:outline-accent"
      >
        <EntrySentence entry={entry} limit={240} />
        <span className="sr-only">
          , <ResultMark result={entry.result} terse />
        </span>
      </Link>
      <span className="shrink-0 text-12 text-ink-faint">
        <Time at={entry.at} now={now > entry.at ? now : entry.at} />
      </span>
    </li>
  );
}
