"use client";
import { Ellipsis } from "lucide-react";
import Link from "next/link";
import { useId, useRef } from "react";
import { type Area, isWithin } from "./areas.ts";

/** On a phone: the areas that the bar has no room for, in a sheet above it. */
export function MoreAreas({ path, areas }: { path: string; areas: readonly Area[] }) {
  const id = useId();
  const sheet = useRef<HTMLDivElement>(null);
  const others = areas.filter(({ first }) => !first);
  const within = others.some(({ root }) => isWithin(path, root));
  return (
    <>
      <button
        type="button"
        popoverTarget={id}
        data-within={within || undefined}
        className="group flex h-14 flex-1 flex-col items-center justify-center gap-1 text-12 text-ink-soft data-within:font-[540] data-within:text-ink md:hidden"
      >
        <Ellipsis aria-hidden strokeWidth={1.6} className="size-[18px] group-data-within:text-accent" />
        More
      </button>
      <div
        ref={sheet}
        id={id}
        popover="auto"
        className="fixed inset-auto right-2 bottom-[calc(3.75rem+env(safe-area-inset-bottom))] m-0 w-56 rounded border border-line-strong bg-surface p-1 text-ink shadow-float open:fade-in md:hidden"
      >
        {others.map(({ href, root, word, Icon }) => (
          <Link
            key={root}
            href={href}
            onClick={() => sheet.current?.hidePopover()}
            aria-current={isWithin(path, root) ? "page" : undefined}
            className="group flex h-11 items-center gap-3 rounded-sm px-3 text-14 hover:bg-hover aria-[current=page]:bg-selected aria-[current=page]:font-[540]"
          >
            <Icon
              aria-hidden
              strokeWidth={1.6}
              className="size-[18px] text-ink-faint group-aria-[current=page]:text-accent"
            />
            {word}
          </Link>
        ))}
      </div>
    </>
  );
}
