"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef } from "react";
import type { Item } from "../_list/items.ts";
import { panelQuery } from "../_panel/query.ts";
import { changeSearch } from "./search.ts";

/** The panel beside the list: opening and closing it, and reading ahead what it may show next. */
export function usePanel(items: readonly Item[], opened: string | undefined, onClosed: (id: string) => void) {
  const client = useQueryClient();
  const panel = useRef<HTMLElement>(null);
  /** Opened by a click or Enter: reading goes on in the panel. Moving by `j` and `k` leaves focus where it is. */
  const entering = useRef(false);

  const near = useCallback(
    (id: string) => void client.prefetchQuery({ ...panelQuery(id), staleTime: 30_000 }),
    [client],
  );
  const open = useCallback((id: string) => {
    entering.current = true;
    changeSearch(
      { finding: id },
      new URLSearchParams(window.location.search).has("finding") ? "replace" : "push",
    );
    panel.current?.focus();
  }, []);
  const close = useCallback(() => {
    if (!opened) return;
    changeSearch({ finding: undefined }, "replace");
    onClosed(opened);
  }, [onClosed, opened]);
  /** The panel takes the focus once it is there, when it was opened to be read. */
  const attach = useCallback((element: HTMLElement | null) => {
    panel.current = element;
    if (element && entering.current) element.focus();
    entering.current = false;
  }, []);

  useEffect(() => {
    if (!opened) return;
    const at = items.findIndex(({ key }) => key === opened);
    for (const item of at < 0 ? [] : [items[at + 1], items[at - 1]]) {
      if (item?.kind === "row") near(item.row.id);
    }
  }, [items, near, opened]);
  return { attach, open, close, near };
}
