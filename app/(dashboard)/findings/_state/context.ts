"use client";
import { createContext, useContext } from "react";
import type { Person } from "#db/findings/model.ts";
import type { Act } from "../_dialogs/model.ts";
import type { Abilities } from "./initial.ts";

/** What every part of the workbench may need to know. */
export type Workbench = {
  me: Person;
  people: readonly Person[];
  abilities: Abilities;
  /** The moment, ISO, by the server's clock. */
  now: string;
  /** Opens the dialog of an act on one finding. */
  ask: (act: Act, findingId: string) => void;
  /** Opens the dialog that proposes a fix of one finding. */
  propose: (findingId: string) => void;
  /** Tells the lists that something was done to a finding. */
  changed: (findingId: string) => void;
};

const Context = createContext<Workbench | null>(null);
export const WorkbenchProvider = Context.Provider;

export function useWorkbench(): Workbench {
  const found = useContext(Context);
  if (!found) throw new Error("This belongs inside the findings workbench.");
  return found;
}
