"use client";
import { Search } from "lucide-react";
import { type RefObject, useEffect, useRef, useState } from "react";
import { Input } from "#components/ui/field.tsx";
import { changeFilter } from "../_state/search.ts";

const pauseMs = 220;

/** Searches as one types, after a pause. */
export function SearchBox({ q, ref }: { q: string; ref: RefObject<HTMLInputElement | null> }) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [text, setText] = useState(q);
  const [asked, setAsked] = useState(q);
  // The address changed by other means, such as a chip or the back button.
  if (q !== asked) {
    setAsked(q);
    setText(q);
  }
  const go = (wanted: string) => {
    clearTimeout(timer.current);
    if (wanted.trim() === asked) return;
    setAsked(wanted.trim());
    // One step back undoes the search, however many letters it has.
    changeFilter({ q: wanted.trim() }, asked ? "replace" : "push");
  };
  useEffect(() => () => clearTimeout(timer.current), []);
  return (
    <search className="relative max-w-64 min-w-40 flex-1 max-sm:max-w-none max-sm:basis-full">
      <Search
        aria-hidden
        strokeWidth={1.6}
        className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-ink-faint"
      />
      <Input
        ref={ref}
        type="search"
        value={text}
        maxLength={200}
        aria-label="Search findings"
        aria-keyshortcuts="/"
        placeholder="Title, resource or id"
        className="h-8 pl-8.5 text-13"
        onChange={({ target }) => {
          setText(target.value);
          clearTimeout(timer.current);
          timer.current = setTimeout(() => go(target.value), pauseMs);
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter") go(text);
          if (event.key === "Escape") event.currentTarget.blur();
        }}
      />
    </search>
  );
}
