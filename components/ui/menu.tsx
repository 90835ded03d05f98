"use client";
import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from "react";
import { cx } from "./class-names.ts";

/** A button that opens a short list of commands over the page. Children are `MenuItem`s or links with role menuitem. */
export function Menu({
  label,
  face,
  children,
  className,
}: {
  label: string;
  face: ReactNode;
  children: ReactNode;
  className?: string;
}) {
  const id = useId();
  const trigger = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);

  const place = (opening: boolean) => {
    const [button, menu] = [trigger.current, list.current];
    if (!opening || !button || !menu) return;
    const edge = button.getBoundingClientRect();
    menu.style.top = `${edge.bottom + 6}px`;
    menu.style.right = `${Math.max(8, document.documentElement.clientWidth - edge.right)}px`;
  };
  const items = () => Array.from(list.current?.querySelectorAll<HTMLElement>("[role^=menuitem]") ?? []);
  const move = (event: KeyboardEvent) => {
    const all = items();
    const at = document.activeElement instanceof HTMLElement ? all.indexOf(document.activeElement) : -1;
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (to === undefined || all.length === 0) return;
    event.preventDefault();
    all[(to + all.length) % all.length]?.focus();
  };
  return (
    <>
      <button
        ref={trigger}
        type="button"
        popoverTarget={id}
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={open}
        className={cx(
          "inline-flex h-8 items-center justify-center gap-2 rounded px-2 text-13 text-ink-soft transition-colors duration-120",
          "hover:bg-hover hover:text-ink max-sm:h-10 max-sm:min-w-10",
          className,
        )}
      >
        {face}
      </button>
      <div
        ref={list}
        id={id}
        popover="auto"
        role="menu"
        aria-label={label}
        tabIndex={-1}
        onKeyDown={move}
        onBeforeToggle={(event) => place(event.newState === "open")}
        onToggle={(event) => {
          setOpen(event.newState === "open");
          if (event.newState === "open") items()[0]?.focus();
        }}
        onClick={() => list.current?.hidePopover()}
        className="fixed inset-auto m-0 min-w-52 rounded border border-line-strong bg-surface p-1 text-ink shadow-float open:fade-in"
      >
        {children}
      </div>
    </>
  );
}

const item =
  "flex min-h-8 w-full items-center gap-2.5 rounded-sm px-2.5 text-left text-13 text-ink outline-none transition-colors duration-120 hover:bg-hover focus-visible:bg-selected max-sm:min-h-10";

export function MenuItem({
  onSelect,
  checked,
  children,
  type = "button",
}: {
  onSelect?: () => void;
  /** Present for one of several choices. */
  checked?: boolean;
  children: ReactNode;
  type?: "button" | "submit";
}) {
  return (
    <button
      type={type}
      {...(checked === undefined ? { role: "menuitem" } : { role: "menuitemradio", "aria-checked": checked })}
      tabIndex={-1}
      {...(onSelect ? { onClick: onSelect } : {})}
      className={item}
    >
      {children}
    </button>
  );
}
