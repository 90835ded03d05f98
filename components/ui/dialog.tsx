"use client";
import { X } from "lucide-react";
import { type ReactNode, useEffect, useId, useRef } from "react";
import { IconButton } from "./button.tsx";
import { cx } from "./class-names.ts";

/**
 * The browser's own modal dialog: it keeps focus inside, closes on Escape and gives focus back. What has
 * `data-autofocus` is focused when it opens, else its first control.
 */
export function Dialog({
  open,
  onClose,
  title,
  children,
  footer,
  wide = false,
}: {
  open: boolean;
  onClose: () => void;
  title: string;
  children: ReactNode;
  footer: ReactNode;
  wide?: boolean;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => {
    const element = dialog.current;
    if (!element) return;
    if (open && !element.open) {
      element.showModal();
      element.querySelector<HTMLElement>("[data-autofocus]")?.focus();
    }
    if (!open && element.open) element.close();
  }, [open]);
  return (
    <dialog
      ref={dialog}
      aria-labelledby={heading}
      onClose={onClose}
      onPointerDown={(event) => {
        if (event.target === event.currentTarget) onClose();
      }}
      className={cx(
        "m-auto max-h-[min(46rem,92dvh)] w-[calc(100%-2rem)] overflow-hidden rounded border border-line-strong bg-surface p-0 text-ink shadow-float",
        "backdrop:bg-scrim open:flex open:flex-col open:fade-in max-sm:mb-4",
        wide ? "max-w-2xl" : "max-w-md",
      )}
    >
      {open ? (
        <>
          <header className="flex items-center justify-between gap-4 border-b border-line py-3 pr-3 pl-5">
            <h2 id={heading} className="text-16">
              {title}
            </h2>
            <IconButton label="Close" onClick={onClose}>
              <X aria-hidden className="size-4" />
            </IconButton>
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto px-5 py-4">{children}</div>
          {footer === null ? null : (
            <footer className="flex flex-wrap justify-end gap-2 border-t border-line px-5 py-3.5">
              {footer}
            </footer>
          )}
        </>
      ) : null}
    </dialog>
  );
}
