"use client";
import { type RefObject, useCallback, useEffect, useRef, useState } from "react";
import type { Item } from "../_list/items.ts";
import type { ListHandle } from "../_list/list.tsx";
import { changeSearch } from "./search.ts";

/**
 * The item that keys act on. `j` and `k` move it; with the panel open they move the panel from finding to finding and
 * leave the focus where it is.
 */
export function useCursor(
  items: readonly Item[],
  list: RefObject<ListHandle | null>,
  opened: string | undefined,
) {
  const [key, setKey] = useState<string>();
  const focusing = useRef(false);
  const at = items.findIndex((item) => item.key === key);

  useEffect(() => {
    if (!focusing.current || !key) return;
    focusing.current = false;
    document.getElementById(key)?.focus({ preventScroll: true });
  }, [key]);

  const goTo = useCallback((next: string) => {
    focusing.current = true;
    setKey(next);
    // Already under the cursor: nothing will be rendered anew.
    document.getElementById(next)?.focus({ preventScroll: true });
  }, []);

  const move = useCallback(
    (step: 1 | -1) => {
      const from = items.findIndex((item) => item.key === (opened ?? key));
      const fits = ({ kind }: Item) => kind === "row" || (!opened && kind === "group");
      let to = from < 0 ? 0 : from + step;
      while (items[to] && !fits(items[to] as Item)) to += step;
      const item = items[to];
      if (!item) return;
      list.current?.show(to);
      if (opened) {
        setKey(item.key);
        changeSearch({ finding: item.key }, "replace");
      } else goTo(item.key);
    },
    [goTo, items, key, list, opened],
  );
  const item = items[at];
  return { key, at, row: item?.kind === "row" ? item.row : undefined, item, move, goTo, setKey };
}
