"use client";
import { useQuery } from "@tanstack/react-query";
import { ChevronDown, ChevronUp, X } from "lucide-react";
import { useEffect, useRef } from "react";
import { EntrySentence } from "#components/audit/entry-sentence.tsx";
import { ResultMark } from "#components/audit/result-mark.tsx";
import { Button, IconButton } from "#components/ui/button.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { Time } from "#components/ui/time.tsx";
import type { AuditEntryView } from "#db/audit/model.ts";
import { EntryChange } from "./entry-change.tsx";
import { EntryFacts } from "./entry-facts.tsx";
import { EntryProof } from "./entry-proof.tsx";
import { entryQuery } from "./query.ts";

/** Beside the list where there is room, over it where there is not; never modal, so the list stays in use. */
export default function EntryPanel({
  id,
  known,
  now,
  onMove,
  onClose,
}: {
  id: string;
  /** What the list has of it already. */
  known: AuditEntryView | undefined;
  now: string;
  onMove: (step: 1 | -1) => void;
  onClose: () => void;
}) {
  const panel = useRef<HTMLElement>(null);
  const { data, error, refetch } = useQuery(entryQuery(id));
  // Whoever opened it reads on in it; moving by keys afterwards leaves the focus where it is.
  useEffect(() => panel.current?.focus(), []);
  const entry = data?.entry ?? known;
  return (
    <aside
      ref={panel}
      tabIndex={-1}
      aria-label="Entry"
      data-panel
      className="fixed inset-0 z-30 overflow-y-auto overscroll-contain border-line bg-surface outline-none fade-in lg:top-(--top) lg:left-auto lg:z-10 lg:w-[27rem] lg:border-l xl:w-[33rem]"
    >
      <div className="sticky top-0 z-10 flex h-12 items-center gap-1 border-b border-line bg-surface pr-2 pl-5">
        <span className="label-caps mr-auto">Entry</span>
        <IconButton label="Entry before (k)" onClick={() => onMove(-1)}>
          <ChevronUp aria-hidden className="size-4" />
        </IconButton>
        <IconButton label="Next entry (j)" onClick={() => onMove(1)}>
          <ChevronDown aria-hidden className="size-4" />
        </IconButton>
        <IconButton label="Close the entry" onClick={onClose}>
          <X aria-hidden className="size-4" />
        </IconButton>
      </div>
      {error && !data ? (
        <ErrorState
          title="This entry could not be shown"
          action={<Button onClick={() => void refetch()}>Try again</Button>}
        >
          {error.message}
        </ErrorState>
      ) : entry ? (
        <div className="px-5 pt-5 pb-10">
          <div className="flex flex-wrap items-center gap-x-4 gap-y-1 text-13 text-ink-soft">
            <ResultMark result={entry.result} />
            <span className="text-ink-faint">
              <Time at={entry.at} now={now > entry.at ? now : entry.at} />
            </span>
          </div>
          <h2 className="mt-2.5 text-20 font-[420] text-pretty">
            <EntrySentence entry={entry} limit={600} />
          </h2>
          {data ? (
            <>
              <EntryFacts view={data} />
              <EntryChange key={`change-${id}`} view={data} />
              <EntryProof key={`proof-${id}`} entry={data.entry} now={now} />
            </>
          ) : (
            <PanelSkeleton />
          )}
        </div>
      ) : (
        <div className="px-5 pt-5">
          <PanelSkeleton />
        </div>
      )}
    </aside>
  );
}

const PanelSkeleton = () => (
  <div aria-busy className="mt-5 grid gap-4">
    <span className="sr-only">Loading the entry</span>
    <Skeleton className="h-56" />
    <Skeleton className="h-32" />
  </div>
);
