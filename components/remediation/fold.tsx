"use client";
import { type ReactNode, useState } from "react";
import { cx } from "#components/ui/class-names.ts";

/** Something that unfolds. What is inside is rendered once it was first unfolded, so that a hundred cost no more than one. */
export function Fold({
  summary,
  aside,
  children,
  isOpen = false,
  look = "bar",
}: {
  summary: ReactNode;
  /** At the end of the line, such as a state. */
  aside?: ReactNode;
  children: ReactNode;
  /** At first. */
  isOpen?: boolean;
  /** `bar`: from edge to edge of a card. `line`: within running content. */
  look?: "bar" | "line";
}) {
  const [open, setOpen] = useState(isOpen);
  const [wasOpen, setWasOpen] = useState(isOpen);
  return (
    <details
      open={open}
      onToggle={(event) => {
        event.stopPropagation();
        setOpen(event.currentTarget.open);
        if (event.currentTarget.open) setWasOpen(true);
      }}
      className="group/fold"
    >
      <summary
        className={cx(
          "flex list-none items-center gap-2.5 transition-colors duration-120",
          look === "bar"
            ? "min-h-11 px-4 py-2 text-14 hover:bg-hover sm:px-5"
            : "min-h-9 text-13 text-ink-soft hover:text-ink max-sm:min-h-11",
        )}
      >
        <span
          aria-hidden
          className={cx("w-2 shrink-0 text-ink-faint transition-transform duration-120", open && "rotate-90")}
        >
          ›
        </span>
        <span className="min-w-0 flex-1">{summary}</span>
        {aside ? <span className="shrink-0">{aside}</span> : null}
      </summary>
      {wasOpen ? children : null}
    </details>
  );
}
