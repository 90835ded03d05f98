"use client";
import { ArrowDown, ArrowUp, Trash2 } from "lucide-react";
import type { ReactNode } from "react";
import { IconButton } from "#components/ui/button.tsx";

/** One of several alike things to fill in, with its place among them. */
export function RowCard({
  title,
  onRemove,
  onUp,
  onDown,
  children,
}: {
  title: string;
  onRemove: (() => void) | null;
  /** Null at the beginning, left out where the order means nothing. */
  onUp?: (() => void) | null;
  onDown?: (() => void) | null;
  children: ReactNode;
}) {
  return (
    <section aria-label={title} className="rounded border border-line-strong bg-surface">
      <div className="flex items-center gap-1 border-b border-line py-1.5 pr-1.5 pl-3.5">
        <h3 className="mr-auto min-w-0 truncate text-13 font-[540]">{title}</h3>
        {onUp === undefined ? null : (
          <IconButton label={`Move up: ${title}`} disabled={onUp === null} onClick={() => onUp?.()}>
            <ArrowUp aria-hidden className="size-4" />
          </IconButton>
        )}
        {onDown === undefined ? null : (
          <IconButton label={`Move down: ${title}`} disabled={onDown === null} onClick={() => onDown?.()}>
            <ArrowDown aria-hidden className="size-4" />
          </IconButton>
        )}
        <IconButton label={`Remove: ${title}`} disabled={onRemove === null} onClick={() => onRemove?.()}>
          <Trash2 aria-hidden className="size-4" />
        </IconButton>
      </div>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4 px-3.5 py-3.5">{children}</div>
    </section>
  );
}
