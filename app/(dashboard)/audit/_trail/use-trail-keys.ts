"use client";
import { useEffect } from "react";

/** `j` and `k` move through the entries, Escape closes the one that is open. */
export function useTrailKeys({
  opened,
  onMove,
  onClose,
}: {
  opened: string | null;
  onMove: (step: 1 | -1) => void;
  onClose: () => void;
}): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const elsewhere =
        event.target instanceof Element &&
        event.target.closest("input, textarea, select, dialog, [role=menu]");
      if (elsewhere || event.metaKey || event.ctrlKey || event.altKey || event.defaultPrevented) return;
      if (event.key === "j" || event.key === "k") {
        event.preventDefault();
        onMove(event.key === "j" ? 1 : -1);
      } else if (event.key === "Escape" && opened) onClose();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [opened, onMove, onClose]);
}
