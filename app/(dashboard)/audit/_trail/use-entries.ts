"use client";
import { useState, useTransition } from "react";
import type { AuditEntryView, AuditPage } from "#db/audit/model.ts";
import { readJson } from "../../../_shell/read-json.ts";
import { mergePages } from "./merge-pages.ts";

/**
 * The entries shown: the newest as the page has them each time it is read again, and older ones as far as they were asked
 * for.
 */
export function useEntries(
  query: string,
  first: AuditPage,
): {
  entries: readonly AuditEntryView[];
  hasOlder: boolean;
  isReading: boolean;
  problem: string | null;
  readOlder: () => void;
} {
  const [shown, setShown] = useState(first);
  const [newest, setNewest] = useState({ query, first });
  const [problem, setProblem] = useState<string | null>(null);
  const [isReading, start] = useTransition();
  if (newest.first !== first) {
    setNewest({ query, first });
    // What was shown of another search has nothing to do with this one.
    setShown(newest.query === query ? mergePages(shown, first) : first);
  }
  const readOlder = () => {
    const { next } = shown;
    if (next === null || isReading) return;
    start(async () => {
      const params = new URLSearchParams(query);
      params.set("after", next);
      try {
        const page = await readJson<AuditPage>(`/api/audit/entries?${params}`);
        setProblem(null);
        setShown((before) =>
          before.next === next ? { entries: [...before.entries, ...page.entries], next: page.next } : before,
        );
      } catch (error) {
        // What kept it from being read is shown where the rows would be.
        setProblem(error instanceof Error ? error.message : "The older entries could not be read.");
      }
    });
  };
  return { entries: shown.entries, hasOlder: shown.next !== null, isReading, problem, readOlder };
}
