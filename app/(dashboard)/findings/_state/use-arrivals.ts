"use client";
import { useCallback, useState } from "react";

/**
 * How many findings match now that did not when the list was read; rows never move under the reader, so that is only
 * said. `fresh` is false while the count is still of another filter (`of`). After `settle`, the next count is what
 * later ones are held against.
 */
export function useArrivals(of: string, total: number, fresh: boolean) {
  const [seen, setSeen] = useState<{ of: string; total: number } | null>(null);
  if (fresh && (seen?.of !== of || total < seen.total)) setSeen({ of, total });
  const settle = useCallback(() => setSeen(null), []);
  return { arrivals: fresh && seen?.of === of ? Math.max(0, total - seen.total) : 0, settle };
}
