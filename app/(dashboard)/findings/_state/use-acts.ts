"use client";
import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import { showToast } from "#components/ui/toaster.tsx";
import type { Person } from "#db/findings/model.ts";
import type { FindingChange } from "#lib/findings/change-input.ts";
import type { FindingFilter } from "#lib/findings/filter.ts";
import { findingKey } from "../../../_shell/query-keys.ts";
import type { PanelView } from "../_panel/panel-view.ts";
import { changeFindingsAction, undoChangeAction } from "../actions.ts";
import { foresee } from "./foresee.ts";
import { findingsKeys } from "./keys.ts";
import { sayChange } from "./say-change.ts";
import { changeSearch } from "./search.ts";
import { patchRows, refreshRows } from "./use-list.ts";

/** What is acted on: findings named one by one, or all that match, with how many the user was told they are. */
export type Target =
  | { kind: "named"; ids: readonly string[]; revision?: number }
  | { kind: "all"; filter: FindingFilter; expected: number };

export const sizeOf = (target: Target): number =>
  target.kind === "all" ? target.expected : target.ids.length;

/** As many as one change takes by name; more go by several, which are undone together. */
const mostNamed = 500;

/** What one's own last act made of a finding's revision: what is shown of it may not have been read again yet. */
const ownRevisions = new Map<string, number>();
const newest = (id: string | undefined, shown: number) => Math.max(shown, ownRevisions.get(id ?? "") ?? 0);

/** What every panel's key begins with. */
const anyFinding = findingKey("").slice(0, 1);

/** Everything that an act may have touched is read again: the rows themselves, the counts, what is open. */
export async function refreshAfter(client: QueryClient, ids: readonly string[]): Promise<void> {
  client.removeQueries({ queryKey: findingsKeys.lists, type: "inactive" });
  await Promise.all([
    refreshRows(client, ids),
    client.invalidateQueries({ queryKey: findingsKeys.allFacets }),
    client.invalidateQueries({ queryKey: findingsKeys.allGroups }),
    client.invalidateQueries({ queryKey: anyFinding }),
  ]);
}

/** Performs acts of triage, tells what came of them, and takes them back. */
export function useActs({
  people,
  onJob,
  onDone,
}: {
  people: readonly Person[];
  onJob: (changeId: string) => void;
  /** What the counts are now is no news. */
  onDone: () => void;
}) {
  const client = useQueryClient();

  const undo = useCallback(
    async (changeIds: readonly string[], ids: readonly string[]) => {
      for (const changeId of changeIds.toReversed()) {
        const result = await undoChangeAction(changeId);
        if (!result.ok) {
          showToast({ text: result.message, tone: "danger" });
          break;
        }
        if (result.value.status !== "done") onJob(result.value.changeId);
        else if (result.value.skipped > 0) {
          const { changed, matched } = result.value;
          showToast({
            text: `${changed} of ${matched} are as they were; what others changed since was left alone.`,
          });
        } else showToast({ text: "Undone." });
      }
      await refreshAfter(client, ids);
      onDone();
    },
    [client, onDone, onJob],
  );

  const perform = useCallback(
    async (change: FindingChange, target: Target): Promise<boolean> => {
      const nameOf = (id: string) => people.find((person) => person.id === id)?.name ?? "someone";
      if (target.kind === "all") {
        const result = await changeFindingsAction(
          { filter: target.filter, expected: target.expected },
          change,
        );
        if (!result.ok) return refuse(result);
        onJob(result.value.changeId);
        return true;
      }
      const { ids } = target;
      const revision = target.revision && newest(ids[0], target.revision);
      const acted = new Set(ids);
      patchRows(client, (row) => (acted.has(row.id) ? foresee(row, change, people) : row));
      client.setQueriesData<PanelView>({ queryKey: anyFinding }, (view) =>
        view && acted.has(view.id) ? foresee(view, change, people) : view,
      );
      const changeIds: string[] = [];
      let [changed, skipped] = [0, 0];
      for (let at = 0; at < ids.length; at += mostNamed) {
        const some = ids.slice(at, at + mostNamed);
        const result = await changeFindingsAction(
          { ids: [...some], ...(revision ? { revision } : {}) },
          change,
        );
        if (!result.ok) {
          await refreshAfter(client, ids);
          return refuse(result, ids.length === 1 ? ids[0] : undefined);
        }
        if (revision && ids[0] && result.value.changed > 0) ownRevisions.set(ids[0], revision + 1);
        changeIds.push(result.value.changeId);
        changed += result.value.changed;
        skipped += result.value.skipped;
      }
      const rest = skipped > 0 ? ` ${skipped} left as they were.` : "";
      showToast(
        changed > 0
          ? {
              text: `${sayChange(change, changed, nameOf).done}.${rest}`,
              action: { label: "Undo", run: () => void undo(changeIds, ids) },
            }
          : { text: "Nothing changed: it was so already, or is resolved." },
      );
      void refreshAfter(client, ids).then(onDone);
      return true;
    },
    [client, onDone, onJob, people, undo],
  );
  return useMemo(() => ({ perform, undo }), [perform, undo]);
}

function refuse({ code, message }: { code: string; message: string }, findingId?: string): false {
  showToast({
    text: message,
    tone: "danger",
    ...(code === "conflict" && findingId
      ? {
          action: {
            label: "Show what changed",
            run: () => changeSearch({ finding: findingId, tab: "activity" }),
          },
        }
      : {}),
  });
  return false;
}
