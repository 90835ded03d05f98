"use client";
import { StateShape, stateWords } from "#components/findings/state-mark.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import type { Abilities } from "../_state/initial.ts";
import { countOf } from "../_state/say-change.ts";
import type { DialogProps } from "./act-dialogs.tsx";
import type { Act } from "./model.ts";
import { type Pick, PickList } from "./pick-list.tsx";

/** Where work on findings stands, and the ways out of it. Only a scan resolves a finding. */
export function StatusDialog({
  asked,
  count,
  abilities,
  onClose,
  onChoose,
  onTurn,
}: DialogProps & { abilities: Abilities; onTurn: (act: Act) => void }) {
  const state = asked.now?.state;
  const several = state === undefined;
  const picks: Pick[] = [
    face("new", stateWords.new, state),
    face("in_progress", stateWords.in_progress, state),
    ...(state === "muted" ? [] : [face("muted", "Mute…", state)]),
    ...(abilities.askRisk && state !== "risk_accepted"
      ? [face("risk_accepted", "Ask to accept the risk…", state)]
      : []),
    ...(several || state === "muted" ? [{ ...face("new", "Unmute", undefined), id: "unmute" }] : []),
    ...(state === "risk_accepted"
      ? [{ ...face("new", "End the acceptance", undefined), id: "revoke_acceptance" }]
      : []),
  ];
  const pickOne = (id: string) => {
    if (id === "muted") return onTurn("mute");
    if (id === "risk_accepted") return onTurn("accept");
    if (id === "unmute" || id === "revoke_acceptance") return onChoose({ act: id });
    onChoose({ act: "workflow", workflow: id === "in_progress" ? "in_progress" : "new" });
  };
  return (
    <Dialog open onClose={onClose} title={`Status of ${countOf(count)}`} footer={null}>
      <PickList label="Search states" picks={picks} onPick={pickOne} />
      <p className="mt-3 border-t border-line pt-3 text-13 text-pretty text-ink-soft">
        A finding is resolved by the scan that sees it mended; nobody has to close it.
      </p>
    </Dialog>
  );
}

const face = (
  state: "new" | "in_progress" | "muted" | "risk_accepted",
  words: string,
  now: string | undefined,
): Pick => ({
  id: state,
  words,
  chosen: now === state,
  face: (
    <>
      <StateShape state={state} />
      {words}
    </>
  ),
});
