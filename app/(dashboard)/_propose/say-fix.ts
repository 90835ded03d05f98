import type { PlanState } from "#lib/remediation/model.ts";

const sentences: Readonly<Record<PlanState, string>> = {
  draft: "A fix is planned, and not sent for approval yet",
  awaiting_approval: "A fix waits for approval",
  approved: "A fix is approved, and about to begin",
  running: "It is being fixed",
  verifying: "It was fixed, and is being checked again",
  succeeded: "A fix was carried out and verified",
  changed_unverified: "A fix was carried out, and could not be verified",
  failed: "A fix failed",
  rejected: "A fix was rejected",
  expired: "A fix was not decided on in time",
  cancelled: "A fix was withdrawn",
  rolling_back: "A fix is being rolled back",
  rolled_back: "A fix was rolled back",
  rollback_failed: "A fix could not be rolled back wholly",
};

/** Where the fix of a finding stands, for its panel. */
export const sayFix = (state: PlanState): string => sentences[state];
