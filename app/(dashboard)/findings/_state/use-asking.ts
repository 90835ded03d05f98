"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import type { FindingRow } from "#db/findings/model.ts";
import type { Act, Asked } from "../_dialogs/model.ts";
import type { PanelView } from "../_panel/panel-view.ts";
import { panelQuery } from "../_panel/query.ts";
import type { Target } from "./use-acts.ts";

/** Which dialog is open, and what it acts on: what is selected, else the open finding, else the one under the cursor. */
export function useAsking({
  rowOf,
  chosen,
  matching,
}: {
  rowOf: (id: string) => FindingRow | undefined;
  /** What is selected or under the cursor; null for nothing. */
  chosen: () => Target | null;
  matching: () => string;
}) {
  const client = useQueryClient();
  const [asked, setAsked] = useState<Asked>();
  const begin = useCallback(
    (act: Act, target: Target) => {
      const single = target.kind === "named" && target.ids.length === 1 ? target.ids[0] : undefined;
      const detail = single ? client.getQueryData<PanelView>(panelQuery(single).queryKey) : undefined;
      const found = single ? (detail ?? rowOf(single)) : undefined;
      if (found && found.status === "resolved") return;
      setAsked({
        act,
        target: single && found ? { kind: "named", ids: [single], revision: found.revision } : target,
        matching: target.kind === "all" ? matching() : "",
        ...(found
          ? { now: { assigneeId: found.assignee?.id ?? null, state: found.state, dueAt: found.dueAt } }
          : {}),
      });
    },
    [client, matching, rowOf],
  );
  return {
    asked,
    ask: useCallback(
      (act: Act) => {
        const target = chosen();
        if (target) begin(act, target);
      },
      [begin, chosen],
    ),
    askFor: useCallback((act: Act, id: string) => begin(act, { kind: "named", ids: [id] }), [begin]),
    turn: useCallback((act: Act) => setAsked((before) => before && { ...before, act }), []),
    close: useCallback(() => setAsked(undefined), []),
  };
}
