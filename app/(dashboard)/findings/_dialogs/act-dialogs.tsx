"use client";
import { useState } from "react";
import type { Person } from "#db/findings/model.ts";
import type { FindingChange } from "#lib/findings/change-input.ts";
import type { Abilities } from "../_state/initial.ts";
import { sizeOf, type Target } from "../_state/use-acts.ts";
import { AssignDialog } from "./assign-dialog.tsx";
import { ConfirmDialog } from "./confirm-dialog.tsx";
import { DueDialog } from "./due-dialog.tsx";
import { ExceptionDialog } from "./exception-dialog.tsx";
import type { Act, Asked } from "./model.ts";
import { StatusDialog } from "./status-dialog.tsx";

/** The dialog of the act that is asked for; what concerns all that match is confirmed by its number. */
export default function ActDialogs({
  asked,
  me,
  people,
  abilities,
  onTurn,
  onClose,
  onPerform,
}: {
  asked: Asked;
  me: Person;
  people: readonly Person[];
  abilities: Abilities;
  /** Goes on to another act's dialog, such as from the status to muting. */
  onTurn: (act: Act) => void;
  onClose: () => void;
  onPerform: (change: FindingChange, target: Target) => Promise<void>;
}) {
  const [doubtful, setDoubtful] = useState<FindingChange>();
  const choose = (change: FindingChange) => {
    if (asked.target.kind === "all" && !("reason" in change)) return setDoubtful(change);
    onClose();
    void onPerform(change, asked.target);
  };
  const shared = { asked, count: sizeOf(asked.target), onClose, onChoose: choose };
  if (doubtful) {
    const confirm = () => {
      onClose();
      void onPerform(doubtful, asked.target);
    };
    return <ConfirmDialog {...shared} change={doubtful} people={people} onConfirm={confirm} />;
  }
  switch (asked.act) {
    case "assign":
      return <AssignDialog {...shared} me={me} people={people} />;
    case "status":
      return <StatusDialog {...shared} abilities={abilities} onTurn={onTurn} />;
    case "due":
      return <DueDialog {...shared} />;
    case "mute":
      return <ExceptionDialog {...shared} key="mute" kind="mute" />;
    case "accept":
      return <ExceptionDialog {...shared} key="accept" kind="ask_acceptance" />;
  }
}

export type DialogProps = {
  asked: Asked;
  count: number;
  onClose: () => void;
  onChoose: (change: FindingChange) => void;
};
