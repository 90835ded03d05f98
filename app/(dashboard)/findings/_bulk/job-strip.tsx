"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { showToast } from "#components/ui/toaster.tsx";
import type { TriageChange } from "#db/triage/queries.ts";
import { readJson } from "../../../_shell/read-json.ts";
import { findingsKeys } from "../_state/keys.ts";
import { countOf } from "../_state/say-change.ts";

const everyMs = 700;

type Act = TriageChange["act"];

const going: Readonly<Record<Act, string>> = {
  assign: "Assigning",
  workflow: "Setting the status of",
  due: "Setting the due date of",
  mute: "Muting",
  unmute: "Unmuting",
  ask_acceptance: "Asking to accept the risk of",
  accept_risk: "Accepting the risk of",
  revoke_acceptance: "Ending the acceptance of",
  expire: "Bringing back",
  undo: "Undoing a change of",
};

const done: Readonly<Record<Act, string>> = {
  assign: "assigned",
  workflow: "given another status",
  due: "given another due date",
  mute: "muted",
  unmute: "unmuted",
  ask_acceptance: "put before a manager",
  accept_risk: "accepted",
  revoke_acceptance: "open again",
  expire: "open again",
  undo: "as they were",
};

/** How far a change of many findings has come; when it has ended, says what came of it and offers to undo it. */
export function JobStrip({
  id,
  onEnd,
  onUndo,
}: {
  id: string;
  onEnd: (id: string) => void;
  onUndo: (id: string) => void;
}) {
  const client = useQueryClient();
  const { data } = useQuery({
    queryKey: findingsKeys.change(id),
    queryFn: ({ signal }) => readJson<TriageChange>(`/api/findings/changes/${id}`, signal),
    refetchInterval: ({ state }) =>
      state.data?.status === "done" || state.data?.status === "failed" ? false : everyMs,
  });
  const over = data?.status === "done" || data?.status === "failed";
  useEffect(() => {
    if (!data || !over) return;
    onEnd(data.id);
    client.removeQueries({ queryKey: findingsKeys.change(data.id), exact: true });
    const left = data.skipped > 0 ? ` ${data.skipped.toLocaleString("en")} were left as they were.` : "";
    showToast({
      text:
        data.status === "done"
          ? `${countOf(data.changed)} ${done[data.act]}.${left}`
          : `Stopped after ${countOf(data.changed)}: ${data.error ?? "it could not be finished"}`,
      tone: data.status === "done" ? "quiet" : "danger",
      ...(data.changed > 0 && data.undoable ? { action: { label: "Undo", run: () => onUndo(data.id) } } : {}),
    });
  }, [client, data, onEnd, onUndo, over]);
  if (over) return null;
  if (!data) {
    return (
      <p role="status" className="border-b border-line bg-accent-soft px-4 py-2.5 text-13 sm:px-6">
        Beginning…
      </p>
    );
  }
  const doneOf = data.changed + data.skipped;
  return (
    <div className="border-b border-line bg-accent-soft px-4 py-2.5 text-13 fade-in sm:px-6">
      <div className="flex flex-wrap justify-between gap-x-4">
        <span>
          {going[data.act]} {countOf(data.matched)}
        </span>
        <span className="text-ink-soft" aria-live="off">
          {doneOf.toLocaleString("en")} of {data.matched.toLocaleString("en")}
          {data.skipped > 0 ? `, ${data.skipped.toLocaleString("en")} left as they were` : ""}
        </span>
      </div>
      <div
        role="progressbar"
        aria-label="Findings changed"
        aria-valuemin={0}
        aria-valuemax={data.matched}
        aria-valuenow={doneOf}
        className="mt-2 h-1.5 overflow-hidden rounded-xs bg-inset"
      >
        <div
          className="h-full bg-accent transition-[width] duration-120"
          style={{ width: `${data.matched > 0 ? (doneOf / data.matched) * 100 : 0}%` }}
        />
      </div>
    </div>
  );
}
