"use client";
import type { RefObject } from "react";
import { commentBoxId } from "../_panel/comment-box-id.ts";
import type { FindingSearch } from "../search-params.ts";
import type { Abilities } from "./initial.ts";
import { changeSearch } from "./search.ts";
import type { useAsking } from "./use-asking.ts";
import type { useCursor } from "./use-cursor.ts";
import { useKeyboard } from "./use-keyboard.ts";
import type { usePanel } from "./use-panel.ts";
import type { useSelection } from "./use-selection.ts";

const patienceMs = 3_000;

/** What each key does (shortcuts.ts tells people of them). */
export function useWorkbenchKeys({
  search,
  cursor,
  panel,
  selection,
  select,
  asking,
  abilities,
  propose,
  box,
  views,
}: {
  search: FindingSearch;
  cursor: ReturnType<typeof useCursor>;
  panel: ReturnType<typeof usePanel>;
  selection: ReturnType<typeof useSelection>;
  select: (id: string, through: boolean) => void;
  asking: ReturnType<typeof useAsking>;
  abilities: Abilities;
  propose: () => void;
  box: RefObject<HTMLInputElement | null>;
  views: RefObject<HTMLSpanElement | null>;
}): void {
  const under = search.finding ?? cursor.row?.id;
  const comment = () => {
    if (!under) return;
    if (!search.finding) panel.open(under);
    changeSearch({ finding: under, tab: "activity" }, "replace");
    focusSoon(commentBoxId);
  };
  const acting = abilities.triage
    ? {
        x: (event: KeyboardEvent) => (under ? select(under, event.shiftKey) : undefined),
        a: () => asking.ask("assign"),
        e: () => asking.ask("status"),
        d: () => asking.ask("due"),
        m: () => asking.ask("mute"),
        c: comment,
      }
    : {};
  useKeyboard({
    j: () => cursor.move(1),
    k: () => cursor.move(-1),
    "/": () => box.current?.focus(),
    v: () => views.current?.querySelector("button")?.click(),
    Escape: search.finding ? panel.close : selection.clear,
    ...acting,
    ...(abilities.proposeFixes ? { f: propose } : {}),
  });
}

/** Focuses what is about to be rendered. */
function focusSoon(id: string): void {
  const began = performance.now();
  const attempt = () => {
    const element = document.getElementById(id);
    if (element) element.focus();
    else if (performance.now() - began < patienceMs) requestAnimationFrame(attempt);
  };
  requestAnimationFrame(attempt);
}
