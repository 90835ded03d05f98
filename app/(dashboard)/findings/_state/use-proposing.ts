"use client";
import { useCallback, useState } from "react";
import type { FindingRow } from "#db/findings/model.ts";
import type { useSelection } from "./use-selection.ts";

/** As many findings as a proposal looks at; one plan changes far fewer resources. */
const mostLookedAt = 200;

type Asked = { ids: readonly string[]; chosen: number };

/** Which findings a fix is being proposed for: what is selected, else the open finding, else the one under the cursor. */
export function useProposing({
  rows,
  selection,
  total,
  under,
  onDone,
}: {
  /** Those that are loaded, in the order of the list. */
  rows: readonly FindingRow[];
  selection: ReturnType<typeof useSelection>;
  /** How many match the filter. */
  total: number;
  under: string | undefined;
  onDone: (ids: readonly string[]) => void;
}) {
  const [asked, setAsked] = useState<Asked>();
  const propose = useCallback(() => {
    if (selection.count === 0 && !selection.all) {
      if (under) setAsked({ ids: [under], chosen: 1 });
      return;
    }
    const listed = rows.filter(({ id }) => selection.all || selection.ids.has(id)).map(({ id }) => id);
    // What was selected before the list changed stands behind what it shows.
    const ids = [...new Set([...listed, ...selection.ids])].slice(0, mostLookedAt);
    setAsked({ ids, chosen: selection.all ? total : selection.count });
  }, [rows, selection, total, under]);
  return {
    asked,
    propose,
    proposeFor: useCallback((id: string) => setAsked({ ids: [id], chosen: 1 }), []),
    close: useCallback(() => {
      if (asked) onDone(asked.ids);
      setAsked(undefined);
    }, [asked, onDone]),
  };
}
