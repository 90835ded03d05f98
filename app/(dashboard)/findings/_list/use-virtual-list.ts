"use client";
import { defaultRangeExtractor, type Range, useWindowVirtualizer } from "@tanstack/react-virtual";
import { type RefObject, useCallback, useLayoutEffect, useState, useSyncExternalStore } from "react";
import { heights, type Item } from "./items.ts";

/** What of the list sticks to the top of the window: the line of the organisation and the head of the columns, in px. */
const stickyTop = 128;
const stickyBottom = 96;

const narrowQuery = "(max-width: 39.99rem)";
const watchWidth = (changed: () => void) => {
  const media = window.matchMedia(narrowQuery);
  media.addEventListener("change", changed);
  return () => media.removeEventListener("change", changed);
};

/** Whether rows are cards, as on a phone; the server goes by what the browser says it is. */
export const useNarrow = (guess: boolean): boolean =>
  useSyncExternalStore(
    watchWidth,
    () => window.matchMedia(narrowQuery).matches,
    () => guess,
  );

/**
 * Renders what is in sight of a list that scrolls with the window. Heights are known beforehand, so that ten thousand
 * rows cost no more than forty. The row under the cursor stays, so that focus isn't lost with it.
 */
export function useVirtualList({
  items,
  narrow,
  body,
  kept,
}: {
  items: readonly Item[];
  narrow: boolean;
  body: RefObject<HTMLElement | null>;
  /** Index of the row that is never taken out; -1 for none. */
  kept: number;
}) {
  const [margin, setMargin] = useState(0);
  // What stands above changes its height with the filters that are on.
  useLayoutEffect(() => {
    const measure = () => {
      const top = body.current?.getBoundingClientRect().top;
      if (top !== undefined) setMargin(Math.round(top + window.scrollY));
    };
    measure();
    const watcher = new ResizeObserver(measure);
    watcher.observe(document.body);
    return () => watcher.disconnect();
  }, [body]);
  const sizes = narrow ? heights.narrow : heights.wide;
  const rangeExtractor = useCallback(
    (range: Range) => {
      const inSight = defaultRangeExtractor(range);
      return kept < 0 || kept >= range.count || inSight.includes(kept)
        ? inSight
        : [...inSight, kept].sort((a, b) => a - b);
    },
    [kept],
  );
  // Only new items are measured anew: ten thousand at every step of scrolling would be felt.
  const getItemKey = useCallback((index: number) => items[index]?.key ?? index, [items]);
  const virtual = useWindowVirtualizer({
    count: items.length,
    estimateSize: (index) => sizes[items[index]?.kind ?? "row"],
    getItemKey,
    overscan: 8,
    scrollMargin: margin,
    scrollPaddingStart: stickyTop,
    scrollPaddingEnd: stickyBottom,
    rangeExtractor,
    // The server renders the first screen too.
    initialRect: { width: 1280, height: 1000 },
    useFlushSync: false,
  });
  return { virtual, margin };
}
