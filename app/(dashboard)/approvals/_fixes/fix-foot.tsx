"use client";
import { Button } from "#components/ui/button.tsx";
import type { PlanSummary } from "#db/remediation/model.ts";
import type { Decision } from "../../remediation/_decide/decide-plans-dialog.tsx";

/** The one decision, within reach of a thumb; or why it isn't the reader's. */
export function FixFoot({
  plan,
  isRead,
  mayDecide,
  alike,
  onDecide,
  onChooseAlike,
}: {
  plan: PlanSummary;
  /** Whether what it changes is there to be looked at; before that nobody approves it. */
  isRead: boolean;
  mayDecide: boolean;
  /** How many that can be decided on change the same in the same way, this one among them. */
  alike: number;
  onDecide: (decision: Decision) => void;
  onChooseAlike: () => void;
}) {
  if (!plan.can.decide) {
    return (
      <p className="max-w-[48ch] text-13 text-pretty text-ink-soft">
        {mayDecide && plan.cannotDecide ? plan.cannotDecide : "A manager or the CISO decides on it."}
      </p>
    );
  }
  return (
    <div className="flex flex-wrap gap-2.5">
      <Button look="danger" className="max-sm:h-12 max-sm:flex-1" onClick={() => onDecide("reject")}>
        Reject
      </Button>
      <Button
        look="primary"
        className="max-sm:h-12 max-sm:flex-1"
        aria-disabled={!isRead}
        onClick={() => (isRead ? onDecide("approve") : undefined)}
      >
        Approve
      </Button>
      {alike > 1 ? (
        <Button look="plain" className="sm:ml-auto max-sm:w-full" onClick={onChooseAlike}>
          Choose all {alike} alike
        </Button>
      ) : null}
    </div>
  );
}
