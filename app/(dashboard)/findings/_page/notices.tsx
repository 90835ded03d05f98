"use client";
import { Button } from "#components/ui/button.tsx";

/** Rows never move under the reader: that there is news is said, and shown when asked for. */
export function News({
  arrivals,
  gone,
  onShow,
}: {
  arrivals: number;
  /** Rows in the list that are no longer what it was asked for. */
  gone: number;
  onShow: () => void;
}) {
  if (arrivals === 0 && gone === 0) return null;
  const said = [
    arrivals > 0 ? `${arrivals.toLocaleString("en")} new` : "",
    gone > 0 ? `${gone.toLocaleString("en")} no longer belong here` : "",
  ]
    .filter(Boolean)
    .join(", ");
  return (
    <div
      role="status"
      className="flex flex-wrap items-center gap-3 border-b border-line bg-accent-soft px-4 py-2 text-13 fade-in sm:px-6"
    >
      {said}
      <Button size="sm" onClick={onShow}>
        {arrivals > 0 ? `Show ${arrivals === 1 ? "it" : "them"}` : "Read the list again"}
      </Button>
    </div>
  );
}
