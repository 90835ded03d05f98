"use client";
import { Search } from "lucide-react";
import type { Route } from "next";
import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { Input } from "#components/ui/field.tsx";

const pauseMs = 300;

/** Searches as one types, after a pause; `/` leads here from anywhere on the page. */
export function SearchBox({
  q,
  label,
  placeholder,
  hrefOf,
}: {
  /** What the address asks for now. */
  q: string;
  label: string;
  placeholder: string;
  /** The address of the same list with another search. */
  hrefOf: (q: string) => Route;
}) {
  const router = useRouter();
  const input = useRef<HTMLInputElement>(null);
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
    router.replace(hrefOf(wanted.trim()), { scroll: false });
  };
  useEffect(() => {
    const focus = (event: KeyboardEvent) => {
      const typing =
        event.target instanceof Element && event.target.closest("input, textarea, select, dialog");
      if (event.key !== "/" || event.metaKey || event.ctrlKey || typing) return;
      event.preventDefault();
      input.current?.focus();
    };
    document.addEventListener("keydown", focus);
    return () => {
      document.removeEventListener("keydown", focus);
      clearTimeout(timer.current);
    };
  }, []);
  return (
    <search className="relative w-64 max-sm:w-full">
      <Search
        aria-hidden
        strokeWidth={1.6}
        className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-ink-faint"
      />
      <Input
        ref={input}
        type="search"
        value={text}
        maxLength={200}
        aria-label={label}
        aria-keyshortcuts="/"
        placeholder={placeholder}
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
