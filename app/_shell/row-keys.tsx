"use client";
import { type ReactNode, useEffect, useRef } from "react";

/** Moves focus through the links of a table's rows, or what else is named, by `j` and `k`; Enter follows them, as ever. */
export function RowKeys({
  className,
  rows = "tbody tr a",
  children,
}: {
  className?: string;
  /** A selector of what is focused in each row. */
  rows?: string;
  children: ReactNode;
}) {
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const step = { j: 1, k: -1 }[event.key];
      const elsewhere =
        event.target instanceof Element &&
        event.target.closest("input, textarea, select, dialog, [role=menu]");
      if (!step || elsewhere || event.metaKey || event.ctrlKey || event.altKey) return;
      const links = Array.from(root.current?.querySelectorAll<HTMLElement>(rows) ?? []);
      const focused = document.activeElement;
      const at = focused instanceof HTMLElement ? links.indexOf(focused) : -1;
      const next = at < 0 ? links[0] : links[at + step];
      if (!next) return;
      event.preventDefault();
      next.focus();
      next.scrollIntoView({ block: "nearest" });
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [rows]);
  return (
    <div ref={root} className={className}>
      {children}
    </div>
  );
}
