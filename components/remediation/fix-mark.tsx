import type { PlanState } from "#lib/remediation/model.ts";
import { PlanShape } from "./plan-state.tsx";

const words: Readonly<Record<PlanState, string>> = {
  draft: "Fix not sent yet",
  awaiting_approval: "Fix waits for approval",
  approved: "Fix approved",
  running: "Being fixed",
  verifying: "Fix being verified",
  succeeded: "Fixed",
  changed_unverified: "Fix not verified",
  failed: "Fix failed",
  rejected: "Fix rejected",
  expired: "Fix expired",
  cancelled: "Fix withdrawn",
  rolling_back: "Rolling back",
  rolled_back: "Fix rolled back",
  rollback_failed: "Rollback failed",
};

/** Where the fix of a finding stands, in a few words beside the finding. */
export const FixMark = ({ state }: { state: PlanState }) => (
  <span className="inline-flex shrink-0 items-center gap-1.5 whitespace-nowrap text-ink-soft">
    <PlanShape state={state} className="size-2.5" />
    {words[state]}
  </span>
);
