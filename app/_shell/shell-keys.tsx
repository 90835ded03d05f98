"use client";
import { Search } from "lucide-react";
import { useRouter } from "next/navigation";
import { lazy, Suspense, useEffect, useState } from "react";
import { areasFor, type Offers } from "./areas.ts";

const Palette = lazy(() => import("./palette/palette.tsx"));
const HelpDialog = lazy(() => import("./help-dialog.tsx"));

/** How long `g` waits for the letter that says where to. */
const sequenceMs = 1_200;

/**
 * The keys that work on every page, and the button that opens the command palette. Palette and help are fetched when they
 * are first asked for.
 */
export function ShellKeys({ offers }: { offers: Offers }) {
  const router = useRouter();
  const [open, setOpen] = useState<"palette" | "help">();
  useEffect(() => {
    let until = 0;
    const onKey = (event: KeyboardEvent) => {
      if ((event.metaKey || event.ctrlKey) && !event.altKey && event.key.toLowerCase() === "k") {
        event.preventDefault();
        setOpen("palette");
        return;
      }
      if (event.metaKey || event.ctrlKey || event.altKey || isElsewhere(event.target)) return;
      if (performance.now() < until) {
        until = 0;
        const area = areasFor(offers).find(({ key }) => key === event.key);
        if (!area) return;
        // The letter belongs to `g`, whatever it means on the page.
        event.preventDefault();
        event.stopPropagation();
        router.push(area.href);
      } else if (event.key === "g") {
        until = performance.now() + sequenceMs;
      } else if (event.key === "?") {
        event.preventDefault();
        setOpen("help");
      }
    };
    // Before the page's own listeners, which know nothing of `g`.
    document.addEventListener("keydown", onKey, true);
    return () => document.removeEventListener("keydown", onKey, true);
  }, [router, offers]);
  const close = () => setOpen(undefined);
  return (
    <>
      <button
        type="button"
        onClick={() => setOpen("palette")}
        aria-label="Search or run a command"
        aria-keyshortcuts="Control+K Meta+K"
        className="inline-flex h-8 items-center gap-2.5 rounded border-line-strong px-2 text-13 text-ink-faint transition-colors duration-120 hover:bg-hover hover:text-ink max-lg:text-ink-soft max-sm:h-10 max-sm:min-w-10 max-sm:justify-center lg:mr-2 lg:w-60 lg:border lg:bg-surface lg:px-2.5"
      >
        <Search aria-hidden strokeWidth={1.6} className="size-4" />
        <span className="max-lg:hidden">Search or jump to</span>
        <kbd className="ml-auto font-mono text-12 max-lg:hidden">Ctrl K</kbd>
      </button>
      <Suspense fallback={null}>
        {open === "palette" ? <Palette offers={offers} onClose={close} /> : null}
        {open === "help" ? <HelpDialog offers={offers} onClose={close} /> : null}
      </Suspense>
    </>
  );
}

/** Typing, or in a dialog or menu that hears keys itself. */
const isElsewhere = (target: EventTarget | null): boolean =>
  target instanceof Element &&
  target.closest("input, textarea, select, dialog, [role=menu], [contenteditable=true]") !== null;
