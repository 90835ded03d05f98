"use client";
import { useEffect, useRef } from "react";

export type Keys = Readonly<Record<string, ((event: KeyboardEvent) => void) | undefined>>;

/** Single keys anywhere on the page, except where one types, and in dialogs and menus. */
export function useKeyboard(keys: Keys): void {
  const current = useRef(keys);
  useEffect(() => {
    current.current = keys;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey) return;
      const typing =
        event.target instanceof Element &&
        event.target.closest(
          "input:not([type=checkbox]), textarea, select, dialog, [role=menu], [contenteditable]",
        );
      if (typing) return;
      const act = current.current[event.key.length === 1 ? event.key.toLowerCase() : event.key];
      if (!act) return;
      if (event.key !== "Escape") event.preventDefault();
      act(event);
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
}
