import type { PlanState } from "../model.ts";

const words: Readonly<Record<PlanState, string>> = {
  draft: "has not been submitted yet",
  awaiting_approval: "waits for a decision",
  approved: "has been approved",
  running: "is being carried out",
  verifying: "is being verified",
  succeeded: "has been carried out",
  changed_unverified: "has been carried out",
  failed: "has failed",
  rejected: "has been rejected",
  expired: "has expired",
  cancelled: "has been cancelled",
  rolling_back: "is being rolled back",
  rolled_back: "has been rolled back",
  rollback_failed: "could not be rolled back",
};

/** Where a plan stands, to go after "it": "has been rejected". */
export const standingOf = (state: PlanState): string => words[state];
