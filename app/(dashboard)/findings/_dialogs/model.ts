import type { FindingFilter } from "#lib/findings/filter.ts";
import type { Target } from "../_state/use-acts.ts";

/** What the keyboard, the bulk bar and the panel ask for; each has a dialog. */
export type Act = "assign" | "status" | "due" | "mute" | "accept";

export type Asked = {
  act: Act;
  target: Target;
  /** In plain words, what "all that match" are: the filter's chips. Empty for findings named one by one. */
  matching: string;
  /** What the one finding is now; undefined for several. */
  now?: { assigneeId: string | null; state: string; dueAt: string | null; dueByHand?: boolean };
};

export type { FindingFilter };
