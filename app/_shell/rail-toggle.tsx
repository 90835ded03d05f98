"use client";
import { PanelLeft } from "lucide-react";
import { keepRail } from "../_actions/preferences.ts";

/** Narrows the rail to its icons and back. The state lives on the shell's element and in a cookie. */
export function RailToggle() {
  const toggle = () => {
    const shell = document.getElementById("shell");
    if (!shell) return;
    const rail = shell.dataset.rail === "narrow" ? "wide" : "narrow";
    shell.dataset.rail = rail;
    void keepRail(rail);
  };
  return (
    <button
      type="button"
      onClick={toggle}
      title="Collapse or expand the navigation"
      className="flex h-9 items-center gap-3 rounded px-2.5 text-13 text-ink-faint transition-colors duration-120 hover:bg-hover hover:text-ink"
    >
      <PanelLeft aria-hidden strokeWidth={1.6} className="size-[18px] shrink-0" />
      <span className="group-data-[rail=narrow]/shell:sr-only">Collapse</span>
    </button>
  );
}
