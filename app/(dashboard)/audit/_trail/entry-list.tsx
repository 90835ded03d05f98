"use client";
import { useEffect, useRef } from "react";
import { Button } from "#components/ui/button.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import type { AuditEntryView } from "#db/audit/model.ts";
import { byDay, sayDay } from "./days.ts";
import { EntryRow } from "./entry-row.tsx";

/** Entries under their days. The list goes on as one reads on. */
export function EntryList({
  entries,
  opened,
  onOpen,
  now,
  hasOlder,
  isReading,
  problem,
  readOlder,
}: {
  entries: readonly AuditEntryView[];
  opened: string | null;
  onOpen: (entryId: string) => void;
  now: string;
  hasOlder: boolean;
  isReading: boolean;
  problem: string | null;
  readOlder: () => void;
}) {
  const end = useRef<HTMLDivElement>(null);
  const canGoOn = hasOlder && !isReading && problem === null;
  useEffect(() => {
    const mark = end.current;
    if (!mark || !canGoOn) return;
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting) readOlder();
      },
      { rootMargin: "600px" },
    );
    observer.observe(mark);
    return () => observer.disconnect();
  }, [canGoOn, readOlder]);
  return (
    <div className="@container/trail">
      {byDay(entries).map(({ day, entries: of }) => (
        <section key={day} aria-label={sayDay(day, now)}>
          <h2 className="label-caps sticky top-(--top) z-[5] flex h-8 items-center border-b border-line bg-ground px-4 sm:px-6">
            {sayDay(day, now)}
          </h2>
          <ol>
            {of.map((entry) => (
              <EntryRow key={entry.id} entry={entry} isOpen={entry.id === opened} onOpen={onOpen} />
            ))}
          </ol>
        </section>
      ))}
      <div ref={end} className="grid min-h-14 content-center gap-3 px-4 py-3 text-13 text-ink-soft sm:px-6">
        {isReading ? (
          <>
            <span className="sr-only" role="status">
              Reading older entries
            </span>
            <Skeleton className="h-4 w-3/5" />
            <Skeleton className="h-4 w-2/5" />
          </>
        ) : problem !== null ? (
          <span role="alert" className="flex flex-wrap items-center gap-3">
            {problem}
            <Button size="sm" onClick={readOlder}>
              Try again
            </Button>
          </span>
        ) : hasOlder ? (
          <span>
            <Button size="sm" onClick={readOlder}>
              Show older entries
            </Button>
          </span>
        ) : (
          <span className="text-ink-faint">
            {entries.length === 1
              ? "That is the only one."
              : `All ${entries.length.toLocaleString("en")} are shown.`}
          </span>
        )}
      </div>
    </div>
  );
}
