"use client";
import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { cx } from "./class-names.ts";

/** Copies `text`; says so for a moment. */
export function CopyButton({ text, label, className }: { text: string; label: string; className?: string }) {
  const [state, setState] = useState<"idle" | "copied" | "refused">("idle");
  useEffect(() => {
    if (state === "idle") return;
    const timer = setTimeout(() => setState("idle"), 1_600);
    return () => clearTimeout(timer);
  }, [state]);
  const said = { idle: label, copied: "Copied", refused: "The browser refused to copy" }[state];
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setState("copied");
    } catch {
      // Browsers refuse outside a secure context; the text is still there to select.
      setState("refused");
    }
  };
  return (
    <button
      type="button"
      onClick={copy}
      aria-label={label}
      title={said}
      className={cx(
        "inline-flex size-7 shrink-0 items-center justify-center rounded-sm text-ink-faint transition-colors duration-120 hover:bg-hover hover:text-ink",
        className,
      )}
    >
      {state === "copied" ? (
        <Check aria-hidden className="size-3.5 text-accent" />
      ) : (
        <Copy aria-hidden className="size-3.5" />
      )}
      <span aria-live="polite" className="sr-only">
        {state === "idle" ? "" : said}
      </span>
    </button>
  );
}
