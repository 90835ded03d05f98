"use client";
import { useSearchParams } from "next/navigation";
import { useMemo } from "react";
import { findingsHref, readSearch } from "../hrefs.ts";
import type { FindingSearch } from "../search-params.ts";

/** What the address asks for, anew whenever it changes. */
export function useSearch(): FindingSearch {
  const text = useSearchParams().toString();
  return useMemo(() => readSearch(new URLSearchParams(text)), [text]);
}

/** What the address asks for at this moment, also between a key and the rendering that it leads to. */
const searchNow = () => readSearch(new URLSearchParams(window.location.search));

/**
 * Changes the address without asking the server for the page again; the list asks for its rows by itself. Going back
 * leads to how it was, unless the change only replaces.
 */
export function changeSearch(changes: Partial<FindingSearch>, how: "push" | "replace" = "push"): void {
  const href = findingsHref(searchNow(), changes);
  if (how === "push") window.history.pushState(null, "", href);
  else window.history.replaceState(null, "", href);
}

/** As `changeSearch`, for what decides which findings are listed: the panel closes. */
export function changeFilter(changes: Partial<FindingSearch>, how: "push" | "replace" = "push"): void {
  changeSearch({ finding: undefined, ...changes }, how);
}

/** Follows a link within the list by `changeFilter` or the like, unless it is asked for in another tab. */
export function followInPlace(follow: () => void) {
  return (event: React.MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0) return;
    event.preventDefault();
    follow();
  };
}
