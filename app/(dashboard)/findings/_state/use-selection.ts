"use client";
import { useCallback, useMemo, useRef, useState } from "react";

export type Selection = {
  ids: ReadonlySet<string>;
  /** All that match the filter, loaded or not. */
  all: boolean;
};

const none: Selection = { ids: new Set(), all: false };

/** Which findings are chosen. It ends when what is listed (`of`) changes. */
export function useSelection(of: string) {
  const [state, setState] = useState({ of, selection: none });
  const selection = state.of === of ? state.selection : none;
  const anchor = useRef<string>(undefined);
  const set = useCallback((next: Selection) => setState({ of, selection: next }), [of]);

  return useMemo(() => {
    const { ids } = selection;
    return {
      ...selection,
      count: ids.size,
      clear: () => set(none),
      /** Puts one in or takes it out; with `through`, all in that order between it and the one before. */
      toggle: (id: string, through?: readonly string[]) => {
        const next = new Set(ids);
        const [from, to] = [through?.indexOf(anchor.current ?? "") ?? -1, through?.indexOf(id) ?? -1];
        if (through && from >= 0 && to >= 0) {
          for (const each of through.slice(Math.min(from, to), Math.max(from, to) + 1)) next.add(each);
        } else if (!next.delete(id)) next.add(id);
        anchor.current = id;
        set({ ids: next, all: false });
      },
      choose: (chosen: readonly string[]) => set({ ids: new Set(chosen), all: false }),
      chooseAll: (loaded: readonly string[]) => set({ ids: new Set(loaded), all: true }),
    };
  }, [selection, set]);
}
