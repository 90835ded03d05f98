"use client";
import { useState } from "react";
import { UntrustedLines } from "#components/ui/untrusted-lines.tsx";

/** Longer than this is folded to its first lines. */
const longest = { characters: 280, lines: 5 };

/** What somebody wrote, in the lines that they wrote; a long one is cut short until it is asked for. */
export function LongText({ text }: { text: string }) {
  const [open, setOpen] = useState(false);
  const isLong = text.length > longest.characters || text.split("\n").length > longest.lines;
  if (!isLong) return <UntrustedLines text={text} />;
  return (
    <>
      <span className={open ? "block" : "line-clamp-5"}>
        <UntrustedLines text={text} />
      </span>
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="mt-1 text-13 text-ink-soft underline decoration-line-strong underline-offset-4 hover:text-ink max-sm:min-h-10"
      >
        {open ? "Less" : "All of it"}
      </button>
    </>
  );
}
